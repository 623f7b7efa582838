"""What trying a draft costs, beside the tier and waiver steps of the month end on whose facts it is tried."""

import os
from datetime import date
from statistics import median
from time import monotonic

import pytest

from crm.jobs.models import Partition
from segmentation.models import Published, SimulatedTier
from segmentation.services.simulations import simulate
from tests.bench import bank
from tests.bench.test_night import TIERS, fed, policy

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
IS_FULL = CUSTOMERS >= 200_000
MONTH_ENDS = [date(2026, 1, 31), date(2026, 2, 28)]
LIMIT, TIMES = 1.2, 3


def draft() -> dict:
    """The published scheme with every threshold a tenth higher."""
    tiers: list[dict] = [{"code": code, "name": code.title()} for code, _, _ in TIERS]
    for tier, (_, threshold, grace) in zip(tiers, TIERS, strict=True):
        if threshold:
            when = {"field": "aum_month_average", "op": ">=", "value": str(int(threshold) * 11 // 10)}
            tier |= {"when": when, "grace_months": grace}
    scheme = {"customer_kind": "person", "currency": "CNY", "measure": "aum_month_average", "review": "monthly"}
    return {"tier_scheme": scheme | {"tiers": tiers}}


def steps(**run: object) -> float:
    """Seconds that the workers spent on tiers and waivers, standing and copying included where there is any."""
    logs = Partition.objects.filter(**run).values_list("steps", flat=True)
    return sum(step["ms"] for log in logs for step in log if step["step"] in ("standing", "tiers", "waivers")) / 1000


def tried() -> tuple[float, float]:
    begun = monotonic()
    simulation = simulate(draft=draft(), by="bench")
    assert simulation.run.has_ended, simulation.run.message
    return steps(run=simulation.run), monotonic() - begun


def figures(customers: int, times: int = TIMES) -> dict[str, float]:
    bank.fill(bank.Size(customers))
    policy()
    for day in MONTH_ENDS:
        fed(day)
        bank.settle()
    night = steps(run__business_date=MONTH_ENDS[-1])
    found = [tried() for _ in range(times)]
    worked, whole = median(work for work, _ in found), median(wall for _, wall in found)
    return {
        "tiers and waivers of the night, s": night,
        "the same of a simulation, s": worked,
        "simulation / night": worked / night if night else 0,
        "whole simulation, s": whole,
    }


@pytest.mark.bench
def test_a_simulation_beside_the_night(capsys):
    found = figures(CUSTOMERS)
    with capsys.disabled():
        print(f"\nsimulation, {CUSTOMERS} customers, two workers")
        for name, value in found.items():
            print(f"  {name:40} {value:10.2f}{f'   at most {LIMIT}' if ' / ' in name else ''}")
    assert found["simulation / night"] <= LIMIT or not IS_FULL


def test_bench_of_a_small_simulation_decides_for_everybody():
    figures(300, times=1)
    assert SimulatedTier.objects.count() == 300
    assert Published.objects.get().business_date == MONTH_ENDS[-1]
