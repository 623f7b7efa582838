"""Households over REST: whoever reaches one member sees the home, and no amount of a single member out of reach."""

from datetime import date

import pytest

from crm.audit.models import Event
from customers.households.services import change_pooling, end_membership
from tests.factories import (
    AccountFactory,
    CustomerFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    TierOverrideFactory,
)
from tests.segmentation.night.bank import deposit

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(own, other):
    household = HouseholdFactory(number="H1")
    for customer, amount in ((own.customer, "100"), (other.customer, "40")):
        HouseholdMemberFactory(household=household, customer=customer)
        deposit(AccountFactory(holder=customer, opened_on=date(2026, 1, 1)), {date(2026, 1, 1): amount})
    return household


def test_a_member_out_of_reach_is_counted_and_not_named_nor_found_by_subtraction(home, own, api, manager) -> None:
    said = api(manager).get(f"/api/v1/households/{home.pk}/").json()

    assert [each["customer"] for each in said["members"]] == [own.customer.number]
    assert (said["others"], said["totals"]) == (1, [{"currency": "CNY", "balance": None}])


def test_with_two_members_out_of_reach_the_total_tells_of_neither(home, api, manager) -> None:
    third = HouseholdMemberFactory(household=home).customer
    deposit(AccountFactory(holder=third, opened_on=date(2026, 1, 1)), {date(2026, 1, 1): "1"})

    said = api(manager).get(f"/api/v1/households/{home.pk}/").json()

    assert said["totals"] == [{"currency": "CNY", "balance": said["totals"][0]["balance"]}]
    assert float(said["totals"][0]["balance"]) >= 140


def test_who_reaches_nobody_of_it_does_not_know_it(home, api, approver, auditor) -> None:
    assert api(approver).get(f"/api/v1/households/{home.pk}/").status_code == 404
    assert api(auditor).get(f"/api/v1/households/{home.pk}/").json()["others"] == 0


def test_the_price_of_the_lists_is_recorded(home, own, api, signed_in, manager, queries) -> None:
    TierOverrideFactory(customer=own.customer)
    program, client = api(manager), signed_in(manager)
    with queries("api:households-list"):
        assert len(program.get("/api/v1/households/").json()["results"]) == 1
    with queries("api:tier-overrides-list"):
        assert len(program.get("/api/v1/tier-overrides/").json()["results"]) == 1
    with queries("overrides, manager"):
        assert client.get("/overrides/").status_code == 200


def test_a_program_makes_a_household_and_moves_its_members(own, manager, api) -> None:
    client = api(manager)
    spouse = CustomerFactory(number="77", manager=manager, branch=manager.branch)
    asked = {"name": "张家", "customer": own.customer.number, "since": "2026-01-01", "pools": True}
    made = client.post("/api/v1/households/", asked, format="json")
    assert made.status_code == 201, made.json()
    address = f"/api/v1/households/{made.json()['id']}/"
    assert made["Location"].endswith(address)
    assert [each["is_head"] for each in made.json()["members"]] == [True]
    client.post(f"{address}members/", {"customer": "77", "since": "2026-01-01", "pools": False}, format="json")
    client.post(f"{address}pooling/", {"customer": "77", "since": "2026-02-01", "pools": True}, format="json")
    said = client.post(f"{address}leave/", {"customer": "77", "until": "2026-03-01"}, format="json").json()
    assert [(each["customer"], each["since"], each["until"], each["pools"]) for each in said["members"]] == [
        (own.customer.number, "2026-01-01", None, True),
        (spouse.number, "2026-01-01", "2026-02-01", False),
        (spouse.number, "2026-02-01", "2026-03-01", True),
    ]
    assert client.post(f"{address}leave/", {"customer": "77", "until": "2026-03-01"}, format="json").status_code == 404
    again = client.post(
        f"{address}members/", {"customer": own.customer.number, "since": "2026-04-01", "pools": True}, format="json"
    )
    assert again.status_code == 409


def test_nobody_adds_or_moves_a_customer_out_of_reach(home, other, manager, api) -> None:
    client, address = api(manager), f"/api/v1/households/{home.pk}/"
    added = client.post(
        f"{address}members/", {"customer": other.customer.number, "since": "2026-01-01", "pools": True}, format="json"
    )
    assert added.status_code == 400
    moved = client.post(f"{address}leave/", {"customer": other.customer.number, "until": "2026-04-01"}, format="json")
    assert moved.status_code == 404


def test_who_withdrew_or_left_is_no_other_any_more(home, other, api, manager) -> None:
    client, address = api(manager), f"/api/v1/households/{home.pk}/"
    hidden = home.members.get(customer=other.customer)
    change_pooling(member=hidden, pools=False, since=date(2026, 3, 1), by="test", as_of=date(2026, 3, 1))
    assert client.get(address).json()["others"] == 1
    hidden = home.members.get(customer=other.customer, until=None)
    end_membership(member=hidden, until=date(2026, 4, 1), by="test", as_of=date(2026, 4, 1))
    assert client.get(address).json()["others"] == 0


def test_the_last_member_in_reach_leaves_and_the_household_is_gone_for_the_reader(home, own, api, manager) -> None:
    client, address = api(manager), f"/api/v1/households/{home.pk}/"
    left = client.post(f"{address}leave/", {"customer": own.customer.number, "until": "2026-04-01"}, format="json")
    assert left.status_code == 204
    assert client.get(address).status_code == 404


def test_another_member_becomes_the_head(own, manager, api) -> None:
    home = HouseholdMemberFactory(customer=own.customer).household
    said = api(manager).post(f"/api/v1/households/{home.pk}/head/", {"customer": own.customer.number}, format="json")
    assert [each["is_head"] for each in said.json()["members"]] == [True]


def test_a_look_is_in_the_trail_of_each_member_in_reach(home, own, other, api, manager) -> None:
    api(manager).get(f"/api/v1/households/{home.pk}/")
    seen = Event.objects.filter(kind="read").values_list("customer_id", flat=True)
    assert list(seen) == [own.customer.pk]
