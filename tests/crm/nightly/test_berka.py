"""A real bank of 1993: the figures that its customers' own balances must give."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Sum
from pandas import date_range

from crm.jobs.models import Run
from crm.nightly import due
from crm.nightly.night import run_night
from customers.imports.berka.files import read
from customers.imports.berka.services import load_berka
from customers.models import Customer
from segmentation.explain import explain
from segmentation.models import TierPeriod, WaiverEntry
from segmentation.services.policies import apply_policy
from tests.factories import UserFactory

BERKA = Path(os.environ.get("CRM_BERKA", settings.BASE_DIR.parent / "shared" / "data" / "berka"))
LAST = date(1994, 3, 31)
TIERS = (("silver", "30000", 3), ("gold", "60000", 3), ("private", "90000", 6))
PERCENT = {"silver": "0.10", "gold": "0.30", "private": "0.50"}
CLIENT_2457 = [
    ("standard", date(1993, 1, 1)),
    ("silver", date(1993, 4, 1)),
    ("gold", date(1993, 7, 1)),
    ("silver", date(1993, 10, 1)),
]
CLIENT_596 = [
    ("standard", date(1993, 1, 1)),
    ("silver", date(1993, 7, 1)),
    ("standard", date(1993, 10, 1)),
    ("silver", date(1993, 11, 1)),
    ("standard", date(1994, 2, 1)),
]
pytestmark = [
    pytest.mark.django_db(
        transaction=True
    ),  # a night a commit: in one transaction dead rows pile up and 455 nights take ten times as long
    pytest.mark.skipif(not (BERKA / "trans.asc").exists(), reason=f"the Berka files are not in {BERKA}"),
]


def publish_policies() -> None:
    tiers: list[dict] = [{"code": "standard", "name": "Standard"}]
    for code, level, grace in TIERS:
        when = {"field": "aum_month_average", "op": ">=", "value": level}
        tiers.append({"code": code, "name": code.title(), "when": when, "grace_months": grace})
    scheme = {"customer_kind": "person", "currency": "CZK", "measure": "aum_month_average", "review": "monthly"}
    lines = [{"tier": tier, "fee": "statement", "percent": percent} for tier, percent in PERCENT.items()]
    apply_policy(
        content={
            "effective_from": "1993-01-01",
            "tier_scheme": scheme | {"tiers": tiers},
            "waiver_policy": {"ceiling": "0.50", "lines": lines},
        },
        by=UserFactory(admin=True),
    )


def first_day_and_reviews() -> list[date]:
    return [date(1993, 1, 1), *(day.date() for day in date_range("1993-01-31", LAST, freq="ME"))]


def all_nights() -> int:
    done = 0
    while day := due.next_due(through=LAST):
        run = run_night(day=day)
        assert run.status == Run.Status.COMPLETED, (day, run.status, run.message)
        done += 1
    return done


def story_of(number: str) -> list[tuple[str, date]]:
    periods = TierPeriod.objects.filter(customer__number=number).order_by("since")
    assert all(before.until == after.since for before, after in pairwise(periods))
    return [(period.tier.code, period.since) for period in periods]


def the_two_clients_stand_where_the_bank_says() -> None:
    assert story_of("2457") == CLIENT_2457
    assert story_of("596") == CLIENT_596
    explained = explain(customer=Customer.objects.get(number="2457"), on=LAST)
    assert explained is not None
    assert explained.as_json()["facts"]["aum_month_average"] == "42863.65"


def some_clients() -> set[int]:
    """2457, 596 and the clients of the oldest accounts, 300 in all."""
    files = read(BERKA)
    holders = files["disp"].merge(files["account"], on="account_id").sort_values(["date", "client_id"])
    clients = dict.fromkeys([2457, 596, *(int(number) for number in holders["client_id"])])
    return set(list(clients)[:300])


def nothing_is_left_to_do(counted: Callable[[], int]) -> None:
    before = counted()
    assert due.next_due(through=LAST) is None
    assert run_night(day=LAST).status == Run.Status.COMPLETED
    assert counted() == before


def test_three_hundred_clients_through_fifteen_reviews():
    """Each of the 455 nights, with the whole bank, is of `make drill`: below."""
    results = load_berka(folder=BERKA, by="test", clients=some_clients())
    publish_policies()

    assert [run_night(day=day).status for day in first_day_and_reviews()] == [Run.Status.COMPLETED] * 16

    assert results["client.asc"].accepted == 300
    the_two_clients_stand_where_the_bank_says()
    nothing_is_left_to_do(WaiverEntry.objects.count)


@pytest.mark.drill
def test_the_whole_bank_through_455_nights():
    results = load_berka(folder=BERKA, by="test")
    publish_policies()
    accepted = {name: result.accepted for name, result in results.items()}
    assert accepted["client.asc"] == accepted["disp.asc"] == 5369
    assert (accepted["account.asc"], accepted["card.asc"], accepted["loan.asc"]) == (4500, 892, 682)
    assert accepted["trans.asc"] == 49_102
    assert [(error.row, error.code) for error in results["trans.asc"].errors] == [(49_104, "quote")]

    assert all_nights() == 455

    the_two_clients_stand_where_the_bank_says()
    march = WaiverEntry.objects.filter(charged_on__range=(LAST - timedelta(days=30), LAST))
    assert march.aggregate(total=Sum("waived"))["total"] == Decimal("1699.76")
    nothing_is_left_to_do(WaiverEntry.objects.count)
    again = load_berka(folder=BERKA, by="test")
    assert all(result.unchanged == result.accepted for result in again.values())
