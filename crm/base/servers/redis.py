"""A redis-server in a folder, on a local port, behind a password."""

import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from crm.base.servers import children
from crm.base.servers.binaries import ServerError, give, identity, redis_program

SETTINGS = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {data}
maxmemory-policy noeviction
appendonly yes
appendfsync {sync}
save ""
"""


@dataclass
class Redis:
    folder: Path
    password: str
    fast: bool = False
    port: int = field(default_factory=children.free_port)

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        data = self.folder / "redis"
        give(data)
        program = redis_program(self.folder)
        if not children.is_free(self.port):
            raise ServerError(f"port {self.port} was taken while Redis was being started")
        with (self.folder / "redis.log").open("ab") as log:
            self.child = children.start(
                [str(program), "-"], stdin=subprocess.PIPE, stdout=log, stderr=log, cwd="/", **identity()
            )
        settings = SETTINGS.format(
            port=self.port, password=self.password, data=data, sync="no" if self.fast else "everysec"
        )
        self._feed(settings)
        self._wait_until_it_answers()

    def _feed(self, settings: str) -> None:
        """The password goes in by standard input: a command line could be read by anyone."""
        assert self.child.stdin is not None
        self.child.stdin.write(settings.encode())
        self.child.stdin.close()

    def stop(self) -> None:
        children.stop(self.child)

    def _wait_until_it_answers(self) -> None:
        for _ in range(600):
            if self.child.poll() is not None:
                raise ServerError(f"redis-server ended at once: see {self.folder / 'redis.log'}")
            if self._answers():
                return
            time.sleep(0.05)
        raise ServerError(f"redis-server does not answer: see {self.folder / 'redis.log'}")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                line.sendall(f"AUTH {self.password}\r\n".encode())
                if not line.recv(100).startswith(b"+OK"):
                    return False
                line.sendall(b"PING\r\n")
                return line.recv(100).startswith(b"+PONG")
        except OSError:
            return False
