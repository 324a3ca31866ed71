"""Readable text of one part, and of several parts together."""

import re
from dataclasses import dataclass
from typing import Final

from notifications.inbound.reading.bounds import TEXT, Reading
from notifications.inbound.reading.charsets import codec, decode
from notifications.inbound.reading.flowed import unfolded
from notifications.inbound.reading.html_text import text_of
from notifications.inbound.reading.parts import Part

_CONTROLS: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_META: Final = re.compile(rb"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_STUB: Final = re.compile(
    r"(?:not|n't|unable to|cannot) (?:support|display|read|view|show)\w* (?:\w+ ){0,5}html"
    r"|html[- ](?:capable|compatible|enabled|format)|(?:requires?|enable|switch to|view\w*|in) (?:an? |the )?html"
    r"|(?:不支持|无法显示|不能显示|启用|请使用|切换).{0,20}html|html.{0,20}(?:格式|版本|查看|阅读)",
    re.IGNORECASE | re.DOTALL,
)
TOO_LONG: Final = "正文过长，只读取其开头，其余在原件中保留"
_STUB_LENGTH: Final = 400
_SIGNED: Final = "-----BEGIN PGP SIGNED MESSAGE-----\n"
_SIGNATURE: Final = "\n-----BEGIN PGP SIGNATURE-----"
_SIGNATURE_END: Final = "-----END PGP SIGNATURE-----"


@dataclass(frozen=True, slots=True)
class Text:
    """Text, and whether all of it was written as plain text."""

    text: str = ""
    plain: bool = True


def read_text(raw: bytes, part: Part, reading: Reading, *, cut: bool) -> Text:
    """The decoded text of a part; `cut`: not all bytes of it are there."""
    html = part.type in {"text/html", "application/xhtml+xml"}
    declared = part.content_type.get("charset")
    if html and not codec(declared):
        meta = _META.search(raw[:4096])
        declared = meta[1].decode("ascii", "replace") if meta else declared
    text, known = decode(raw, declared, cut=cut)
    if not known:
        reading.trouble(f"正文有无法识别的字符（声明的字符集：{declared[:40] or '无'}），在原件中保留")
    text = clean(text)
    if html:
        return Text(clean(text_of(text, reading)), plain=False)
    if len(text) > TEXT:
        reading.trouble(TOO_LONG)
        text = text[:TEXT]
    if part.content_type.get("format").lower() == "flowed":
        text = unfolded(text, delete_space=part.content_type.get("delsp").lower() == "yes")
    return Text(_without_signature(text))


def clean(text: str) -> str:
    r"""Lines end in `\n`, and no control characters but these and tabs."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).removeprefix("\ufeff")


def best(texts: list[Text]) -> Text:
    """Of alternatives: plain text, unless it is empty or only says that there is HTML."""
    said = [text for text in texts if text.text.strip()]
    plain = [text for text in said if text.plain]
    others = [text for text in said if not text.plain]
    if plain and not (others and _is_stub(plain[0].text)):
        return plain[0]
    return others[-1] if others else Text()


def joined(texts: list[Text]) -> Text:
    """One after the other, as a client shows the parts of a mixed mail."""
    said = [text for text in texts if text.text.strip()]
    lines = [text.text.strip("\n") for text in said]
    return Text("\n\n".join(lines), all(text.plain for text in said))


def _without_signature(text: str) -> str:
    """The text that was signed in clear (RFC 9580, 7), as its writer saw it."""
    begin = text.find(_SIGNED)
    signature = text.find(_SIGNATURE, begin) if begin >= 0 else -1
    if signature < 0:
        return text
    end = text.find(_SIGNATURE_END, signature)
    _, _, signed = text[begin:signature].partition("\n\n")
    after = text[end + len(_SIGNATURE_END) :] if end >= 0 else ""
    return text[:begin] + re.sub(r"(?m)^- ", "", signed) + after


def _is_stub(text: str) -> bool:
    return len(text) < _STUB_LENGTH and bool(_STUB.search(text))
