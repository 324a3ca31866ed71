"""What a plain YAML scalar means: YAML 1.2's core schema, minus what would surprise an officer.

YAML 1.1 reads `17:30` as 1050 and `on` as true. The core schema does not, but it drops the
zeros of a dialling code (`0571`) and reads an identity card number as a number. Here these
stay text: only plain digits, and digits around a decimal point, become numbers.
"""

import re

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_FIRST = frozenset("+-0123456789")
# 15 digits: what every JSON reader, editors included, keeps exactly.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}(?:[eE][-+]?[0-9]{1,2})?")


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar: null, true, false, a number, or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
