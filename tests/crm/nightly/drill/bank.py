"""The bank of the drill: four nights over a month's end, each with a feed, a review, fees. Opened by the owner of the schema."""

from datetime import date, timedelta

from django.db import connection

from customers.models import Feed
from segmentation.services.policies import apply_policy
from tests.bench import bank
from tests.crm.nightly import ledger
from tests.factories import FeeTypeFactory, UserFactory

NIGHTS = tuple(date(2026, 1, 30) + timedelta(days=n) for n in range(4))
PERCENTS = {"mass": "0.05", "affluent": "0.15", "gold": "0.25", "diamond": "0.40"}
THRESHOLDS = {"affluent": "250000", "gold": "600000", "diamond": "1000000"}
CHARGES = """
INSERT INTO customers_feecharge (number, account_id, fee_id, charged_on, amount, waived)
SELECT 'F' || a.id || '-' || to_char(d, 'MMDD'), a.id, %(fee)s, d, 1 + a.id %% 97 * 0.37, 0
FROM customers_account a, unnest(%(days)s::date[]) d WHERE a.id %% 5 = extract(day FROM d)::integer %% 5
"""


def policy() -> dict:
    """Each night is a review, on the day's balance and with no grace: customers rise and fall."""
    tiers: list[dict] = [{"code": code, "name": code.title()} for code in PERCENTS]
    for tier in tiers[1:]:
        tier |= {"when": {"field": "balance", "op": ">=", "value": THRESHOLDS[tier["code"]]}, "grace_months": 0}
    review = {"dates": [f"{day:%m-%d}" for day in NIGHTS]}
    scheme = {"customer_kind": "person", "currency": "CNY", "measure": "balance", "review": review, "tiers": tiers}
    lines = [
        {"tier": tier, "fee": "statement", "percent": percent, "cap_per_month": "12.00", "currency": "CNY"}
        for tier, percent in PERCENTS.items()
    ]
    return {
        "effective_from": "2025-01-01",
        "tier_scheme": scheme,
        "waiver_policy": {"ceiling": "0.50", "lines": lines},
    }


def open_bank(customers: int) -> None:
    bank.fill(bank.Size(customers, months=3))
    for day in NIGHTS:
        bank.feed(day)
    with connection.cursor() as cursor:
        cursor.execute(CHARGES, {"fee": FeeTypeFactory().pk, "days": list(NIGHTS)})
    apply_policy(content=policy(), by=UserFactory(admin=True))
    Feed.objects.update_or_create(kind="balances", defaults={"closed_through": NIGHTS[-1]})
    ledger.begin_before(NIGHTS[0] - timedelta(days=1))
    bank.settle()
