"""A field is confirmed, asked for and answered; whoever writes it has confirmed it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.completeness.reading import completeness_of
from customers.completeness.services import answer_field, ask_for, confirm_field, leave_out
from customers.models import FieldCheck
from customers.services import change_contact, change_customer

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


def asked(customer) -> list[str]:
    return [field.name for field in completeness_of(customer, TODAY).asked]


def test_a_confirmation_is_kept_with_its_day_and_who_heard_it(own, manager):
    confirm_field(customer=own.customer, field="phone", on=TODAY, by=manager)
    check = FieldCheck.objects.get()
    assert (check.field, check.confirmed_on, check.by) == ("phone", TODAY, manager)
    assert Event.objects.get(action="field.confirmed").data["field"] == "phone"


def test_an_older_confirmation_never_takes_the_place_of_a_newer_one(own, manager):
    for days in (0, 30):
        confirm_field(customer=own.customer, field="phone", on=TODAY - timedelta(days=days), by=manager)
    assert FieldCheck.objects.get().confirmed_on == TODAY


def test_what_nobody_knows_can_not_be_confirmed(own, manager):
    with pytest.raises(RuleBroken, match="Nothing is known here yet"):
        confirm_field(customer=own.customer, field="address", on=TODAY, by=manager)
    assert not FieldCheck.objects.exists()


def test_a_question_stands_until_it_is_answered(own, manager):
    ask_for(customer=own.customer, field="occupation", at=NOW, by=manager)
    ask_for(customer=own.customer, field="occupation", at=NOW, by=manager)
    assert asked(own.customer) == ["occupation"]
    assert Event.objects.filter(action="field.to_be_asked").count() == 1

    changed = answer_field(customer=own.customer, field="occupation", value="Teacher", on=TODAY, by=manager)

    assert (changed.occupation, asked(changed)) == ("Teacher", [])
    assert FieldCheck.objects.get(field="occupation").confirmed_on == TODAY


def test_an_answer_that_changes_nothing_confirms(own, manager):
    own.customer.region = "North"
    own.customer.save()
    ask_for(customer=own.customer, field="region", at=NOW, by=manager)
    version = answer_field(customer=own.customer, field="region", value="North", on=TODAY, by=manager).version
    assert version == own.customer.version
    check = FieldCheck.objects.get(field="region")
    assert (check.asked_at, check.confirmed_on) == (None, TODAY)


def test_a_question_can_be_left_out_again(own, manager):
    confirm_field(customer=own.customer, field="phone", on=TODAY, by=manager)
    for field in ("phone", "email"):
        ask_for(customer=own.customer, field=field, at=NOW, by=manager)
        leave_out(customer=own.customer, field=field, by=manager)
    assert asked(own.customer) == []
    assert FieldCheck.objects.get().confirmed_on == TODAY  # what was confirmed stays so


def test_whoever_writes_a_field_has_confirmed_it_and_answered_its_question(own, manager):
    ask_for(customer=own.customer, field="region", at=NOW, by=manager)
    change_customer(customer=own.customer, by=manager, region="South", branch=own.customer.branch)
    change_contact(customer=own.customer, by=manager, email="wei@example.com")
    assert dict(FieldCheck.objects.values_list("field", "confirmed_on")) == {"region": TODAY, "email": TODAY}
    assert asked(own.customer) == []


@pytest.mark.parametrize("field", ["manager", "nothing"])
def test_only_wanted_fields_are_asked_for(own, manager, field):
    with pytest.raises(RuleBroken, match="no field"):
        ask_for(customer=own.customer, field=field, at=NOW, by=manager)


def test_an_answer_that_is_none_is_refused_and_nothing_is_kept(own, manager):
    with pytest.raises(RuleBroken):
        answer_field(customer=own.customer, field="phone", value="nonsense", on=TODAY, by=manager)
    with pytest.raises(RuleBroken, match="what the customer answered"):
        answer_field(customer=own.customer, field="phone", value="", on=TODAY, by=manager)
    assert not FieldCheck.objects.exists()
