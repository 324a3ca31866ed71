"""A line between a client and a real server that can be cut, or answers in the server's place, when it is told to."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_COMMAND = re.compile(rb"(?m)^(?:(\w+) )?(?:UID )?([A-Z]+)\b")
"""A client may send a line in pieces, so its end is not waited for."""


@dataclass
class Proxy:
    """Every plan is carried out once, on the first connection that comes to it; then the line is a good one."""

    to: int
    port: int = 0
    cut_before: list[str] = field(default_factory=list)
    """Commands that do not reach the server any more."""
    cut_after: list[str] = field(default_factory=list)
    """Commands that reach the server, whose answer does not reach the client; `greeting` for the first words."""
    cut_at: list[int] = field(default_factory=list)
    """Bytes from the server after which the line is cut, within whatever is being said."""
    answers: dict[str, bytes] = field(default_factory=dict)
    """What is said in the server's place to a command, every time, without the tag."""
    rewrites: dict[bytes, bytes] = field(default_factory=dict)
    """Words of the server that reach the client as others."""
    silent_after: list[str] = field(default_factory=list)
    """Commands after which nothing comes from the server any more, and the line stays open."""
    commands: list[str] = field(default_factory=list)
    """What the client has said."""
    connections: int = 0
    cuts: int = 0


@contextmanager
def proxying(proxy: Proxy) -> Iterator[Proxy]:
    """Be that line for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", proxy.port)) as listening:
        proxy.port = listening.getsockname()[1]
        lines: list[_Line] = []

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listening.accept()
                    proxy.connections += 1
                    lines.append(_Line(proxy, client))

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            for line in lines:
                line.end()


class _Line:
    def __init__(self, proxy: Proxy, client: socket.socket) -> None:
        self.proxy, self.client = proxy, client
        self.server = socket.create_connection(("127.0.0.1", proxy.to))
        self.mute = threading.Event()
        self.silent = threading.Event()
        self.passed = 0
        if "greeting" in proxy.cut_after:
            proxy.cut_after.remove("greeting")
            self.cut()
        self.threads = [threading.Thread(target=one, daemon=True) for one in (self.upwards, self.downwards)]
        for thread in self.threads:
            thread.start()

    def upwards(self) -> None:
        with suppress(OSError):
            while said := self.client.recv(65536):
                if self.refused(said):
                    continue
                self.server.sendall(said)
        self.hang_up()

    def refused(self, said: bytes) -> bool:
        """Whether these words do not reach the server."""
        for tag, command in _COMMAND.findall(said):
            name = command.decode()
            self.proxy.commands.append(name)
            if name in self.proxy.answers:
                self.client.sendall(tag + b" " + self.proxy.answers[name] + b"\r\n")
                return True
            if name in self.proxy.silent_after:
                self.silent.set()
            if name in self.proxy.cut_before:
                self.proxy.cut_before.remove(name)
                self.cut()
                return True
            if name in self.proxy.cut_after:
                self.proxy.cut_after.remove(name)
                self.mute.set()
        return False

    def downwards(self) -> None:
        with suppress(OSError):
            while said := self.server.recv(65536):
                for words, others in self.proxy.rewrites.items():
                    said = said.replace(words, others)
                if self.silent.is_set():
                    continue
                if self.mute.is_set():
                    self.cut()
                    break
                if self.proxy.cut_at and self.passed + len(said) >= self.proxy.cut_at[0]:
                    self.client.sendall(said[: self.proxy.cut_at.pop(0) - self.passed])
                    self.cut()
                    break
                self.passed += len(said)
                self.client.sendall(said)
        self.hang_up()

    def cut(self) -> None:
        self.proxy.cuts += 1
        self.hang_up()

    def hang_up(self) -> None:
        for line in (self.client, self.server):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        self.hang_up()
        for thread in self.threads:
            thread.join()
        self.client.close()
        self.server.close()
