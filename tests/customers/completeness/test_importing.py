"""What a file fills or changes is answered and fresh; what it repeats is neither."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.completeness.services import ask_for, confirm_field
from customers.imports.services import import_file
from customers.models import FieldCheck
from customers.services import change_contact

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now(), timezone.localdate()
HEAD = "number,kind,name,occupation,region,phone,email"


@pytest.fixture
def asked(own, manager):
    """Of the occupation, of which nothing is known, the phone number and the e-mail, of which something is."""
    change_contact(customer=own.customer, by="bank", phone="13812345678", email="wei@example.com")
    FieldCheck.objects.all().delete()
    confirm_field(customer=own.customer, field="phone", on=TODAY - timedelta(days=400), by=manager)
    for field in ("occupation", "phone", "email"):
        ask_for(customer=own.customer, field=field, at=NOW, by=manager)
    return own.customer


@pytest.fixture
def bring(tmp_path):
    def brought(line: str):
        path = tmp_path / "customers.csv"
        path.write_text(f"{HEAD}\n{line}\n", encoding="utf-8-sig")
        return import_file(kind="customers", path=path, by="test")

    return brought


def checks(customer) -> dict:
    rows = FieldCheck.objects.filter(customer=customer)
    return {check.field: (check.confirmed_on, check.asked_at is not None) for check in rows}


def test_a_file_answers_what_it_fills_and_changes_and_no_question_by_what_it_repeats(asked, bring):
    assert bring(f"{asked.number},person,{asked.name},Teacher,,13900001111,wei@example.com").accepted == 1
    assert checks(asked) == {"occupation": (TODAY, False), "phone": (TODAY, False), "email": (None, True)}


def test_an_empty_cell_answers_nothing(asked, bring):
    bring(f"{asked.number},person,{asked.name},,North,,wei@example.com")
    assert checks(asked) == {
        "occupation": (None, True), "phone": (TODAY - timedelta(days=400), True), "email": (None, True),
        "region": (TODAY, False),
    }  # fmt: skip


def test_a_new_record_is_fresh_by_itself(db, bring):
    assert bring("N900,person,New,Teacher,North,13900001111,").accepted == 1
    assert not FieldCheck.objects.exists()
