from datetime import UTC, date, datetime, timedelta

import pytest

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.services import log_interaction
from tests.people import Story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 3, tzinfo=UTC)


def test_a_contact_is_logged_and_audited_without_its_note(own: Story, manager: User) -> None:
    logged = log_interaction(
        customer=own.customer, at=NOW, channel="phone", note=" Wants a deposit ", by=manager, as_of=NOW
    )
    assert (logged.by, logged.note) == (manager, "Wants a deposit")
    event = Event.objects.get(action="interaction.logged")
    assert event.customer_id == own.customer.pk
    assert "deposit" not in str(event.data)


def test_a_contact_in_the_future_is_refused_beside_its_field(own: Story, manager: User) -> None:
    with pytest.raises(RuleBroken) as refused:
        log_interaction(customer=own.customer, at=NOW + timedelta(hours=1), channel="phone", by=manager, as_of=NOW)
    assert refused.value.field == "at"


def test_a_next_step_before_the_contact_is_refused(own: Story, manager: User) -> None:
    with pytest.raises(RuleBroken) as refused:
        log_interaction(
            customer=own.customer, at=NOW, channel="phone", next_on=date(2026, 3, 31), by=manager, as_of=NOW
        )
    assert refused.value.field == "next_on"
