"""Addresses of pages, as people write them in forms."""

from typing import Annotated

from pydantic import AfterValidator, HttpUrl


def _open(url: HttpUrl) -> HttpUrl:
    if url.username or url.password:
        raise ValueError("write the address without a user and a password: it is shown to people and kept")
    return url


WebAddress = Annotated[HttpUrl, AfterValidator(_open)]
"""`http://` or `https://` with a host, and nothing secret."""
