"""Attributes are declared once, hold values of their type, and go only where no rule names them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.attributes.services import (
    change_attribute,
    declare_attribute,
    set_attributes,
)
from customers.duplicates.services import merge_customers, undo_merge
from customers.models import AttributeValue
from tests.factories import AttributeFactory, AttributeValueFactory, CustomerFactory

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def test_a_declared_attribute_is_personal_and_sets_no_price_unless_it_is_said(admin) -> None:
    made = declare_attribute(code="hobby", label="Hobby", type="text", by=admin)
    assert (made.sensitivity, made.may_set_prices, made.field) == ("personal", False, "attribute_hobby")
    assert Event.objects.get(action="attribute.declared").actor_id == admin.pk


@pytest.mark.parametrize("sensitivity", ["personal", "protected"])
def test_what_is_sensitive_never_sets_a_price(sensitivity, admin) -> None:
    with pytest.raises(RuleBroken, match="Only a business figure"):
        declare_attribute(code="x", label="X", type="text", by=admin, sensitivity=sensitivity, may_set_prices=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        AttributeFactory(sensitivity=sensitivity, may_set_prices=True)


@pytest.mark.parametrize("code", ["Hobby", "1st", "a b", "", "x" * 40, 'a"b'])
def test_a_code_is_a_word_that_files_and_rules_can_name(code, admin) -> None:
    with pytest.raises(RuleBroken):
        declare_attribute(code=code, label="X", type="text", by=admin)


def test_a_choice_has_words_and_nothing_else_has(admin) -> None:
    with pytest.raises(RuleBroken, match="A choice has words"):
        declare_attribute(code="a", label="A", type="choice", by=admin)
    with pytest.raises(RuleBroken, match="A choice has words"):
        declare_attribute(code="a", label="A", type="text", by=admin, words=[{"code": "x"}])


@pytest.mark.parametrize(
    ("trait", "written", "kept"),
    [
        ({}, "golf", "golf"),
        ({"points": True}, "12.5", Decimal("12.5")),
        ({"limit": True}, "30000.00", Decimal("30000")),
        ({"since": True}, "2024-02-29", date(2024, 2, 29)),
        ({"expert": True}, False, False),
        ({"channel": True}, "fair", "fair"),
    ],
)
def test_a_value_is_kept_in_its_type_and_cleared_by_nothing(trait, written, kept, manager) -> None:
    attribute, customer = AttributeFactory(**trait), CustomerFactory(manager=manager)
    changed = set_attributes(customer=customer, values={attribute.code: written}, by=manager)
    assert AttributeValue.objects.select_related("attribute").get().value == kept
    assert changed.version == customer.version + 1
    same = set_attributes(customer=customer, values={attribute.code: written}, by=manager)
    assert same.version == changed.version
    set_attributes(customer=customer, values={attribute.code: None}, by=manager)
    assert not AttributeValue.objects.exists()
    earlier = apps.get_model("customers", "AttributeValueEvent").objects.get()
    assert getattr(earlier, attribute.cell) == kept
    assert str(written) not in str(
        list(Event.objects.filter(action="attributes.changed").values_list("data", flat=True))
    )


@pytest.mark.parametrize(
    ("trait", "written"),
    [
        ({"points": True}, "many"),
        ({"points": True}, "1.23456"),
        ({"limit": True}, "1.001"),
        ({"since": True}, "2023-02-29"),
        ({"expert": True}, "perhaps"),
        ({"channel": True}, "radio"),
        ({}, "x" * 201),
    ],
)
def test_what_is_not_of_the_type_is_refused_beside_its_field(trait, written, manager) -> None:
    attribute, customer = AttributeFactory(**trait), CustomerFactory(manager=manager)
    with pytest.raises(RuleBroken) as refusal:
        set_attributes(customer=customer, values={attribute.code: written}, by=manager)
    assert refusal.value.field == attribute.field


def test_a_word_that_somebody_has_stays(admin) -> None:
    value = AttributeValueFactory(attribute=AttributeFactory(channel=True), text="fair")
    with pytest.raises(RuleBroken, match="in use"):
        change_attribute(attribute=value.attribute, by=admin, words=[{"code": "web", "label": "Web"}])


def test_a_merge_moves_what_only_the_other_had_and_a_person_chooses_between_two(manager, east) -> None:
    stays, goes = (CustomerFactory(manager=manager, branch=east) for _ in range(2))
    hobby, since = AttributeFactory(), AttributeFactory(since=True)
    AttributeValueFactory(customer=stays, attribute=hobby, text="tea")
    AttributeValueFactory(customer=goes, attribute=hobby, text="golf")
    AttributeValueFactory(customer=goes, attribute=since, text=None, day=date(2020, 1, 1))
    merge = merge_customers(
        survivor=stays, absorbed=goes, reason="Same passport", by=manager, at=NOW, take=["attribute_hobby"]
    )
    assert values_of(stays) == {"hobby": "golf", "vip_since": date(2020, 1, 1)}
    assert undo_merge(merge=merge, reason="Two brothers", by=manager, at=datetime.now(UTC)) == []
    assert (values_of(stays), values_of(goes)) == ({"hobby": "tea"}, {"hobby": "golf", "vip_since": date(2020, 1, 1)})


def values_of(customer) -> dict:
    rows = AttributeValue.objects.filter(customer=customer).select_related("attribute")
    return {row.attribute.code: row.value for row in rows}
