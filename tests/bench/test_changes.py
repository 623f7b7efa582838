"""What the rules cost on the morning after a night: each kind once over the whole book, in one statement (BENCH_CUSTOMERS=200000)."""

import os
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection, transaction
from django.utils import timezone

from crm.jobs.models import Run
from segmentation.changes.detection import Look, notice
from segmentation.models import ChangeRule, Published
from segmentation.services.policies import apply_policy
from tests.bench import bank

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
MONEY = {"amount": "100000", "currency": "CNY", "days": 7, "quiet_days": 14}
KINDS = {
    "inflow": MONEY | {"share": "0.20"},
    "outflow": MONEY | {"share": "0.20"},
    "money_left": MONEY | {"amount": "50000", "days": 30, "share": "0.50"},
    "tier": {"moves": ["up", "down", "watch"]},
    "maturity": {"days": 30},
    "birthday": {"days": 7},
    "address": {},
    "job": {},
}
# the anchor: every customer's newest balance once, by the roll-ups
BARE = """
SELECT count(*), sum(b.closing) FROM customers_accountholder h JOIN LATERAL (
    SELECT m.closing FROM customers_balancemonth m WHERE m.account_id = h.account_id ORDER BY m.month DESC LIMIT 1
) b ON true
"""
# x the anchor; money that left reads two days of every account
LIMITS = {"money_left": 6.0}
LIMIT = 4.0


def seconds(act) -> float:
    with transaction.atomic():
        begun = monotonic()
        act()
        return monotonic() - begun


@pytest.mark.bench
def test_each_kind_of_rule_over_the_whole_book() -> None:
    bank.fill(bank.Size(CUSTOMERS))
    day = bank.LAST_MONTH - timedelta(days=1)
    rules = [{"code": kind, "name": kind, "kind": kind} | own for kind, own in KINDS.items()]
    apply_policy(content={"effective_from": str(day), "change_rules": rules}, by="bench")
    run = Run.objects.create(kind=Run.Kind.NIGHT, business_date=day, status=Run.Status.COMPLETED)
    Published.objects.create(business_date=day, slot=0, run=run)
    with connection.cursor() as cursor:
        bare = min(seconds(lambda: cursor.execute(BARE)) for _ in range(3))
    look = Look(day=day, at=timezone.now(), since=timezone.now() - timedelta(hours=24))
    found = {}
    for rule in ChangeRule.objects.in_force(day):
        found[rule.kind] = min(seconds(lambda rule=rule: notice(look, rule)) for _ in range(2)) / bare
    print(f"{CUSTOMERS:,} customers; bare reading {bare:.2f} s; x bare: " + ", ".join(
        f"{kind} {ratio:.2f}" for kind, ratio in found.items()))  # fmt: skip
    assert {kind: ratio for kind, ratio in found.items() if ratio > LIMITS.get(kind, LIMIT)} == {}
