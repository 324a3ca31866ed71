"""What a message says and what it brings: its text, its files, its reports."""

import re
from dataclasses import dataclass, field
from typing import Final

from notifications.inbound.mail import File, Report, ReportKind
from notifications.inbound.reading.bounds import NAME, REPORT, Reading
from notifications.inbound.reading.charsets import guess
from notifications.inbound.reading.fields import message_fields
from notifications.inbound.reading.parts import Part
from notifications.inbound.reading.source import Source
from notifications.inbound.reading.texts import TOO_LONG, Text, best, joined, read_text
from notifications.inbound.reading.transfer import content, decoded_size, encoding
from notifications.inbound.reading.uuencoded import uudecoded, without_uuencoded
from notifications.inbound.reading.words import decoded

_REPORTS: Final[dict[str, ReportKind]] = {
    "message/delivery-status": "delivery-status",
    "message/global-delivery-status": "delivery-status",
    "message/disposition-notification": "disposition-notification",
    "message/global-disposition-notification": "disposition-notification",
    "message/feedback-report": "feedback-report",
}
_MESSAGES: Final = frozenset({"message/rfc822", "message/global"})
_RETURNED: Final = _MESSAGES | {"text/rfc822-headers", "message/global-headers"}
_TEXTS: Final = frozenset({"text/plain", "text/html", "application/xhtml+xml"})
_UUENCODED: Final = frozenset({"x-uuencode", "uuencode", "x-uue", "x-uu"})
_INNER_HEADER: Final = 16_384
"""Bytes of a message within the message in which its subject is looked for."""
_ENCRYPTED: Final = "邮件已加密，无法读取正文；原件中保留"
_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
"""The object identifier of signed data (RFC 5652, 5.1), as it stands at the beginning."""


@dataclass(slots=True)
class Content:
    """What was found in the parts of a message."""

    text: str = ""
    files: list[File] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    returned: str = ""


def read_content(data: Source, root: Part, reading: Reading) -> Content:
    """Everything in the message."""
    reader = _Reader(data, reading)
    reader.found.text = reader.read(root, None).text
    return reader.found


class _Reader:
    def __init__(self, data: Source, reading: Reading) -> None:
        self._data = data
        self._reading = reading
        self.found = Content()

    def read(self, part: Part, parent: Part | None) -> Text:
        """The text of a part; files and reports in it are put aside."""
        if part.multipart and part.parts:
            return self._multipart(part)
        if part.multipart or (part.type in _TEXTS and _is_body(part)):
            return self._text(part)
        if part.type in _REPORTS:
            self._report(part)
        elif parent and parent.type == "multipart/report" and part.type in _RETURNED:
            self.found.returned = self.found.returned or self._excerpt(part)
        else:
            self._file(part, parent)
        return Text()

    def _multipart(self, part: Part) -> Text:
        texts = [self.read(inner, part) for inner in part.parts]
        match part.type:
            case "multipart/encrypted":
                self._reading.trouble(_ENCRYPTED)
            case "multipart/alternative":
                return best(texts)
        return joined(texts)

    def _text(self, part: Part) -> Text:
        raw, whole = content(self._data, part, self._reading.text_bytes)
        self._reading.text_bytes -= min(part.end - part.start, self._reading.text_bytes)
        if not whole:
            self._reading.trouble(TOO_LONG)
        if part.type == "text/plain":
            raw, files = without_uuencoded(raw, self._reading)
            self.found.files += files
        if b"-----BEGIN PGP MESSAGE-----" in raw:
            self._reading.trouble(_ENCRYPTED)
        return read_text(raw, part, self._reading, cut=not whole)

    def _report(self, part: Part) -> None:
        self.found.reports.append(Report(_REPORTS[part.type], self._excerpt(part)))

    def _excerpt(self, part: Part) -> str:
        raw, _ = content(self._data, part, 2 * REPORT)
        return guess(raw).replace("\0", "").replace("\r\n", "\n")[:REPORT]

    def _file(self, part: Part, parent: Part | None) -> None:
        name = _name(part)
        raw = self._file_content(part)
        if raw is None:
            self._reading.trouble(f"附件“{name or part.type}”过大，没有取出，在原件中保留")
            raw = b""
        if not name and part.type in _MESSAGES:
            name = f"{self._subject(raw)}.eml"
        self._explain(part, name, raw)
        inline = part.type.startswith("image/") and (
            part.disposition.value == "inline" or (part.disposition.value != "attachment" and _is_related(part, parent))
        )
        self.found.files.append(File(name, part.type, raw, inline))

    def _subject(self, raw: bytes) -> str:
        """Of a message within the message."""
        beginning = raw[: min(_INNER_HEADER, self._reading.header_bytes)]
        self._reading.header_bytes -= len(beginning)
        fields, _ = message_fields(beginning, Reading())
        return " ".join(decoded(fields.first("subject")).split())[: NAME - 4]

    def _file_content(self, part: Part) -> bytes | None:
        """Nothing if it is too much."""
        if encoding(part) in _UUENCODED:
            raw, whole = content(self._data, part, self._reading.text_bytes)
            self._reading.text_bytes -= len(raw)
            return uudecoded(raw) if whole else None
        if decoded_size(part) > self._reading.file_bytes:
            return None
        raw, _ = content(self._data, part)
        self._reading.file_bytes -= len(raw)
        return raw

    def _explain(self, part: Part, name: str, raw: bytes) -> None:
        if part.type in {"application/ms-tnef", "application/vnd.ms-tnef"} or name.lower() == "winmail.dat":
            self._reading.trouble("附件 winmail.dat 是 Outlook 的专有格式，其中的正文和附件没有展开，在原件中保留")
        if part.type in {"application/pkcs7-mime", "application/x-pkcs7-mime"} and _SIGNED_DATA not in raw[:64]:
            self._reading.trouble(_ENCRYPTED)


def _is_body(part: Part) -> bool:
    """Text with a name is a file, also where a client shows it inline."""
    return part.disposition.value != "attachment" and not _name(part)


def _is_related(part: Part, parent: Part | None) -> bool:
    return bool(part.fields.first("content-id")) or (parent is not None and parent.type == "multipart/related")


def _name(part: Part) -> str:
    name = part.disposition.get("filename") or part.content_type.get("name")
    stem, dot, extension = name.rpartition(".")
    if len(name) > NAME and dot and len(extension) < 20:
        return f"{stem[: NAME - len(extension) - 1]}.{extension}"
    return re.sub(r"\s+", " ", name)[:NAME]
