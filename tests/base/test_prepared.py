"""A prepared statement answers as the queryset does that it was made of."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from crm.base.among import Among
from crm.base.prepared import DAY, KEYS, Prepared, by_key
from crm.identity.models import User
from customers.models import Customer, Interaction
from tests.factories import InteractionFactory

pytestmark = pytest.mark.django_db


def wanted():
    return Customer.objects.select_related("branch", "manager").annotate(held=Count("holdings"))


def told(rows):
    return sorted((row.pk, str(row), str(row.branch), str(row.manager), row.held) for row in rows)


def test_rows_are_those_of_the_queryset_with_relations_and_annotations(own, other):
    prepared = Prepared(lambda: by_key(wanted()))
    keys = [own.customer.pk, other.customer.pk]
    with CaptureQueriesContext(connection) as asked:
        first, second = told(prepared.rows(keys)), told(prepared.rows(keys[:1]))
    assert len(asked) == 2
    assert first == told(wanted().filter(pk__in=keys)) and second == told(wanted().filter(pk=keys[0]))


def test_keys_that_are_not_there_are_left_out(own):
    prepared = Prepared(lambda: by_key(Customer.objects.all()))
    assert prepared.rows([]) == prepared.rows([-1, 10**30]) == []
    assert prepared.rows([own.customer.pk, -1]) == [own.customer]


def test_the_queryset_is_put_together_once(own):
    asked = []
    prepared = Prepared(lambda: asked.append(1) or by_key(Customer.objects.all()))
    for _ in range(3):
        prepared.rows([own.customer.pk])
    assert asked == [1]


def test_rows_of_two_askers_are_two_objects_and_can_be_saved(own):
    prepared = Prepared(lambda: by_key(Customer.objects.select_related("manager")))
    (first,), (second,) = (prepared.rows([own.customer.pk]) for _ in range(2))
    assert first == second and first is not second
    User.objects.filter(pk=first.manager_id).update(name="Renamed")
    assert prepared.rows([own.customer.pk])[0].manager.name == "Renamed"


def test_a_day_is_told_with_the_keys_and_the_order_stays(own):
    first, later, last = (date(2026, 3, 1) + timedelta(days=days) for days in (0, 5, 10))
    for day in (first, last, later):
        InteractionFactory(customer=own.customer, next_on=day)
    due = Interaction.objects.filter(Among("customer_id", KEYS), next_on__lte=DAY).order_by("-next_on")
    prepared = Prepared(lambda: due)
    found = [[row.next_on for row in prepared.rows([own.customer.pk], day=day)] for day in (first, later)]
    assert found == [[first], [later, first]]
