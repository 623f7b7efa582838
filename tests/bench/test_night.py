"""How long a night takes, in units of L_raw measured in the same run."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from statistics import median
from time import monotonic

import pytest
from django.db import transaction

from crm.jobs.models import Partition, Run
from crm.nightly.night import run_night
from segmentation.models import Published
from segmentation.night import facts
from segmentation.night.context import Night
from segmentation.services.policies import apply_policy
from tests.bench import bank
from tests.bench.anchor import l_plain, l_raw
from tests.factories import UserFactory
from tests.segmentation.night.bank import close_feeds

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
TIERS = (("mass", None, 0), ("affluent", "50000", 3), ("gold", "200000", 3), ("platinum", "500000", 3),
         ("diamond", "1000000", 3), ("private", "6000000", 6))  # fmt: skip
ORDINARY = [date(2026, 1, 10), date(2026, 1, 11), date(2026, 1, 12)]
MONTH_ENDS = [date(2026, 1, 31), date(2026, 2, 28)]
# the night after a month's last closes it; a bank's first one reads the eleven months before it too
AFTER_JANUARY = date(2026, 2, 1)
# the figures of one customer in eight change, as in the design's measurement; the night of the 1st moves every average
FIRST_OF_MONTH, SMALL_FEED = date(2026, 3, 1), [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)]
SMALL = 0.126
IS_FULL = CUSTOMERS >= 200_000
# in L_raw where nothing else is said
LIMITS = {"ordinary": 1.2, "one day's feed": 0.5, "month end": 2.0, "first / ordinary": 2.0}


def policy() -> None:
    tiers: list[dict] = [{"code": code, "name": code.title()} for code, _, _ in TIERS]
    for tier, (_, threshold, grace) in zip(tiers, TIERS, strict=True):
        if threshold:
            when = {"field": "aum_month_average", "op": ">=", "value": threshold}
            tier |= {"when": when, "grace_months": grace}
    scheme = {"customer_kind": "person", "currency": "CNY", "measure": "aum_month_average", "review": "monthly"}
    apply_policy(
        content={"effective_from": "2024-12-01", "tier_scheme": scheme | {"tiers": tiers}},
        by=UserFactory(admin=True),
    )


def seconds_of(act: Callable[[], object]) -> float:
    begun = monotonic()
    act()
    return monotonic() - begun


def night(day: date) -> float:
    def act() -> None:
        run = run_night(day=day)
        assert run.has_ended, run.message

    return seconds_of(act)


def fed(day: date, share: float = 1.0, *, has_fees: bool = False) -> float:
    if has_fees:
        bank.charge(day)
    bank.feed(day, share=share)
    close_feeds(day)
    return night(day)


def rows_of_the_same_night_again() -> int:
    """The last published night's facts, reckoned once more over the slot that it wrote."""
    published = Published.objects.get()
    again = replace(Night.of(published.run), slot=published.slot)
    share = Partition.objects.filter(run=published.run).order_by("number").first()
    assert share is not None
    with transaction.atomic():
        facts.compute(again, share)
        return facts.keep(again, share)


def figures(customers: int, *, prepare: Callable[[], None] = policy, has_fees: bool = False) -> dict[str, float]:
    night_of = partial(fed, has_fees=has_fees)
    bank.fill(bank.Size(customers))
    prepare()
    anchor = l_raw()
    first = night_of(date(2026, 1, 8))
    bank.settle()
    night_of(date(2026, 1, 9))
    found = {"L_raw seconds": anchor, "L_raw / plain copy": anchor / l_plain(), "first": first / anchor}
    found["ordinary"] = median(night_of(day) for day in ORDINARY) / anchor
    january_end = night_of(MONTH_ENDS[0])
    found["closing the first month"] = night_of(AFTER_JANUARY) / anchor
    found["month end"] = median([january_end, night_of(MONTH_ENDS[1])]) / anchor
    found["closing a month"] = night_of(FIRST_OF_MONTH, share=SMALL) / anchor
    found["one day's feed"] = median(night_of(day, share=SMALL) for day in SMALL_FEED) / anchor
    found["same inputs, rows"] = rows_of_the_same_night_again()
    found["first / ordinary"] = found["first"] / found["ordinary"]
    found["microseconds per customer"] = found["ordinary"] * anchor / customers * 1e6
    return found


@pytest.mark.bench
def test_night_in_units_of_l_raw(capsys):
    found = figures(CUSTOMERS)
    with capsys.disabled():
        print(f"\nnight, {CUSTOMERS} customers, {CUSTOMERS * 5 // 2} accounts, two workers")
        for name, value in found.items():
            limit = f"   at most {LIMITS[name]}" if name in LIMITS else ""
            print(f"  {name:28} {value:10.2f}{limit}")
    assert found["same inputs, rows"] == 0
    assert not IS_FULL or [name for name, limit in LIMITS.items() if found[name] > limit] == []


def test_bench_of_a_small_bank_is_right():
    """The measured path on 400 customers: every night ends, everybody has a tier, nothing is written twice."""
    found = figures(400)
    assert found["same inputs, rows"] == 0
    assert Run.objects.nights().published().count() == 12
    assert Published.objects.get().business_date == SMALL_FEED[-1]
