import pytest

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.services import reveal_contact
from tests.factories import ReachFactory
from tests.people import Story

pytestmark = pytest.mark.django_db


def test_a_phone_of_the_own_book_is_shown_at_once_and_recorded(own: Story, manager: User) -> None:
    assert reveal_contact(customer=own.customer, field="phone", by=manager) == "+8613812345678"
    event = Event.objects.get(action="contact.revealed")
    assert (event.kind, event.customer_id) == (Event.Kind.READ, own.customer.pk)
    assert event.data["field"] == "phone"
    assert "138" not in str(event.data)


def test_an_id_document_needs_a_typed_reason(own: Story, manager: User) -> None:
    with pytest.raises(RuleBroken) as refused:
        reveal_contact(customer=own.customer, field="national_id", by=manager, reason="  ok ")
    assert refused.value.field == "reason"
    assert not Event.objects.exists()
    shown = reveal_contact(customer=own.customer, field="national_id", by=manager, reason="Opening an account")
    assert shown == "110101199003078515"
    assert Event.objects.get().data["reason"] == "Opening an account"


@pytest.mark.parametrize("who", ["teller", "head", "auditor"])
def test_outside_the_own_book_every_kind_needs_a_typed_reason(
    own: Story, who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    with pytest.raises(RuleBroken):
        reveal_contact(customer=own.customer, field="phone", by=user)
    assert reveal_contact(customer=own.customer, field="phone", by=user, reason="Asked to be called")


def test_a_covered_book_counts_as_own(own: Story, manager: User, manager2: User) -> None:
    ReachFactory(user=manager2, owner=manager, cause="cover")
    assert reveal_contact(customer=own.customer, field="phone", by=manager2)


def test_an_agent_reveals_nothing_without_a_verified_call(own: Story, agent: User) -> None:
    with pytest.raises(RuleBroken):
        reveal_contact(customer=own.customer, field="phone", by=agent, reason="The customer is calling")


def test_out_of_reach_there_is_nothing_to_reveal(other: Story, manager: User) -> None:
    with pytest.raises(RuleBroken):
        reveal_contact(customer=other.customer, field="phone", by=manager, reason="Just curious")
