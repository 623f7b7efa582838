"""Who is known already is said once, counted where they are out of reach, and never told by two at the same moment."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.models import Customer
from customers.registering.services import register
from tests.at_once import at_once
from tests.factories import ContactFactory, CustomerFactory
from tests.factories.documents import WOMAN

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def beyond(other):
    """Two customers of another branch, each with a phone number."""
    for phone in ("+8613700000001", "+8613700000002"):
        ContactFactory(customer=CustomerFactory(branch=other.customer.branch), phone=phone, national_id="", email="")


@pytest.fixture
def ask(signed_in, teller, east):
    """What the form says beside the phone number, in the teller's browser."""
    browser = signed_in(teller)

    def asked(phone: str) -> str:
        form = {"kind": "person", "name": "单雄信", "branch": east.pk, "phone": phone}
        answer = browser.post("/customers/new/", form)
        return "" if answer.status_code == 302 else answer.context["form"].errors["phone"][0]

    return asked


def told(user) -> int:
    return Event.objects.filter(action="customer.told_of", actor_id=user.pk).count()


def test_a_refusal_about_who_is_out_of_reach_is_recorded_once_although_nothing_is_registered(beyond, ask, teller):
    assert "known already" in ask("13700000001") and "known already" in ask("13700000001")
    assert told(teller) == 1 and not Customer.objects.filter(name="单雄信").exists()


def test_used_up_it_says_the_same_of_the_known_and_the_unknown(beyond, ask, teller, settings):
    settings.CRM_LOOKUPS_PER_HOUR = 1
    assert "known already" in ask("13700000001")
    assert "as many customers as an hour allows" in ask("13700000002")
    assert "as many customers as an hour allows" in ask("13700000003")
    assert "known already" in ask("13700000001")  # that was told
    assert told(teller) == 1


def test_who_is_in_reach_is_told_of_without_being_counted(own, ask, teller, settings):
    settings.CRM_LOOKUPS_PER_HOUR = 0
    assert "known already" in ask("13812345678")
    assert told(teller) == 0


def test_the_same_over_rest(beyond, api, teller, east):
    said = {"name": "单雄信", "kind": "person", "branch": east.code, "phone": "13700000001"}
    refused = api(teller).post("/api/v1/customers/", said, format="json")
    assert (refused.status_code, refused.json()["code"], told(teller)) == (409, "duplicate", 1)


def test_an_hour_later_it_is_told_again(beyond, teller, east, settings):
    settings.CRM_LOOKUPS_PER_HOUR = 1
    later = NOW + timedelta(hours=2)
    for at, phone, code in (
        (NOW, "13700000001", "duplicate"), (NOW, "13700000002", "too_many"), (later, "13700000002", "duplicate"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refused:
            register(by=teller, at=at, name="单雄信", branch=east, contact={"phone": phone})
        refused.value.conclude()
        assert refused.value.code == code


@pytest.mark.django_db(transaction=True)
def test_two_who_register_one_document_at_the_same_moment_make_one_customer(teller, east):
    contact = {"national_id": WOMAN, "phone": "13700000009"}
    acts = [partial(register, by=teller, at=NOW, name=f"王芳{n}", branch=east, contact=contact) for n in range(4)]
    wrong = at_once(acts)
    assert [error.code for error in wrong if isinstance(error, RuleBroken)] == ["duplicate"] * 3
    assert Customer.objects.filter(name__startswith="王芳").count() == 1
