"""Passwords: argon2id. A wrong name costs the same time as a wrong password, so that nobody learns who works here."""

from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
"""Characters; NIST SP 800-63B asks for length, not for kinds of characters."""

_HASHER: Final = PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """What is stored of a password."""
    return _HASHER.hash(password)


def password_fits(kept: str | None, password: str) -> bool:
    """Whether a password is right; without a kept hash it never is, and takes as long to say so."""
    try:
        _HASHER.verify(kept or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def too_weak(password: str, about: tuple[str, ...]) -> str:
    """Why a new password will not do; empty if it will."""
    if len(password) < SHORTEST:
        return f"密码至少 {SHORTEST} 位，现为 {len(password)} 位：可用几个不相关的词连成一句"
    if len(set(password)) < 5:
        return "密码重复的字符太多：请换一个"
    if any(one and one.lower() in password.lower() for one in about):
        return "密码不能包含姓名或邮箱：请换一个"
    return ""
