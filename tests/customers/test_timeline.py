from datetime import UTC, datetime, timedelta

import pytest

from crm.identity.models import User
from customers import timeline
from customers.models import Customer
from tests.factories import CustomerFactory, InteractionFactory

pytestmark = pytest.mark.django_db
AUDITOR = User(role=User.Role.AUDITOR)
START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def walked(customer: Customer, limit: int) -> list[timeline.Item]:
    items, before = timeline.page_of(customer, AUDITOR, limit=limit)
    while before:
        more, before = timeline.page_of(customer, AUDITOR, before=before, limit=limit)
        items += more
    return items


def test_every_contact_is_met_once_newest_first_however_many_share_a_moment() -> None:
    customer = CustomerFactory()
    for number in range(40):
        InteractionFactory(customer=customer, at=START + timedelta(days=number // 15), note=f"n{number}")
    items = walked(customer, limit=4)
    assert len(items) == 40
    assert {item.text for item in items} == {f"n{number}" for number in range(40)}
    assert [item.at for item in items] == sorted((item.at for item in items), reverse=True)


def test_the_timeline_is_narrowed_by_kind() -> None:
    customer = CustomerFactory()
    InteractionFactory(customer=customer)
    assert timeline.page_of(customer, AUDITOR, kind="nothing") == ([], None)
    assert len(timeline.page_of(customer, AUDITOR, kind="interaction")[0]) == 1
