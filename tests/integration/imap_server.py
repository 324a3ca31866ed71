"""A real IMAP server for tests: Dovecot, started for us alone, on this machine, as an ordinary user."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import pytest
from imapclient import IMAPClient

PASSWORD = "geheim-4711"  # noqa: S105 - of a server that lives for seconds
PATIENCE = 20.0
"""Seconds to wait at most for what a real server does by itself."""

_NAMES = count(1)

CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = {uid}
last_valid_uid = {uid}
auth_failure_delay = 0
mail_max_userip_connections = 100
mail_location = maildir:~/Maildir
mail_fsync = never
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u allow_all_users=yes
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
protocol imap {{
  {capability}
}}
"""


@dataclass(frozen=True)
class MailServer:
    """Where it listens. Every user exists, with the same password."""

    folder: Path
    port: int
    tls_port: int

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def mailbox(self) -> "MailboxOfTests":
        """A mailbox nobody has used."""
        return MailboxOfTests(self, f"user{next(_NAMES)}")


@dataclass(frozen=True)
class MailboxOfTests:
    """What a person with a mail client does to a mailbox."""

    server: MailServer
    user: str

    @contextmanager
    def client(self, folder: str = "INBOX") -> Iterator[Any]:
        with IMAPClient("127.0.0.1", self.server.port, ssl=False, timeout=PATIENCE) as client:
            client.login(self.user, PASSWORD)
            client.select_folder(folder)
            yield client

    def put(self, *messages: bytes, flags: tuple[str, ...] = (), at: datetime | None = None) -> None:
        with self.client() as client:
            for message in messages:
                client.append("INBOX", message, flags, at)

    def flags(self, folder: str = "INBOX") -> dict[int, set[str]]:
        """Flags by UID, without that of recent messages."""
        with self.client(folder) as client:
            found = client.get_flags(client.search("ALL"))
        return {uid: {flag.decode() for flag in flags} - {"\\Recent"} for uid, flags in found.items()}


@contextmanager
def mail_server(capability: str = "", certificate: Any = None) -> Iterator[MailServer]:
    """Dovecot for as long as the block lasts; it announces `capability` if that is given."""
    if shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None:
        pytest.fail("no Dovecot on this machine: run `make servers` as root, or install the package `dovecot-imapd`")
    # Dovecot serves no mail of root's; its sockets have names too long for pytest's folders.
    user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    group = subprocess.check_output(["getent", "group", str(user.pw_gid)], text=True).split(":")[0]
    with TemporaryDirectory(prefix="duly-imap-") as name:
        folder, port, tls_port = Path(name), free_port(), free_port()
        tls = ""
        if certificate is not None:
            certificate.private_key_pem.write_to_path(folder / "key.pem")
            certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
            tls = f"ssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem"
        (folder / "dovecot.conf").write_text(
            CONFIGURATION.format(
                folder=folder, port=port, tls_port=tls_port if tls else 0, password=PASSWORD, certificate=tls,
                ssl="yes" if tls else "no", user=user.pw_name, group=group, uid=user.pw_uid, gid=user.pw_gid,
                capability=f"imap_capability = {capability}" if capability else "",
            ),
            encoding="utf-8",
        )  # fmt: skip
        for path in (folder, *folder.iterdir()):
            os.chown(path, user.pw_uid, user.pw_gid)
        with (folder / "stderr").open("wb") as stderr:
            process = subprocess.Popen(
                ["/usr/sbin/dovecot", "-F", "-c", str(folder / "dovecot.conf")],
                user=user.pw_uid if os.getuid() == 0 else None,
                group=user.pw_gid if os.getuid() == 0 else None,
                extra_groups=[] if os.getuid() == 0 else None,
                stderr=stderr,
            )
        server = MailServer(folder, port, tls_port)
        try:
            _wait_for(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _wait_for(server: MailServer, process: "subprocess.Popen[bytes]") -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", server.port), 1) as line:
                if b"* OK [" in line.recv(1000):
                    return
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
    stderr = (server.folder / "stderr").read_text(encoding="utf-8")
    pytest.fail(f"Dovecot does not start: {stderr}\n{server.log if (server.folder / 'log').exists() else ''}")
