from datetime import date

import pytest
from django.test import Client

from crm.identity.models import User
from customers.models import Customer, Origin
from tests.factories import HouseholdMemberFactory
from tests.people import Story

pytestmark = pytest.mark.django_db
PERSON = {"name": "单雄信", "kind": "person"}


def test_a_new_customer_is_registered_into_the_manager_s_book(desk: Client, manager: User, east) -> None:
    form = {"name": "单雄信", "kind": "person", "phone": "13900001111", "branch": east.pk}
    answer = desk.post("/customers/new/", form)
    new = Customer.objects.get(name="单雄信")
    assert answer.url == f"/customers/{new.pk}/"
    assert (new.manager, new.status) == (manager, Customer.Status.PROSPECT)


def test_a_duplicate_is_said_beside_its_field(own: Story, desk: Client, east) -> None:
    form = {"name": "张伟", "kind": "person", "phone": "13812345678", "branch": east.pk}
    answer = desk.post("/customers/new/", form)
    assert answer.context["form"].errors.keys() == {"phone"}
    assert desk.post("/customers/new/", form | {"is_phone_shared": "on"}).status_code == 302


def test_a_person_comes_with_source_household_and_consents_all_at_once(own: Story, desk: Client, east) -> None:
    household = HouseholdMemberFactory(customer=own.customer).household
    form = PERSON | {
        "branch": east.pk,
        "how": "referral",
        "referred_by": own.customer.number,
        "household": household.number,
        "consents": ["phone", "sms"],
        "wording": "2026-1",
    }
    desk.post("/customers/new/", form)
    new = Customer.objects.get(name="单雄信")
    assert (new.origin.how, new.origin.referred_by) == ("referral", own.customer)
    assert new.households.get().household == household
    assert sorted(new.consents.values_list("channel", "wording")) == [("phone", "2026-1"), ("sms", "2026-1")]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"consents": ["phone"]}, "wording"),
        ({"how": "walk_in", "referred_by": "1"}, "how"),
        ({"how": "referral", "referred_by": "Nobody at all"}, "referred_by"),
        ({"household": "H404"}, "household"),
        ({"name": ""}, "name"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field_and_nobody_is_registered(
    own: Story, desk: Client, east, said, field
) -> None:
    if said.get("referred_by") == "1":
        said = said | {"referred_by": own.customer.number}
    before = Customer.objects.count()
    answer = desk.post("/customers/new/", PERSON | {"branch": east.pk} | said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Customer.objects.count() == before


def test_a_household_out_of_reach_is_as_if_there_were_none(other: Story, desk: Client, east) -> None:
    household = HouseholdMemberFactory(customer=other.customer).household
    answer = desk.post("/customers/new/", PERSON | {"branch": east.pk, "household": household.number})
    assert list(answer.context["form"].errors) == ["household"]


@pytest.mark.parametrize(
    ("kind", "there", "not_there"),
    [("person", "birth_date", "nothing"), ("company", "occupation", "birth_date"), ("institution", "region", "sex")],
)
def test_each_kind_has_its_own_fields(desk: Client, kind, there, not_there) -> None:
    fields = desk.get(f"/customers/new/?kind={kind}").context["form"].fields
    assert there in fields and not_there not in fields


def test_a_company_is_registered(desk: Client, east) -> None:
    form = {"kind": "company", "name": "瓦岗贸易有限公司", "branch": east.pk, "occupation": "Trade"}
    desk.post("/customers/new/", form)
    assert Customer.objects.get(name="瓦岗贸易有限公司").kind == Customer.Kind.COMPANY


def test_the_same_over_rest(own: Story, api, manager, east) -> None:
    said = {
        "name": "单雄信",
        "kind": "person",
        "branch": east.code,
        "origin": "referral",
        "referred_by": own.customer.number,
    }
    made = api(manager).post("/api/v1/customers/", said | {"manager": "manager"}, format="json")
    assert (made.status_code, made.json()["origin"], made.json()["referred_by"]) == (
        201,
        "referral",
        own.customer.number,
    )
    address, headers = f"/api/v1/customers/{made.json()['id']}/", {"If-Match": "*"}
    wrong = api(manager).patch(address, {"origin": "event"}, format="json", headers=headers)
    assert wrong.status_code == 409  # whom a customer brought came by a customer
    changed = api(manager).patch(address, {"origin": "event", "referred_by": None}, format="json", headers=headers)
    assert (changed.json()["origin"], changed.json()["referred_by"]) == ("event", None)
    untouched = api(manager).get(f"/api/v1/customers/{own.customer.pk}/").json()
    assert (untouched["origin"], untouched["referred_by"]) == (None, None)


def test_who_brought_a_customer_is_named_to_who_reaches_them_alone(own: Story, other: Story, api, manager) -> None:
    Origin.objects.create(customer=own.customer, how="referral", referred_by=other.customer, said_on=date(2026, 1, 1))
    told = api(manager).get(f"/api/v1/customers/{own.customer.pk}/").json()
    assert (told["origin"], told["referred_by"]) == ("referral", None)
