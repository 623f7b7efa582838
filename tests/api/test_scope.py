"""Lists hold what is in reach: each endpoint of customers' rows, asked by people of a branch, and by the auditor."""

import pytest

from tests.factories import TierPeriodFactory, WaiverEntryFactory

LISTS = {
    "customers": "number",
    "accounts": "number",
    "balances": "account",
    "transactions": "account",
    "fee-charges": "account",
    "interactions": "customer",
    "tier-periods": "customer",
    "waivers": "customer",
}


@pytest.fixture
def bank(own, other):
    for story in (own, other):
        TierPeriodFactory(customer=story.customer)
        WaiverEntryFactory(customer=story.customer, charge=story.charge)


def seen(client, resource: str) -> set[str]:
    """The beginnings of the numbers: 1001 is the own customer, 2002 the other."""
    rows = client.get(f"/api/v1/{resource}/").json()["results"]
    return {row[LISTS[resource]][:4] for row in rows}


@pytest.mark.parametrize("resource", LISTS)
@pytest.mark.parametrize("person", ["manager", "teller", "head"])
def test_people_of_a_branch_see_its_rows_only(resource, person, bank, api, request):
    assert seen(api(request.getfixturevalue(person)), resource) == {"1001"}


@pytest.mark.parametrize("resource", LISTS)
def test_the_auditor_sees_all_rows_and_an_approver_none(resource, bank, api, auditor, approver):
    assert seen(api(auditor), resource) == {"1001", "2002"}
    assert seen(api(approver), resource) == set()


def test_a_filter_never_leads_out_of_reach(bank, api, manager):
    program = api(manager)
    for resource in set(LISTS) - {"customers"}:
        assert program.get(f"/api/v1/{resource}/", {"customer": "2002"}).json()["results"] == [], resource


def test_a_joint_holder_out_of_reach_is_not_named(bank, own, other, api, manager, auditor):
    own.account.holders.create(customer=other.customer, role="authorised", share=0)
    url = f"/api/v1/accounts/{own.account.pk}/"
    assert [holder["customer"] for holder in api(manager).get(url).json()["holders"]] == ["1001"]
    assert len(api(auditor).get(url).json()["holders"]) == 2


def test_decisions_and_tier_of_a_customer_out_of_reach_are_unknown(bank, other, api, manager):
    for what in ("decisions", "tier", "timeline"):
        assert api(manager).get(f"/api/v1/customers/{other.customer.pk}/{what}/").status_code == 404


@pytest.mark.parametrize("resource", LISTS)
def test_the_price_of_a_list_is_recorded(resource, bank, api, auditor, queries):
    program = api(auditor)
    with queries(f"api:{resource}-list"):
        assert program.get(f"/api/v1/{resource}/").status_code == 200
