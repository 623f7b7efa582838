"""manage.py nightly: every date that is due, in order; exit codes that a scheduler can rely on."""

import json
from datetime import date, timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command

from crm.audit.models import Seal
from crm.jobs.models import Run
from crm.nightly import night
from segmentation.models import Published
from tests.segmentation.night.bank import close_feeds, customer_with, policy

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 5)


@pytest.fixture
def bank(db: None) -> None:
    policy(("mass", None, 0), ("gold", "1000", 0))
    customer_with({FIRST: "5000"})
    close_feeds(date(2026, 1, 31))


def nightly(*words: str) -> dict:
    out = StringIO()
    call_command("nightly", *words, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def test_every_due_date_runs_in_order_and_once(bank):
    dates = nightly("--through", "2026-01-08")["dates"]

    assert [one["date"] for one in dates] == [str(FIRST + timedelta(days=n)) for n in range(4)]
    assert {one["status"] for one in dates} == {"completed"}
    assert nightly("--through", "2026-01-08") == {"dates": []}
    assert Seal.objects.exists()


def test_finished_date_run_again_is_listed_with_zeros(bank):
    nightly("--through", "2026-01-06")

    again = nightly("--date", "2026-01-06")["dates"]

    assert again == [
        {"date": "2026-01-06", "status": "completed", "customers": 0, "tier_moves": 0, "waiver_entries": 0}
        | {"waived": {}, "partitions": 0, "seconds": 0}
    ]


def test_date_is_refused_while_an_earlier_one_is_due(bank):
    with pytest.raises(CommandError, match="2026-01-05 is due") as refused:
        nightly("--date", "2026-01-07")
    assert refused.value.returncode == 2


def test_nothing_due_is_no_error(db):
    assert nightly("--through", "2026-01-07") == {"dates": []}


def test_bank_without_a_scheme_waits_with_exit_5(db):
    customer_with({FIRST: "5000"})
    with pytest.raises(SystemExit) as ended:
        nightly("--through", "2026-01-07")
    assert ended.value.code == 5
    assert Run.objects.get().status == Run.Status.WAITING


def test_open_feed_is_said_and_is_no_failure(bank):
    close_feeds(FIRST)
    dates = nightly("--through", "2026-01-06")["dates"]
    assert [one["status"] for one in dates] == ["completed", "held"]


def test_failed_night_exits_1_and_is_taken_up_again(bank):
    with (
        patch.object(night.publish, "publish", side_effect=RuntimeError("disk full")),
        pytest.raises(SystemExit) as end,
    ):
        nightly("--through", "2026-01-05")
    assert end.value.code == 1
    assert Run.objects.get().message == "RuntimeError: disk full"
    assert not Published.objects.exists()

    assert nightly("--through", "2026-01-05")["dates"][0]["status"] == "completed"
