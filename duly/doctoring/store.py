"""The doctor's look at the database, what is published, and what waits."""

import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from duly.doctoring.findings import Finding
from duly.doctoring.mailboxes import look_at_mailboxes
from duly.errors import UserError
from duly.running.assembly import open_database
from duly.running.clocks import CompanyClock, wall
from duly.running.publishing import files_of
from duly.settings import Settings
from models.tables import EntryRow, FollowUpRow, LetterRow, PageRow
from store.cases import Store
from store.heartbeats import SILENT, heartbeats
from store.lists import gauges

LEAST_DISK: Final = 1_000_000_000
"""Bytes."""

SOON: Final = timedelta(days=90)
"""How long before the calendar ends somebody should know."""

_LEDGER: Final = EntryRow.__table__  # type: ignore[attr-defined]
_OUTBOX: Final = LetterRow.__table__  # type: ignore[attr-defined]
_PAGES: Final = PageRow.__table__  # type: ignore[attr-defined]
_FOLLOW_UPS: Final = FollowUpRow.__table__  # type: ignore[attr-defined]


def look_at_store(settings: Settings, clock: CompanyClock) -> Iterator[Finding]:
    """Disk, database, rulebook, calendar, processes, and what has got stuck."""
    yield _disk(settings)
    began = time.perf_counter()
    try:
        store = Store(open_database(settings))
    except UserError as error:
        yield Finding("数据库 / database", "bad", error.message, error.remedy)
        return
    kind = "SQLite" if store.database.is_sqlite else "PostgreSQL"
    yield Finding("数据库 / database", "good", f"{kind}, {1000 * (time.perf_counter() - began):.0f} ms")
    yield _published(settings, store)
    if store.programs.rulebook.pages:
        yield _calendar(store, clock)
    yield from _processes(settings, store)
    yield _time(store, clock)
    yield from _stuck(store)
    if store.programs.rulebook.pages:
        yield from look_at_mailboxes(settings, store)
    store.database.close()


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.data if settings.data.exists() else ".").free
    said = f"{settings.data}: {free / 1e9:.1f} GB 可用 / free"
    if free >= LEAST_DISK:
        return Finding("磁盘 / disk", "good", said)
    return Finding("磁盘 / disk", "bad", said, "写满后什么都记不了，请清理 / make room: a full disk records nothing")


def _published(settings: Settings, store: Store) -> Finding:
    name = "已发布的规程 / what is published"
    with store.database.reading() as connection:
        store.programs.refresh(connection)
        rows = connection.execute(select(_PAGES.c.name, _PAGES.c.version).where(_PAGES.c.current.is_(True)))
        in_force = {row.name: row.version for row in rows}
    count = len(store.programs.rulebook.procedures)
    if not in_force:
        return Finding(name, "bad", "什么都没有发布 / nothing", "运行 duly apply / run `duly apply`")
    try:
        files = {file.name: file.version for file in files_of(settings.policies)}
    except UserError as error:
        return Finding(name, "warning", error.message.splitlines()[-1], error.remedy)
    changed = sorted(one for one in files.keys() | in_force.keys() if files.get(one) != in_force.get(one))
    if changed:
        shown = "、".join(changed[:5])
        return Finding(name, "warning", f"文件夹与已发布的不同 / the folder differs: {shown}", "duly apply")
    return Finding(name, "good", f"{count} 个规程，与文件夹一致 / {count} procedures, as in the folder")


def _calendar(store: Store, clock: CompanyClock) -> Finding:
    covered = store.programs.company.calendar.covered_until
    left = covered - clock.now().date() if covered else timedelta()
    said = f"官方日历到 / the official calendar goes to {covered}"
    if left > SOON:
        return Finding("日历 / calendar", "good", said)
    remedy = "放假通知公布后添加下一年；此后的时限暂定 / add the next year when it is announced"
    return Finding("日历 / calendar", "warning" if left > timedelta() else "bad", said, remedy)


def _processes(settings: Settings, store: Store) -> Iterator[Finding]:
    alive = {one.kind: one for one in heartbeats(store.database) if wall() - one.seen_at <= SILENT}
    wanted = ["web", "clock"]
    wanted += ["mail"] if settings.mail.host else []
    wanted += ["worker"] if settings.prefect.enabled else []
    for kind in wanted:
        found = alive.get(kind)
        if found is None:
            yield Finding(
                f"进程 / process {kind}", "bad", "没有心跳 / no heartbeat", f"运行 duly up 或 duly {kind} / run it"
            )
        elif found.note:
            yield Finding(f"进程 / process {kind}", "warning", found.note, "见下 / see below")
        else:
            yield Finding(f"进程 / process {kind}", "good", found.process)


def _time(store: Store, clock: CompanyClock) -> Finding:
    with store.database.reading() as connection:
        last = connection.execute(select(func.max(_LEDGER.c.recorded_at))).scalar()
    if last is not None and last > clock.now() + timedelta(seconds=5):
        return Finding(
            "时钟 / clock", "bad", f"台账记到 {last}，比现在晚 / the ledger is ahead of the clock",
            "请校准本机时间（NTP）/ set this machine's time (NTP)",
        )  # fmt: skip
    return Finding("时钟 / clock", "good", f"{clock.now():%Y-%m-%d %H:%M:%S} 北京时间 / China time")


def _stuck(store: Store) -> Iterator[Finding]:
    with store.database.reading() as connection:
        found = gauges(connection)
        count = select(func.count())
        refused = connection.execute(count.select_from(_OUTBOX).where(_OUTBOX.c.status == "refused")).scalar_one()
        failed = connection.execute(count.select_from(_FOLLOW_UPS).where(_FOLLOW_UPS.c.error.is_not(None))).scalar_one()
    for name, number, remedy in (
        ("被搁置的事项 / cases set aside", found.set_aside, "见日志；每五分钟重试 / see the log; tried again"),
        ("被拒收的邮件 / refused letters", refused, "核对邮箱 / check organisation.yaml"),
        ("未能启动的关联事项 / calls that failed", failed, "见日志 follow_up_failed / see the log"),
    ):  # fmt: skip
        if number:
            yield Finding(name, "warning", str(number), remedy)
    yield Finding("待发邮件 / letters waiting", "good", str(found.letters_waiting))
