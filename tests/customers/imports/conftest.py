from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from customers.imports.result import Result
from customers.imports.services import import_file
from tests.factories import AccountFactory, CustomerFactory

Import = Callable[..., Result]


@pytest.fixture
def bring(tmp_path: Path) -> Import:
    """Import lines of text, or bytes, as a file of a kind."""

    def bring(kind: str, *lines: str, raw: bytes | None = None, **more) -> Result:
        path = tmp_path / f"{kind}.csv"
        path.write_bytes(raw if raw is not None else "".join(f"{line}\n" for line in lines).encode())
        return import_file(kind=kind, path=path, by="test", **more)

    return bring


@pytest.fixture
def accounts(db: None) -> None:
    for number, currency in (("A1", "CNY"), ("A2", "CNY"), ("J1", "JPY")):
        AccountFactory(number=number, currency=currency, opened_on=date(2020, 1, 1))


@pytest.fixture
def customers(db: None) -> None:
    for number in ("N1", "N2", "N3"):
        CustomerFactory(number=number)


def codes(result: Result) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in result.errors]
