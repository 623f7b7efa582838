"""A prepared statement answers as the queryset does that it was made of."""

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from crm.base.prepared import Prepared
from crm.identity.models import User
from customers.models import Customer

pytestmark = pytest.mark.django_db


def wanted():
    return Customer.objects.select_related("branch", "manager").annotate(held=Count("holdings"))


def told(rows):
    return sorted((row.pk, str(row), str(row.branch), str(row.manager), row.held) for row in rows)


def test_rows_are_those_of_the_queryset_with_relations_and_annotations(own, other):
    prepared = Prepared(wanted)
    keys = [own.customer.pk, other.customer.pk]
    with CaptureQueriesContext(connection) as asked:
        first, second = told(prepared.rows(keys)), told(prepared.rows(keys[:1]))
    assert len(asked) == 2
    assert first == told(wanted().filter(pk__in=keys)) and second == told(wanted().filter(pk=keys[0]))


def test_keys_that_are_not_there_are_left_out(own):
    prepared = Prepared(Customer.objects.all)
    assert prepared.rows([]) == prepared.rows([-1, 10**30]) == []
    assert prepared.rows([own.customer.pk, -1]) == [own.customer]


def test_the_queryset_is_put_together_once(own):
    asked = []
    prepared = Prepared(lambda: asked.append(1) or Customer.objects.all())
    for _ in range(3):
        prepared.rows([own.customer.pk])
    assert asked == [1]


def test_rows_of_two_askers_are_two_objects_and_can_be_saved(own):
    prepared = Prepared(Customer.objects.select_related("manager").all)
    (first,), (second,) = (prepared.rows([own.customer.pk]) for _ in range(2))
    assert first == second and first is not second
    User.objects.filter(pk=first.manager_id).update(name="Renamed")
    assert prepared.rows([own.customer.pk])[0].manager.name == "Renamed"
