from decimal import Decimal

import pytest
from django.core.management import call_command

from customers.models import FeeCharge
from segmentation.models import WaiverEntry
from tests.factories import AccountFactory, FeeChargeFactory, WaiverEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> WaiverEntry:
    """3.00 of 30.00, and the charge says so."""
    WaiverEntryFactory.reset_sequence()
    entry = WaiverEntryFactory()
    FeeCharge.objects.update(waived=3, amount=30)
    return entry


def check(capsys: pytest.CaptureFixture) -> tuple[int, str]:
    try:
        call_command("check_ledger")
    except SystemExit as end:
        return int(end.code or 0), capsys.readouterr().out.strip()
    return 0, capsys.readouterr().out.strip()


def test_an_empty_ledger_is_in_order(capsys) -> None:
    assert check(capsys) == (0, "The ledger is empty: 0 entries.")


def test_totals_say_gross_net_and_waived(entry, capsys) -> None:
    code, said = check(capsys)

    assert (code, said) == (0, "CNY: 1 entries, gross 30.00 = net 27.00 + waived 3.00")


def test_a_reversal_balances_with_its_charge(entry, capsys) -> None:
    WaiverEntryFactory(customer=entry.customer, charge=entry.charge, waived=Decimal("-3"), reverses=entry, reason="x")
    FeeCharge.objects.update(waived=0)

    assert check(capsys)[0] == 0


def test_a_charge_that_says_more_than_its_entries_is_named(entry, capsys) -> None:
    FeeCharge.objects.update(waived=4)

    code, said = check(capsys)

    assert code == 1
    assert said.startswith(f"Charge {entry.charge.number}: waived 4.0000 of 30.0000")


def test_a_gap_in_the_numbers_is_named(entry, capsys) -> None:
    other = FeeChargeFactory(account=AccountFactory(holder=entry.customer), waived=3, amount=30)
    WaiverEntryFactory(number=3, customer=entry.customer, charge=other)

    assert check(capsys) == (1, "Entry 3 stands in place 2: the numbers have a gap.")


def test_more_reversed_than_waived_is_named(entry, capsys) -> None:
    WaiverEntryFactory(customer=entry.customer, charge=entry.charge, waived=Decimal("-4"), reverses=entry)
    assert check(capsys) == (1, f"Entry 1 does not fit its charge {entry.charge.number}.")
