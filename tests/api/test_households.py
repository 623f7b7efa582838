"""Households over REST: whoever reaches one member sees the home, and no amount of a single member out of reach."""

from datetime import date

import pytest

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
    assert (said["others"], said["totals"]) == (1, None)


def test_with_two_members_out_of_reach_the_total_tells_of_neither(home, api, manager) -> None:
    HouseholdMemberFactory(household=home, customer=CustomerFactory())

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
