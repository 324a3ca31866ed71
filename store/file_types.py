"""Checking: which files may be handed in, and under which name they are kept."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

LONGEST_NAME: Final = 120

_PDF, _ZIP, _OLE = (b"%PDF-",), (b"PK\x03\x04", b"PK\x05\x06"), (b"\xd0\xcf\x11\xe0",)
_BEGINNINGS: Final[dict[str, tuple[bytes, ...]]] = {
    "pdf": _PDF, "ofd": _ZIP, "zip": _ZIP, "docx": _ZIP, "xlsx": _ZIP, "pptx": _ZIP,
    "doc": _OLE, "xls": _OLE, "ppt": _OLE, "msg": _OLE, "wps": (*_OLE, *_ZIP), "et": (*_OLE, *_ZIP),
    "png": (b"\x89PNG",), "jpg": (b"\xff\xd8\xff",), "jpeg": (b"\xff\xd8\xff",), "gif": (b"GIF8",), "bmp": (b"BM",),
    "webp": (b"RIFF",), "rar": (b"Rar!",), "7z": (b"7z\xbc\xaf",), "wav": (b"RIFF",),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), "mp4": (),
    "txt": (), "csv": (), "eml": (), "log": (), "md": (),
}  # fmt: skip
"""Types that may be handed in, and how such files begin; nothing is said of those that begin in many ways."""

_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe")
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|;%\x00-\x1f\x7f]')


class RefusedFile(ValueError):  # noqa: N818 - it says what is the case
    """A file that is not accepted; the text says why and what to do."""


def safe_name(given: str) -> str:
    """A file's name without folders, control characters and tricks with the direction of writing."""
    plain = PurePosixPath(given.replace("\\", "/")).name
    plain = "".join(one for one in unicodedata.normalize("NFC", plain) if unicodedata.category(one)[0] != "C")
    plain = _UNSAFE.sub("_", plain).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(suffix) - 1] or 'file'}.{suffix.lower()}"


def check_type(name: str, beginning: bytes) -> None:
    """Raise `RefusedFile` for a type that is not accepted, or a file that is not what its name says."""
    suffix = name.rpartition(".")[2] if "." in name else ""
    if suffix not in _BEGINNINGS:
        raise RefusedFile(f"不接受“.{suffix or '无扩展名'}”文件：请改为 PDF、Office、图片、文本或 ZIP 文件")
    if beginning.startswith(_PROGRAMS):
        raise RefusedFile("这是可执行程序，不能上传：如确需作为证据，请打包为 ZIP 后上传")
    allowed = _BEGINNINGS[suffix]
    if allowed and not beginning.startswith(allowed):
        raise RefusedFile(f"文件内容与扩展名“.{suffix}”不符：请用原程序重新另存后上传")
