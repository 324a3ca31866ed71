"""Accounts of mailboxes: what would give a password away, or cannot work, is refused when it is written down."""

from typing import Any

import pytest
from pydantic import SecretStr

from notifications.inbound.imap.account import ImapAccount, WrongAccount


def account(**changed: Any) -> ImapAccount:
    values: dict[str, Any] = {
        "name": "complaints", "host": "imap.mingchuan.example", "username": "c@mingchuan.example",
        "password": SecretStr("secret-4711"),
    }  # fmt: skip
    return ImapAccount(**(values | changed))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"tls": "none"}, "in the clear"),
        ({"name": "a/b"}, "letters, digits"),
        ({"name": ""}, "letters, digits"),
        ({"username": "a\r\nb LOGOUT"}, "user name of mailbox complaints is empty or has control characters"),
        ({"password": SecretStr("4711\r\n")}, "password of mailbox complaints is empty or has control characters"),
        ({"folder": "IN\nBOX"}, "folder of mailbox complaints"),
        ({"done_folder": "INBOX"}, "another one than INBOX"),
        ({"idle": 1740}, "less than 29 minutes"),
    ],
)
def test_it_is_refused_with_what_to_do_and_without_the_password(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(WrongAccount, match=said) as raised:
        account(**changed)
    assert "4711" not in str(raised.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_on_this_machine_it_may_go_in_the_clear(host: str) -> None:
    assert account(host=host, tls="none").tls == "none"


def test_the_password_is_not_shown() -> None:
    assert "4711" not in repr(account())
