"""The whole of an import: its run, its audit, what a trial, a crash and a second worker leave behind."""

import subprocess
import sys
import threading
import time
from datetime import date

import pytest
from django.db import connection

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.jobs.models import RowError, Run
from customers import feeds, tasks
from customers.imports import engine
from customers.imports.services import import_file, new_run, working_on
from customers.models import Balance, BalanceMonth, Feed, ImportBatch
from tests.factories import AccountFactory

HEAD = "account,date,balance"


@pytest.mark.django_db
def test_the_run_tells_what_came_of_the_file(bring, accounts):
    result = bring("balances", HEAD, "A1,2024-03-01,1", "A1,2024-03-02,x")
    batch = ImportBatch.objects.get()
    assert (batch.rows, batch.accepted, batch.rejected, batch.unchanged) == (2, 1, 1, 0)
    assert (batch.run.status, batch.run.rows_done, batch.run.result) == ("completed_with_errors", 2, result.counts())
    error = RowError.objects.get()
    assert (error.line, error.column, error.code, error.value) == (3, "balance", "amount", "x")
    event = Event.objects.get(action="import.completed")
    assert event.data == {"feed": "balances", "rows": 2, "accepted": 1, "rejected": 1, "unchanged": 0}


@pytest.mark.django_db
def test_a_trial_reports_the_same_and_writes_nothing(bring, accounts):
    lines = (HEAD, "A1,2024-03-01,1", "A1,2024-03-01,2", "A1,2024-03-02,x")
    tried = bring("balances", *lines, dry_run=True)
    assert not Balance.objects.exists() and not BalanceMonth.objects.exists()
    done = bring("balances", *lines)
    assert (tried.counts(), tried.errors) == (done.counts(), done.errors)


@pytest.mark.django_db
def test_the_serving_role_is_enough(as_app_role, bring, accounts):
    assert bring("balances", HEAD, "A1,2024-03-01,1").accepted == 1
    assert bring("transactions", "id,account,date,amount", "T1,A1,1990-03-01,1").accepted == 1


@pytest.mark.django_db(transaction=True)
def test_a_crash_while_writing_leaves_nothing_and_the_run_can_be_done_again(bring, tmp_path, monkeypatch):
    AccountFactory(number="A1")
    run = new_run(kind="balances", filename="b.csv", by="test")
    with monkeypatch.context() as broken:
        broken.setattr(engine.upsert, "insert", lambda job: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring("balances", HEAD, "A1,2024-03-01,1", run=run)
    run.refresh_from_db()
    assert (run.status, Balance.objects.count(), RowError.objects.count()) == ("failed", 0, 0)
    assert bring("balances", HEAD, "A1,2024-03-01,1", run=run).accepted == 1
    run.refresh_from_db()
    assert (run.status, Balance.objects.count()) == ("completed", 1)


@pytest.mark.django_db(transaction=True)
def test_a_run_that_has_ended_is_not_done_again(bring):
    AccountFactory(number="A1")
    first = bring("balances", HEAD, "A1,2024-03-01,1")
    run = Run.objects.get(pk=first.run_id)
    again = bring("balances", HEAD, "A1,2024-03-01,2", run=run)
    assert (again.accepted, Balance.objects.get().amount) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_one_worker_at_a_time_works_on_a_run(tmp_path):
    run = new_run(kind="balances", filename="b.csv", by="test")
    answers = []

    def other_worker() -> None:
        with working_on(run) as free:
            answers.append(free)
        connection.close()

    with working_on(run) as free:
        thread = threading.Thread(target=other_worker)
        thread.start()
        thread.join()
        assert (free, answers) == (True, [False])
    other_worker()
    assert answers == [False, True]


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_with_its_command_has_written_nothing(app_env, tmp_path):
    AccountFactory(number="A1")
    (tmp_path / "b.csv").write_text(f"{HEAD}\n" + "".join(f"A1,{1900 + n // 300}-01-01,1\n" for n in range(200_000)))
    command = [sys.executable, "manage.py", "import_data", "balances", str(tmp_path / "b.csv")]
    with subprocess.Popen(command, env=app_env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as child:
        while not (Run.objects.filter(rows_done__gt=0).exists() or child.poll() is not None):
            time.sleep(0.02)
        child.kill()
    run = Run.objects.get()
    assert (run.status, Balance.objects.count()) == ("running", 0)
    for _ in range(100):  # until the server has noticed that its client is gone
        tasks.look()
        run.refresh_from_db()
        if run.status == "failed":
            break
        time.sleep(0.1)
    assert (run.status, "stopped" in run.message, Balance.objects.count()) == ("failed", True, 0)


@pytest.mark.django_db
def test_a_feed_is_closed_with_a_file_only_where_no_row_was_rejected(bring, accounts):
    partial = bring("balances", HEAD, "A1,2024-03-01,1", "A1,2024-03-02,x", close_through=date(2024, 3, 2))
    assert partial.closed_through is None and not Feed.objects.exists()
    whole = bring("balances", HEAD, "A1,2024-03-01,1", close_through=date(2024, 3, 1))
    assert whole.closed_through == Feed.objects.get(kind="balances").closed_through == date(2024, 3, 1)


@pytest.mark.django_db
def test_control_figures_are_those_of_the_last_day(bring, accounts):
    bring("balances", HEAD, "A1,2024-03-01,1.50", "A2,2024-03-01,2", "A1,2024-02-29,7")
    day = date(2024, 3, 1)
    for wrong in ({"rows": 3}, {"total": 10}, {"rows": 2, "total": 3}):
        with pytest.raises(feeds.Mismatch):
            feeds.close(kind="balances", through=day, by="test", **wrong)
    assert not Feed.objects.exists()
    feeds.close(kind="balances", through=day, by="test", rows=2, total=3.5)
    assert Feed.objects.get().closed_through == day


@pytest.mark.django_db
def test_a_closed_feed_never_opens_again():
    feeds.close(kind="balances", through=date(2024, 3, 31), by="test")
    feeds.close(kind="balances", through=date(2024, 3, 1), by="test")
    assert Feed.objects.get().closed_through == date(2024, 3, 31)
    with pytest.raises(RuleBroken, match="no feed"):
        feeds.close(kind="nonsense", through=date(2024, 3, 1), by="test")


@pytest.mark.django_db
def test_a_file_in_chunks_is_checked_as_a_whole(accounts, tmp_path, monkeypatch):
    monkeypatch.setattr("customers.imports.records.BLOCK_LINES", 2)
    lines = [HEAD, *(f"A1,2024-03-{day:02},1" for day in (1, 2, 3, 4, 1)), "A2,2024-03-01,x"]
    (tmp_path / "b.csv").write_text("\n".join(lines))
    result = import_file(kind="balances", path=tmp_path / "b.csv", by="test")
    assert [(error.row, error.code) for error in result.errors] == [(6, "duplicate"), (7, "amount")]
    assert result.rows == 6
