"""Seals: texts nobody else can make, by HMAC-SHA-256. They guard cookies, forms and codes against forgery."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from models.language.moments import CHINA


def seal(secret: bytes, purpose: str, text: str) -> str:
    """The seal of a text for one purpose; a seal for one purpose is worth nothing for another."""
    digest = hmac.new(secret, f"{purpose}\n{text}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def sealed_right(secret: bytes, purpose: str, text: str, given: str) -> bool:
    """Whether a seal is right, compared in constant time."""
    return hmac.compare_digest(seal(secret, purpose, text).encode(), given.encode())


def sealed_text(secret: bytes, purpose: str, text: str, expires_at: datetime) -> str:
    """A text that carries its own seal and end, for a cookie or a hidden input."""
    body = f"{int(expires_at.timestamp())}.{base64.urlsafe_b64encode(text.encode()).decode().rstrip('=')}"
    return f"{body}.{seal(secret, purpose, body)}"


def open_sealed(secret: bytes, purpose: str, given: str, now: datetime) -> str | None:
    """The text inside; None if it was forged, cut or has expired."""
    body, _, mark = given.rpartition(".")
    end, _, text = body.partition(".")
    if not body or not sealed_right(secret, purpose, body, mark):
        return None
    if datetime.fromtimestamp(int(end), UTC).astimezone(CHINA) <= now:
        return None
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
