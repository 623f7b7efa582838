"""Files of the bank, as they come in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from customers.imports.result import Result
from customers.imports.services import import_file

Import = Callable[..., Result]


@pytest.fixture
def bring(tmp_path: Path) -> Import:
    """Import lines of text, or bytes, as a file of a kind."""

    def bring(kind: str, *lines: str, raw: bytes | None = None, **more) -> Result:
        path = tmp_path / f"{kind}.csv"
        path.write_bytes(raw if raw is not None else "".join(f"{line}\n" for line in lines).encode())
        return import_file(kind=kind, path=path, by="test", **more)

    return bring
