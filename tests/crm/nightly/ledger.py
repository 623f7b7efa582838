"""A bank of a few thousand, the nights that are due for it, and all that they leave behind."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from crm.jobs.models import Run
from customers.models import Feed
from segmentation.models import Published
from segmentation.services.policies import apply_policy
from tests.bench import bank
from tests.factories import FeeTypeFactory, UserFactory

NIGHTS = 3
LEFT_BEHIND = {
    "ledger": "SELECT number, charge_id, customer_id, tier_id, percent, waived, business_date"
    " FROM segmentation_waiverentry ORDER BY number",
    "charges": "SELECT number, waived, assessed_on FROM customers_feecharge ORDER BY number",
    "periods": "SELECT customer_id, tier_id, since, until, months_below FROM segmentation_tierperiod ORDER BY 1, 3",
    "facts": "SELECT * FROM segmentation_currentfacts ORDER BY customer_id",
    "decisions": "SELECT customer_id, business_date, tier_before_id, tier_after_id, outcome, months_below, figures::text, met"
    " FROM segmentation_tierdecision ORDER BY 1, 2",
}
CHARGES = """
INSERT INTO customers_feecharge (number, account_id, fee_id, charged_on, amount, waived)
SELECT 'F' || a.id || '-' || d, a.id, %(fee)s, %(last)s::date - d, 1 + a.id %% 97 * 0.37, 0
FROM customers_account a, generate_series(0, %(nights)s - 1) d
"""


def open_bank(customers: int) -> None:
    """Three business dates are due through yesterday, each with a fee on every account."""
    last = timezone.localdate() - timedelta(days=1)
    bank.fill(bank.Size(customers))
    with connection.cursor() as cursor:
        cursor.execute(CHARGES, {"fee": FeeTypeFactory().pk, "last": last, "nights": NIGHTS})
    reviews = [f"{last - timedelta(days=n):%m-%d}" for n in range(NIGHTS)]
    scheme = {
        "customer_kind": "person",
        "currency": "CNY",
        "measure": "aum_month_average",
        "review": {"dates": reviews},
    }
    gold = {"code": "gold", "name": "Gold", "when": {"field": "aum_month_average", "op": ">=", "value": "500000"}}
    lines = [
        {"tier": "mass", "fee": "statement", "percent": "0.10", "cap_per_month": "25.00", "currency": "CNY"},
        {"tier": "gold", "fee": "statement", "percent": "0.50"},
    ]
    apply_policy(
        content={
            "effective_from": "2024-12-01",
            "tier_scheme": scheme | {"tiers": [{"code": "mass", "name": "Mass"}, gold]},
            "waiver_policy": {"ceiling": "0.50", "lines": lines},
        },
        by=UserFactory(admin=True),
    )
    Feed.objects.update_or_create(kind="balances", defaults={"closed_through": last})
    begin_before(last - timedelta(days=NIGHTS))


def begin_before(day) -> None:
    run = Run.objects.create(kind=Run.Kind.NIGHT, business_date=day, status=Run.Status.COMPLETED)
    Published.objects.create(business_date=day, slot=0, run=run)


def left_behind() -> dict[str, list]:
    found = {}
    with connection.cursor() as cursor:
        for name, text in LEFT_BEHIND.items():
            cursor.execute(text)
            found[name] = cursor.fetchall()
    return found


def undo() -> None:
    """Back to before the nights, as only the owner of the tables can."""
    first = Run.objects.nights().order_by("business_date").values_list("business_date", flat=True)[0]
    tables = "segmentation_waiverentry, segmentation_stagedwaiver, segmentation_tierdecision, segmentation_tierperiod"
    with connection.cursor() as cursor:
        facts = "segmentation_facts, segmentation_factsmonth"  # a month may end among the nights
        cursor.execute(f"TRUNCATE {tables}, {facts}, segmentation_published, jobs_run CASCADE")
        cursor.execute("UPDATE customers_feecharge SET waived = 0, assessed_on = NULL")
    begin_before(first)
