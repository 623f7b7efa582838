"""How complete a record is: the weights of what is known; what was confirmed too long ago is old."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from customers.completeness.fields import WANTED
from customers.completeness.reading import completeness_of
from customers.models import Customer, FieldCheck
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.mark.parametrize("kind", Customer.Kind.values)
def test_the_weights_of_a_kind_are_a_hundred(kind):
    assert sum(wanted.weight for wanted in WANTED[kind]) == 100
    assert len({wanted.name for wanted in WANTED[kind]}) == len(WANTED[kind])


def test_what_is_known_counts_by_its_weight():
    customer = CustomerFactory(sex="female", birth_date=date(1980, 1, 1), occupation="")
    found = completeness_of(customer, TODAY)
    assert found.percent == 10 + 10 + 2  # name, birth date, sex
    assert [field.name for field in found.missing][:2] == ["national_id", "phone"]


def test_contact_data_count_without_being_read(django_assert_num_queries):
    customer = CustomerFactory(with_contact=True)
    customer = Customer.objects.select_related("contact").get(pk=customer.pk)
    known = {field.name for field in completeness_of(customer, TODAY).fields if field.is_known}
    assert "phone" in known and "address" not in known
    with django_assert_num_queries(1):
        completeness_of(customer, TODAY)


@pytest.mark.parametrize(("days", "is_stale"), [(365, False), (366, True)])
def test_an_answer_grows_old_after_its_days(days, is_stale):
    customer = CustomerFactory(with_contact=True)
    FieldCheck.objects.create(customer=customer, field="phone", confirmed_on=TODAY - timedelta(days=days))
    assert ("phone" in [field.name for field in completeness_of(customer, TODAY).stale]) == is_stale


def test_a_record_that_nobody_confirmed_is_as_old_as_itself():
    customer = CustomerFactory(with_contact=True)
    old = timezone.now() - timedelta(days=800)
    Customer.objects.filter(pk=customer.pk).update(created_at=old)
    customer.refresh_from_db()
    stale = {field.name: field.confirmed_on for field in completeness_of(customer, TODAY).stale}
    assert stale["phone"] == timezone.localdate(old)
    assert "name" not in stale  # it does not change by itself


def test_what_is_not_known_is_missing_and_not_old():
    customer = CustomerFactory()
    FieldCheck.objects.create(customer=customer, field="phone", confirmed_on=date(2000, 1, 1))
    found = completeness_of(customer, TODAY)
    assert "phone" in [field.name for field in found.missing]
    assert not found.stale
