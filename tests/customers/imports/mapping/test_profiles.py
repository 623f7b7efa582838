"""Profiles: what may be kept, who is told, and the command that takes one."""

import json

import pytest
from django.core.management import CommandError, call_command

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.imports.kinds import kind_of
from customers.imports.mapping.checking import checked
from customers.imports.mapping.profiles import change_profile, create_profile, delete_profile, fitting
from customers.imports.services import import_file
from customers.models import Balance, ImportProfile

pytestmark = pytest.mark.django_db
COLUMNS = {
    "konto": {"field": "account"},
    "den": {"field": "date", "date_form": "dmy"},
    "stav": {"field": "balance", "number_form": "comma"},
}


def keep(name: str = "Core", columns: dict = COLUMNS, kind: str = "balances") -> ImportProfile:
    return create_profile(kind=kind, name=name, columns=columns, by="test")


def test_making_changing_and_deleting_are_recorded():
    profile = keep()
    changed = change_profile(profile=profile, name="Kern", by="test")
    delete_profile(profile=changed, by="test")
    events = Event.objects.filter(object_type="customers.importprofile").order_by("pk")
    assert [(event.action, event.object_label, event.data["feed"]) for event in events] == [
        ("import_profile.created", "Core", "balances"),
        ("import_profile.changed", "Kern", "balances"),
        ("import_profile.deleted", "Kern", "balances"),
    ]
    with pytest.raises(RuleBroken, match="deleted"):
        change_profile(profile=profile, name="x", by="test")


def test_a_name_stands_once_in_a_kind_and_its_version_rises():
    first, other = keep(), keep("Other")
    with pytest.raises(RuleBroken, match="already"):
        keep()
    with pytest.raises(RuleBroken, match="already"):
        change_profile(profile=other, name="Core", by="test")
    customers = {"a": {"field": "number"}, "b": {"field": "kind"}}
    assert keep(columns=customers, kind="customers").name == first.name
    assert change_profile(profile=first, columns=COLUMNS | {"x": {"field": ""}}, by="test").version == 2


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({}, "Columns are an object"),
        ([], "Columns are an object"),
        ({"konto": "account"}, "not said as it must be"),
        ({"konto": {"field": "account", "colour": "red"}}, "not said as it must be"),
        ({"konto": {"field": 7}}, "not said as it must be"),
        ({"konto": {"field": "account", "values": {"": "x"}}}, "not said as it must be"),
        ({" ": {"field": "account"}}, "no name of a column"),
        ({"a": {"field": "account"}, " A ": {"field": "date"}}, "stands there twice"),
        ({"konto": {"field": "account"}}, "No column of the file becomes: date, balance."),
        (COLUMNS | {"x": {"field": "colour"}}, "There is no field colour"),
        (COLUMNS | {"x": {"field": "account"}}, "“konto” becomes this field already"),
        (COLUMNS | {"den": {"field": "date", "date_form": "?"}}, "more than one form is possible"),
        (COLUMNS | {"den": {"field": "date", "date_form": "klingon"}}, "There is no form klingon"),
        (COLUMNS | {"den": {"field": "date", "number_form": "comma"}}, "no amount"),
        (COLUMNS | {"stav": {"field": "balance", "date_form": "iso"}}, "no date"),
        (COLUMNS | {"stav": {"field": "balance", "values": {"viel": "1,5"}}}, "“1,5” can't stand"),
        (COLUMNS | {"stav": {"field": "balance", "values": {"nichts": ""}}}, "must not be empty"),
        (COLUMNS | {"konto": {"field": "account", "values": {"x": "A1"}}}, "taken as they are"),
    ],
)
def test_a_mapping_that_could_not_be_followed_is_refused(columns, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refusal:
        keep(columns=columns)
    assert refusal.value.field == "columns" and not ImportProfile.objects.exists()


def test_a_word_becomes_one_of_the_fields_words():
    said = {"n": {"field": "number"}, "k": {"field": "kind", "values": {"P": "pirate"}}}
    with pytest.raises(RuleBroken, match="“pirate” can't stand"):
        checked(kind_of("customers"), said)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_profile_has_a_name(name):
    with pytest.raises(RuleBroken, match="1 to 80 characters") as refusal:
        keep(name)
    assert refusal.value.field == "name"


def test_a_profile_fits_a_file_with_just_its_columns_and_the_newest_comes_first():
    keep("Old"), keep("Wide", COLUMNS | {"x": {"field": ""}})
    newest = keep("New")
    assert [profile.name for profile in fitting("balances", ["stav", "den", "konto"])] == [newest.name, "Old"]
    assert [profile.name for profile in fitting("balances", ["stav", "den", "konto", "x"])] == ["Wide"]
    assert fitting("balances", ["konto", "den"]) == fitting("customers", ["stav", "den", "konto"]) == []


def test_a_profile_of_another_kind_is_wrong_use(tmp_path):
    (tmp_path / "b.csv").write_text("konto;den;stav\n")
    with pytest.raises(RuleBroken, match="another kind"):
        import_file(kind="fees", path=tmp_path / "b.csv", by="test", profile=keep())


def test_the_command_takes_a_profile_by_its_name(accounts, tmp_path, capsys):
    keep()
    (tmp_path / "b.csv").write_text("konto;den;stav\nA1;01.03.2024;1.234,50\n")
    call_command("import_data", "balances", tmp_path / "b.csv", "--profile", "Core", "--json")
    assert json.loads(capsys.readouterr().out)["accepted"] == 1
    assert str(Balance.objects.get().amount) == "1234.5000"


def test_an_unknown_profile_is_2_and_names_those_there_are(tmp_path):
    keep()
    (tmp_path / "b.csv").write_text("konto;den;stav\n")
    with pytest.raises(CommandError, match="no profile Kern of this kind; there are: Core") as wrong:
        call_command("import_data", "balances", tmp_path / "b.csv", "--profile", "Kern")
    assert wrong.value.returncode == 2


def test_a_file_without_the_columns_of_the_profile_is_4(tmp_path, capsys):
    keep()
    (tmp_path / "b.csv").write_text("konto;den;saldo\nA1;01.03.2024;1\n")
    with pytest.raises(SystemExit) as left:
        call_command("import_data", "balances", tmp_path / "b.csv", "--profile", "Core", "--json")
    assert left.value.code == 4
    refused = json.loads(capsys.readouterr().out)["refused"]
    assert refused["code"] == "profile_columns" and "stav" in refused["message"]
