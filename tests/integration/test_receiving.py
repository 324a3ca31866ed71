"""The ways in of one process: two mailboxes are never taken for one."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from duly.errors import UserError
from duly.running.clocks import company_clock
from duly.running.receiving import Receiver
from duly.settings import Settings
from duly.settings_parts import ImapSettings
from store.cases import Store


def receiver(store: Store, folder: Path, *addresses: str) -> Receiver:
    imap = tuple(ImapSettings(address=one, host="imap.example", password=SecretStr("x")) for one in addresses)
    settings = Settings(data=folder, imap=imap)
    return Receiver(settings, store, company_clock(settings.clock))


def test_two_addresses_that_are_called_the_same_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"a_b_x\.example"):
        receiver(store, tmp_path, "a+b@x.example", "a_b@x.example")

    assert len(receiver(store, tmp_path, "a@x.example", "b@x.example").fetchers) == 2
