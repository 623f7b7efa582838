from datetime import date

import pytest

from customers.imports.result import Result
from tests.factories import AccountFactory, CustomerFactory


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
