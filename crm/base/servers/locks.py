"""File locks that the kernel lets go when their holder dies, however it dies."""

import fcntl
import os
from pathlib import Path


class FileLock:
    """Shared or exclusive, by flock. Not inherited by children that exec."""

    def __init__(self, path: Path) -> None:
        self.handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def share(self) -> None:
        fcntl.flock(self.handle, fcntl.LOCK_SH)

    def own(self) -> None:
        fcntl.flock(self.handle, fcntl.LOCK_EX)

    def try_own(self) -> bool:
        return self._try(fcntl.LOCK_EX)

    def try_share(self) -> bool:
        return self._try(fcntl.LOCK_SH)

    def release(self) -> None:
        fcntl.flock(self.handle, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self.handle)

    def _try(self, mode: int) -> bool:
        try:
            fcntl.flock(self.handle, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
