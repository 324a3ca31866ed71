"""Keeping: the files of a form are kept, and come back as sealed references when the form is shown again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from models.language.fields import FileField, FormField, TableField
from store.attachments import Attachment
from store.file_types import RefusedFile
from store.files import keep
from web.answers.inputs import row_count
from web.answers.typed import Typed
from web.security.seals import open_sealed, sealed_text
from web.services import Services


@dataclass(slots=True)
class Handed:
    """What came of the files of a form: the texts with references in place of files, and what was wrong."""

    texts: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    files: list[Attachment] = field(default_factory=list)


def reference(file: Attachment) -> str:
    """A file as the value of a field: its hash, size and name."""
    return f"sha256:{file.sha256}/{file.size}/{file.name}"


def referenced(value: object) -> Attachment | None:
    """The file that a field's value refers to; None if it is no reference."""
    if not isinstance(value, str) or not value.startswith("sha256:"):
        return None
    sha256, _, rest = value.removeprefix("sha256:").partition("/")
    size, _, name = rest.partition("/")
    return Attachment(sha256, name, int(size)) if size.isdigit() and name else None


def take_files(services: Services, fields: Mapping[str, FormField], sent: Typed, holder: str) -> Handed:
    """Keep the files of a form. Files sent before come back as sealed references, which nobody else can make."""
    found = Handed(dict(sent.texts))
    for name, sealed in _file_inputs(fields, sent):
        found.texts.pop(name, None)
        upload = sent.files.get(name)
        if upload is not None:
            _take(services, name, upload.file, upload.filename or "", found)
        elif before := open_sealed(services.secret, f"file {holder}", sent.text(f"{name}.kept"), services.wall()):
            found.texts[name] = before
        _offer_again(services, name, holder, found, sealed)
    return found


def _take(services: Services, name: str, source: BinaryIO, given: str, found: Handed) -> None:
    settings = services.settings
    try:
        file = keep(settings.attachments, source, given, settings.largest_file)
    except RefusedFile as error:
        found.wrong[name] = str(error)
    else:
        found.texts[name] = reference(file)


def _offer_again(services: Services, name: str, holder: str, found: Handed, sealed: bool) -> None:
    file = referenced(found.texts.get(name))
    if file is None:
        found.texts.pop(f"{name}.kept", None)
        return
    found.files.append(replace(file, sealed=sealed))
    found.texts[f"{name}.kept_name"] = file.name
    ends = services.wall() + services.settings.session
    found.texts[f"{name}.kept"] = sealed_text(services.secret, f"file {holder}", reference(file), ends)


def _file_inputs(fields: Mapping[str, FormField], sent: Typed) -> list[tuple[str, bool]]:
    """The inputs that take files, each with whether its field is sealed."""
    names = [(f"f.{name}", one.sealed) for name, one in fields.items() if isinstance(one, FileField)]
    for table, one in fields.items():
        if isinstance(one, TableField):
            columns = [(key, one.sealed or that.sealed) for key, that in one.columns.items() if that.type == "file"]
            rows = range(row_count(f"f.{table}", sent.texts, one))
            names += [(f"f.{table}.{number}.{key}", sealed) for number in rows for key, sealed in columns]
    return names
