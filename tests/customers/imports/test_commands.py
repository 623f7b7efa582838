"""Exit codes and what stands on stdout."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command

from customers.models import Balance, Feed

pytestmark = pytest.mark.django_db
HEAD = "account,date,balance\n"


def told(capsys) -> dict:
    return json.loads(capsys.readouterr().out)


def test_all_accepted_is_0(accounts, tmp_path, capsys):
    (tmp_path / "b.csv").write_text(HEAD + "A1,2024-03-01,1\n")
    call_command("import_data", "balances", tmp_path / "b.csv", "--json", "--close-through", "2024-03-01")
    assert told(capsys) == {"rows": 1, "accepted": 1, "rejected": 0, "unchanged": 0, "errors": []}
    assert str(Feed.objects.get().closed_through) == "2024-03-01"


def test_some_rejected_is_3_with_all_errors_in_a_file(accounts, tmp_path, capsys):
    (tmp_path / "b.csv").write_text(HEAD + "A1,2024-03-01,1\nA9,2024-03-01,=1\n")
    with pytest.raises(SystemExit) as left:
        call_command("import_data", "balances", tmp_path / "b.csv", "--json", "--errors", str(tmp_path / "errors.csv"))
    assert left.value.code == 3
    first = told(capsys)["errors"][0]
    assert (first["row"], first["column"], first["code"]) == (3, "account", "unknown_account")
    with (tmp_path / "errors.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["column"], row["code"], row["value"]) for row in rows] == [
        ("3", "account", "unknown_account", "****"), ("3", "balance", "amount", "'=9"),
    ]  # fmt: skip


def test_only_the_first_thousand_errors_are_listed(accounts, tmp_path, capsys):
    (tmp_path / "b.csv").write_text(HEAD + "A1,2024-03-01,x\n" * 1_001)
    with pytest.raises(SystemExit):
        call_command("import_data", "balances", tmp_path / "b.csv", "--json")
    answer = told(capsys)
    assert (answer["rejected"], len(answer["errors"])) == (1_001, 1_000)


def test_a_refused_file_is_4(tmp_path, capsys):
    (tmp_path / "b.csv").write_text("this,is,something,else\n")
    with pytest.raises(SystemExit) as left:
        call_command("import_data", "balances", tmp_path / "b.csv", "--json")
    assert left.value.code == 4
    assert set(told(capsys)["refused"]) == {"code", "message"}


@pytest.mark.parametrize(
    "words", [["nonsense", "b.csv"], ["balances", "none.csv"], ["balances", "b.csv", "--profile", "x"]]
)
def test_wrong_use_is_2(tmp_path, words, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.csv").write_text(HEAD)
    with pytest.raises(CommandError) as wrong:
        call_command("import_data", *words)
    assert wrong.value.returncode == 2


def test_a_trial_writes_nothing(accounts, tmp_path, capsys):
    (tmp_path / "b.csv").write_text(HEAD + "A1,2024-03-01,1\n")
    call_command("import_data", "balances", tmp_path / "b.csv", "--json", "--dry-run")
    assert told(capsys)["accepted"] == 1 and not Balance.objects.exists()


def test_a_feed_with_other_control_figures_is_1(accounts):
    with pytest.raises(CommandError) as mismatch:
        call_command("close_feed", "balances", "--through", "2024-03-01", "--rows", "5")
    assert mismatch.value.returncode == 1
    call_command("close_feed", "balances", "--through", "2024-03-01", "--rows", "0", "--total", "0")
    assert str(Feed.objects.get().closed_through) == "2024-03-01"


def test_an_error_file_that_can_not_be_written_is_wrong_use_and_nothing_is_taken_in(accounts, tmp_path):
    (tmp_path / "b.csv").write_text(HEAD + "A1,2024-03-01,1\n")
    with pytest.raises(CommandError) as wrong:
        call_command("import_data", "balances", tmp_path / "b.csv", "--errors", str(tmp_path / "none" / "errors.csv"))
    assert wrong.value.returncode == 2
    assert not Balance.objects.exists()
