"""What all that a night does costs: fifty segments, waivers, value, gold cards and offers beside the night of the spine; and
what one segment more costs."""

from datetime import date
from functools import partial
from statistics import median
from typing import Any

import pytest

from crm.jobs.models import Partition, Run
from segmentation.models import GoldCard, SegmentMembership, ValueMonth, WaiverEntry
from segmentation.services.policies import apply_policy
from tests.bench import test_night as spine
from tests.factories import FeeTypeFactory, ProductFactory

pytestmark = pytest.mark.django_db(transaction=True)
FIFTY, MORE = 50, 25
LATER = [date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 7)]
LIMITS = {"ordinary": 1.4, "one day's feed": 0.5, "a segment more, % of a night": 1.0}


def segment(n: int) -> dict:
    """Five kinds of rules, of one to three conditions; each customer is in about every third segment."""
    step = n // 5 + 1
    rules: list[dict] = [
        _is("aum_month_average", ">=", f"{10_000 * step}"),
        {"all": [_is("region", "=", f"R{n % 7}"), _is("balance", ">=", f"{10_000 * step}")]},
        {"all": [_is("balance", "between", [f"{8_000 * step}", f"{8_000 * step + 200_000}"]), _is("kind", "=", "person")]},
        {"any": [_is("aum_month_average", "<", f"{10_000 * step}"), _is("accounts_held", ">=", 3 + step)]},
        {"all": [_is("tenure_months", ">=", 12 + step), _is("loan_balance", "<=", "0"),
                 _is("aum_month_average", ">=", f"{8_000 * step}")]},
    ]  # fmt: skip
    return {
        "code": f"s{n:03}",
        "name": f"Segment {n}",
        "scheme": f"scheme{n % 3}",
        "priority": n + 1,
        "when": rules[n % 5],
    }


def _is(field: str, op: str, value: object) -> dict:
    return {"field": field, "op": op, "value": value}


TIERS = [code for code, threshold, _grace in spine.TIERS if threshold]
# a small bank has nobody so high
GOLD, MANY = ["diamond", "private"], 10_000
CONTENT: dict[str, Any] = {
    "waiver_policy": {
        "ceiling": "0.50",
        "lines": [
            {"tier": tier, "fee": "statement", "percent": "0.50", "cap_per_month": "12.00", "currency": "CNY"}
            for tier in TIERS
        ],
    },
    "value": {
        "discount_rate": "0.10",
        "rates": [{"product": "bench", "customer_rate": "0.012", "transfer_rate": "0.021"}],
        "costs": [{"cost": "0.00"}],
        "losses": [],
        "retention": [{"rate": "0.9"}],
    },
    "product_offers": [{"product": "bench"}, {"product": "fund"}],
}


def standards(tiers: list[str]) -> dict[str, Any]:
    return {
        "gold_card": {"benefit": "card"},
        "benefits": [{"code": "card", "name": "Gold card"}],
        "lines": [{"tier": tier, "benefit": "card"} for tier in tiers],
        "products": [],
    }


def policy(customers: int) -> None:
    spine.policy()
    ProductFactory(code="fund", family="fund", risk=1)
    FeeTypeFactory(code="statement")
    segments = [segment(n) for n in range(FIFTY)]
    dated = {"effective_from": "2024-12-01", "service_standards": standards(GOLD if customers > MANY else TIERS)}
    apply_policy(content=CONTENT | dated | {"segments": segments}, by="bench")


def milliseconds(day: date) -> tuple[int, int]:
    """Of the segments' step, and of all steps, summed over the partitions."""
    run = Run.objects.nights().get(business_date=day)
    steps = [step for share in Partition.objects.filter(run=run) for step in share.steps]
    return sum(each["ms"] for each in steps if each["step"] == "segments"), sum(each["ms"] for each in steps)


def figures(customers: int) -> dict[str, float]:
    found = spine.figures(customers, prepare=partial(policy, customers), has_fees=True)
    before = median(milliseconds(day)[0] for day in spine.ORDINARY)
    whole = median(milliseconds(day)[1] for day in spine.ORDINARY)
    more = [segment(n) for n in range(FIFTY, FIFTY + MORE)]
    apply_policy(content={"segments": more}, by="bench")
    for day in LATER:
        spine.fed(day, has_fees=True)
    after = median(milliseconds(day)[0] for day in LATER[1:])
    found["segments, % of a night"] = 100 * before / max(whole, 1)
    found["a segment more, % of a night"] = 100 * (after - before) / MORE / max(whole, 1)
    return found


@pytest.mark.bench
def test_a_night_with_fifty_segments(capsys):
    found = figures(spine.CUSTOMERS)
    with capsys.disabled():
        print(
            f"\nnight with {FIFTY} segments, waivers, value, gold cards and offers, {spine.CUSTOMERS} customers, two workers"
        )
        for name, value in found.items():
            limit = f"   at most {LIMITS[name]}" if name in LIMITS else ""
            print(f"  {name:28} {value:10.2f}{limit}")
    assert found["same inputs, rows"] == 0
    assert not spine.IS_FULL or [name for name, limit in LIMITS.items() if found[name] > limit] == []


def test_the_bench_of_segments_of_a_small_bank_is_right():
    found = figures(400)
    assert found["same inputs, rows"] == 0
    for model in (WaiverEntry, ValueMonth, GoldCard, SegmentMembership):
        assert model.objects.exists(), model
