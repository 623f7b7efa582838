"""How long the tier migration report takes, and that its sums are those of a count by hand."""

import os
from datetime import date
from time import monotonic

import pytest
from django.db import connection

from crm.jobs.models import Run
from segmentation.migration.figures import Source, asked
from segmentation.migration.matrix import Report, report
from segmentation.models import Published, TierPeriod
from tests.bench import bank
from tests.bench.test_night import fed, policy
from tests.factories import FeeTypeFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
JANUARY, MIDDLE, FEBRUARY = date(2026, 1, 31), date(2026, 2, 14), date(2026, 2, 28)
FEES = """
INSERT INTO customers_feecharge (number, account_id, fee_id, charged_on, amount, waived)
SELECT 'F' || id, id, %(fee)s, %(day)s, 1 + id %% 97 * 0.37, 0 FROM customers_account WHERE id %% 2 = 0
"""


def reports(customers: int) -> dict[str, tuple[float, Report]]:
    """Between two days with facts, and from a day without."""
    bank.fill(bank.Size(customers))
    policy()
    with connection.cursor() as cursor:
        cursor.execute(FEES, {"fee": FeeTypeFactory().pk, "day": MIDDLE})
    for day in (date(2026, 1, 30), JANUARY, FEBRUARY):
        fed(day)
    published, auditor, found = Published.objects.get(), UserFactory(auditor=True), {}
    for name, opening in (("facts", JANUARY), ("accounts", MIDDLE)):
        begun = monotonic()
        made = report(opening=asked(opening, published), closing=asked(FEBRUARY, published), user=auditor)
        found[name] = monotonic() - begun, made
    return found


@pytest.mark.bench
def test_migration_report(capsys):
    found = reports(CUSTOMERS)
    with capsys.disabled():
        print(f"\ntier migration, {CUSTOMERS} customers")
        for name, (seconds, _made) in found.items():
            print(f"  {name:28} {seconds:10.2f} s")


def test_the_report_of_a_small_bank_is_right():
    found = reports(400)
    (_seconds, of_facts), (_again, of_accounts) = found["facts"], found["accounts"]

    assert Run.objects.nights().published().count() == 3
    (matrix,) = of_facts.matrices
    for side in matrix.rows[:-2]:
        assert matrix.count(side.code, "*") == TierPeriod.objects.holding(JANUARY).filter(tier__code=side.code).count()
        assert matrix.count("*", side.code) == TierPeriod.objects.holding(FEBRUARY).filter(tier__code=side.code).count()
    assert (of_accounts.opening.source, of_accounts.closing.source) == (Source.LAIN, Source.PUBLISHED)
    assert matrix.cells["*", "*"].amounts["revenue"] == _revenue()
    assert of_accounts.matrices[0].cells["*", "*"].amounts["revenue"] == 0


def _revenue():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(amount - waived) FROM customers_feecharge")
        return cursor.fetchone()[0]
