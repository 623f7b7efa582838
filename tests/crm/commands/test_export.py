import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from crm.audit.models import Event
from customers.models import Account, Customer
from segmentation.exports import _fraction
from tests.factories import FeeChargeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
JANUARY_END = date(2026, 1, 31)


@pytest.fixture
def bank() -> Customer:
    """Gold from 1 February, with a fee of 30.05 on the 2nd; the last night is that of the 2nd."""
    line = {"tier": "gold", "fee": "statement", "percent": "0.10"}
    policy(("mass", None, 0), ("gold", "1000", 3), lines=[line])
    customer = customer_with({date(2026, 1, 1): "5000"}, number="=7")
    account = Account.objects.get(holders__customer=customer)
    Account.objects.filter(pk=account.pk).update(number="A1")
    FeeChargeFactory(account=account, charged_on=date(2026, 2, 2), amount=Decimal("30.05"))
    nights(date(2026, 1, 1), date(2026, 1, 1))
    nights(JANUARY_END, JANUARY_END)
    nights(date(2026, 2, 2), date(2026, 2, 2))
    return customer


@pytest.fixture
def exported(capsys: pytest.CaptureFixture):
    def run(*words: str) -> list[dict]:
        call_command("export", *words)
        return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    return run


def test_tier_periods(bank, exported) -> None:
    mass = {"customer": "'=7", "tier": "mass", "since": "2026-01-01", "until": "2026-02-01", "scheme_version": "1"}
    gold = {"customer": "'=7", "tier": "gold", "since": "2026-02-01", "until": "", "scheme_version": "1"}

    assert exported("tier_periods") == [mass, gold]
    assert exported("tier_periods", "--on", "2026-01-31") == [mass]
    assert exported("tier_periods", "--on", "2026-02-01") == [gold]


def test_waivers(bank, exported) -> None:
    entry = {
        "customer": "'=7",
        "account": "A1",
        "fee": "statement",
        "charged_on": "2026-02-02",
        "amount": "30.05",
        "percent": "0.10",
        "waived": "3.01",
        "tier": "gold",
        "entry": "1",
    }

    assert exported("waivers") == [entry]
    assert exported("waivers", "--on", "2026-02-02") == [entry]
    assert exported("waivers", "--on", "2026-02-01") == []


def test_facts_of_the_published_date_and_of_a_month_end(bank, exported) -> None:
    (now,) = exported("facts")
    (then,) = exported("facts", "--on", "2026-01-31")

    assert list(now)[:2] == ["customer", "business_date"] and "payroll_month" in now
    assert (now["business_date"], now["aum_month_average"], now["currency"]) == ("2026-02-02", "5000.00", "CNY")
    assert (then["business_date"], then["aum_month_average"]) == ("2026-01-31", "5000.00")


def test_facts_of_another_day_are_refused(bank) -> None:
    with pytest.raises(CommandError, match="No facts are kept of 2026-01-15") as caught:
        call_command("export", "facts", "--on", "2026-01-15")
    assert caught.value.returncode == 2


def test_a_file_and_a_trace_of_the_export(bank, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    call_command("export", "tier_periods", "--out", tmp_path / "periods.csv")

    assert capsys.readouterr().out == ""
    assert (tmp_path / "periods.csv").read_text().splitlines()[0] == "customer,tier,since,until,scheme_version"
    event = Event.objects.get(kind=Event.Kind.EXPORT)
    assert (event.action, event.data["rows"]) == ("tier_periods.exported", 2)


@pytest.mark.parametrize(("percent", "shown"), [("0.1000", "0.10"), ("0.1250", "0.125"), ("1.0000", "1.00")])
def test_fraction_does_not_take_the_digits_of_a_currency(percent: str, shown: str) -> None:
    assert _fraction(Decimal(percent)) == shown
