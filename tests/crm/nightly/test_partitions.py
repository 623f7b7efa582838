"""Claim, lease, fence, split: what keeps a row from being lost or done twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DataError, connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from crm.base.money import rounded
from crm.jobs import services as jobs
from crm.jobs.models import Partition, Run
from crm.nightly.night import run_night
from segmentation.models import Facts, TierPeriod
from tests.factories import RunFactory
from tests.segmentation.night.bank import close_feeds, customer_with, nights, policy

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


@pytest.fixture
def run(db: None) -> Run:
    run = RunFactory(status=Run.Status.QUEUED, business_date=DAY)
    jobs.plan(run=run, ranges=[(1, 5), (5, 9)])
    jobs.begin(run=run, total=8)
    return run


def nothing(partition: Partition, error: Exception) -> None:
    raise AssertionError(f"{partition.low} was given up: {error}")


def work(step, give_up=nothing) -> jobs.Work:
    return jobs.Work(steps=[("step", step)], give_up=give_up)


def claimed(run: Run, at=None) -> Partition:
    partition = jobs.claim(run=run, worker="one", at=at or timezone.now())
    assert partition is not None
    return partition


def test_each_partition_is_claimed_once(run):
    assert {claimed(run).number, claimed(run).number} == {0, 1}
    assert jobs.claim(run=run, worker="two", at=timezone.now()) is None


def test_lease_that_ran_out_lets_another_worker_in(run, settings):
    settings.CRM_LEASE_SECONDS = 60
    first = claimed(run)
    claimed(run)
    later = claimed(run, at=timezone.now() + timedelta(seconds=61))
    assert (later.pk, later.fence) == (first.pk, first.fence + 1)


def test_worker_whose_lease_ran_out_undoes_its_work(run):
    slow = claimed(run)

    def step(partition: Partition) -> int:
        Partition.objects.filter(pk=partition.pk).update(fence=partition.fence + 1)
        Run.objects.filter(pk=run.pk).update(message="half done")
        return 1

    with pytest.raises(jobs.FenceLost):
        jobs.perform(partition=slow, work=work(step))
    run.refresh_from_db()
    assert run.message == ""


def test_poisoned_partition_is_split_down_to_the_row(run):
    given_up = []

    def step(partition: Partition) -> int:
        if partition.low <= 3 < partition.high:
            raise DataError("numeric field overflow")
        return partition.high - partition.low

    while partition := jobs.claim(run=run, worker="one", at=timezone.now()):
        jobs.perform(partition=partition, work=work(step, lambda share, error: given_up.append(share.low)))

    done = run.partitions.filter(status=Partition.Status.DONE)
    assert given_up == [3]
    assert sorted(number for one in done for number in range(one.low, one.high)) == [1, 2, 4, 5, 6, 7, 8]


def test_customer_with_impossible_figures_is_left_out_and_keeps_everything(db):
    policy(("mass", None, 0), ("gold", "1000", 0))
    fine, poisoned = customer_with({DAY: "5000"}), customer_with({DAY: "7000"})
    nights(DAY, DAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customers_balancemonth SET day_sum = 99999999999999999999, closing = 9999999999999999"
            " WHERE account_id IN (SELECT account_id FROM customers_accountholder WHERE customer_id = %s)",
            [poisoned.pk],
        )
    close_feeds(DAY + timedelta(days=1))

    run = run_night(day=DAY + timedelta(days=1))

    assert run.status == Run.Status.COMPLETED_WITH_ERRORS
    assert [(e.customer_id, e.code) for e in run.row_errors.all()] == [(poisoned.pk, "poisoned")]
    assert Facts.objects.get(customer=poisoned).balance == 7000
    assert Facts.objects.get(customer=fine).balance == 5000
    assert TierPeriod.objects.get(customer=poisoned).tier.code == "mass"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6), st.sampled_from(["CNY", "JPY", "KWD", "CZK"]))
def test_rounding_in_sql_is_the_rounding_in_python(amount: Decimal, currency: str):
    with connection.cursor() as cursor:
        cursor.execute("SELECT money_round(%s, %s)", [amount, currency])
        assert cursor.fetchone()[0] == rounded(amount, currency)
