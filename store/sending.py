"""Sending: the statements of the way that everybody waits for, compiled once for each kind of database.

An approver waits for these statements. Building, compiling and awaiting each of them by itself took longer than
carrying them out; PostgreSQL is sent all of them before the first answer is awaited.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError

Row = Mapping[str, Any]
_Convert = Callable[[Any], Any]


class Statement:
    """A statement that is carried out with rows of values by the names of its columns or parameters."""

    def __init__(self, written: Insert | Update | Delete) -> None:
        self.written = written
        self._made: dict[tuple[str, tuple[str, ...]], _Made] = {}

    def made(self, dialect: Dialect, row: Row) -> "_Made":
        """The statement for one kind of database and for rows with these names."""
        key = dialect.name, tuple(row)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = _Made(self.written, dialect, key[1])
        return found


class _Made:
    """A statement as text, and how a row becomes what the driver takes."""

    def __init__(
        self, written: Insert | Update | Delete | Select[Any], dialect: Dialect, names: tuple[str, ...]
    ) -> None:
        columns = names if isinstance(written, Insert) else None
        compiled = written.compile(dialect=dialect, column_keys=columns)
        self.text = str(compiled)
        converts = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()
        }
        self.fixed: dict[str, Any] = {
            name: bind.value for name, bind in compiled.binds.items() if name not in names and not bind.required
        }
        self.order: tuple[tuple[str, _Convert | None], ...] = tuple(
            (name, converts[name]) for name in (compiled.positiontup or compiled.binds)
        )
        self.positional = bool(compiled.positional)

    def values(self, row: Row) -> Any:
        """A row as the driver takes it."""
        given = [
            convert(value) if convert and value is not None else value
            for name, convert in self.order
            for value in (row[name] if name in row else self.fixed[name],)
        ]
        return (
            tuple(given) if self.positional else {name: one for (name, _), one in zip(self.order, given, strict=True)}
        )


class Query:
    """A question that is asked often, compiled once for each kind of database; answers are plain tuples."""

    def __init__(self, written: Select[Any]) -> None:
        self.written = written
        self._made: dict[str, _Made] = {}

    def ask(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """The rows. Columns come as the driver gives them, so ask for texts, numbers and bytes only."""
        dialect = connection.dialect
        made = self._made.get(dialect.name)
        if made is None:
            made = self._made[dialect.name] = _Made(self.written, dialect, tuple(values))
        cursor = connection.connection.cursor()
        try:
            cursor.execute(made.text, made.values(values))
            return list(cursor.fetchall())
        except dialect.loaded_dbapi.Error as error:
            raise _wrapped(made.text, error, dialect) from error
        finally:
            cursor.close()


def _wrapped(text: str, error: Exception, dialect: Dialect) -> DBAPIError:
    """An error of the driver as the one that SQLAlchemy would have raised."""
    found = DBAPIError.instance(text, None, error, dialect.loaded_dbapi.Error, dialect=dialect)
    assert isinstance(found, DBAPIError)  # noqa: S101 - of its own `Error` it makes nothing else
    return found


def send(connection: Connection, statements: Sequence[tuple[Statement, Sequence[Row]]]) -> None:
    """Carry out statements in order, each for its rows; those without rows are left out. Raises `DBAPIError`."""
    dialect, wanted = connection.dialect, [(statement, rows) for statement, rows in statements if rows]
    cursor, text = connection.connection.cursor(), ""
    try:
        with _together(connection):
            for statement, rows in wanted:
                made = statement.made(dialect, rows[0])
                text = made.text
                if len(rows) == 1:
                    cursor.execute(text, made.values(rows[0]))
                else:
                    cursor.executemany(text, [made.values(row) for row in rows])
    except dialect.loaded_dbapi.Error as error:
        raise _wrapped(text, error, dialect) from error
    finally:
        cursor.close()


_NOTHING: Final[AbstractContextManager[object]] = nullcontext()


def _together(connection: Connection) -> AbstractContextManager[object]:
    """On PostgreSQL a pipeline of the driver: answers are awaited at its end."""
    if connection.dialect.name != "postgresql":
        return _NOTHING
    driver: Any = connection.connection.driver_connection
    pipeline: AbstractContextManager[object] = driver.pipeline()
    return pipeline
