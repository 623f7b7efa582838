"""The real bank. The files are read-only data beside the project; without them these tests skip."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from crm.identity.models import Branch
from customers.imports.berka.services import load_berka
from customers.models import (
    Account,
    AccountHolder,
    Balance,
    BalanceMonth,
    Card,
    Customer,
    FeeCharge,
    Feed,
    Loan,
    StandingOrder,
    Transaction,
)

FOLDER = Path(os.environ.get("BERKA", Path(__file__).parents[4] / "shared" / "data" / "berka"))
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the Berka files are not in {FOLDER}"),
]


@pytest.fixture(scope="module")
def some_clients() -> set[int]:
    """300 clients, 2457 and 596 among them."""
    return {2457, 596, *range(1, 299)}


def test_a_part_of_the_bank_loads_and_loading_again_changes_nothing(some_clients):
    first = load_berka(folder=FOLDER, by="test", clients=some_clients)
    customers = Customer.objects.count()
    assert first["client.asc"].accepted == customers <= 300
    again = load_berka(folder=FOLDER, by="test", clients=some_clients)
    assert all(result.unchanged == result.accepted for result in again.values())
    assert set(Feed.objects.values_list("closed_through", flat=True)) == {date(1994, 3, 31)}


def test_birth_date_sex_and_region_of_a_client():
    load_berka(folder=FOLDER, by="test", clients={1, 2})
    woman, man = Customer.objects.get(number="1"), Customer.objects.get(number="2")
    assert (woman.sex, woman.birth_date, woman.branch.code) == ("female", date(1970, 12, 13), "18")
    assert (man.sex, man.birth_date, man.region, man.name) == ("male", date(1945, 2, 4), "Prague", "")
    assert Branch.objects.get(code="1").path == "/HO/1/"


@pytest.mark.drill
def test_the_whole_bank():
    results = load_berka(folder=FOLDER, by="test")
    counts = {model: model.objects.count() for model in (Customer, Account, AccountHolder, Card, Loan, StandingOrder)}
    assert counts == {Customer: 5369, Account: 4500, AccountHolder: 5369, Card: 892, Loan: 682, StandingOrder: 6471}
    assert Transaction.objects.count() == 49_102
    cut_off = results["trans.asc"].errors
    assert [(error.row, error.code) for error in cut_off] == [(49_104, "quote")]
    assert set(AccountHolder.objects.values_list("role", "share")) == {("owner", 1), ("authorised", 0)}
    assert FeeCharge.objects.filter(fee__code="statement").count() == results["fees"].accepted


def test_a_month_average_of_client_2457():
    load_berka(folder=FOLDER, by="test", clients={2457})
    account = Account.objects.get(holders__customer__number="2457", holders__share=1)
    month = BalanceMonth.objects.get(account=account, month=date(1994, 3, 1))
    day_sum = month.day_sum + month.closing * (date(1994, 3, 31) - month.last_on).days
    assert round(day_sum / 31, 2) == Decimal("42863.65")
    last = Balance.objects.filter(account=account).latest("on")
    assert last.amount == sum(Transaction.objects.filter(account=account).values_list("amount", flat=True))
