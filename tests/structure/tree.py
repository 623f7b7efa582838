"""The project's own files, and the stack of apps that they belong to."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from crm.base.launch.steps import PROJECT

STACK = (
    "crm/base", "crm/audit", "crm/identity", "crm/jobs", "crm/approvals",
    "customers", "segmentation", "managers", "service", "surveys", "crm",
)  # fmt: skip
LABELS = {place.rsplit("/", 1)[-1]: level for level, place in enumerate(STACK)}
FOREIGN = {".venv", "node_modules", "var", ".git", "__pycache__"}


@cache
def every_file() -> tuple[Path, ...]:
    found = []
    for folder, inside, names in os.walk(PROJECT):
        inside[:] = [name for name in inside if name not in FOREIGN]
        found += [Path(folder, name) for name in names]
    return tuple(sorted(found))


def files(*suffixes: str) -> Iterator[Path]:
    return (path for path in every_file() if path.suffix in suffixes)


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def is_generated(path: Path) -> bool:
    return "migrations" in path.parts


def level_of(path: Path) -> int | None:
    """The height in the stack; None for tests and tools beside it."""
    name = name_of(path)
    for level, place in enumerate(STACK):
        if name.startswith(f"{place}/"):
            return level
    return None


def stack_files(*suffixes: str) -> Iterator[tuple[int, Path]]:
    """Files of the stack below the roof, which may see all."""
    for path in files(*suffixes):
        level = level_of(path)
        if level is not None and level < LABELS["crm"]:
            yield level, path


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))
