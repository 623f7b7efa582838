"""What the two busiest pages cost, with everything on them that a published night brings."""

from datetime import date

import pytest

from crm.identity.models import User
from customers.models import Customer
from tests.factories import CustomerFactory, InteractionFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
BANK = (("mass", None, 0), ("gold", "200000", 3), ("platinum", "500000", 3))


@pytest.fixture
def gold(manager: User) -> Customer:
    policy(*BANK)
    customer = customer_with({date(2026, 1, 1): "250000"}, number="7", manager=manager, branch=manager.branch)
    InteractionFactory(customer=customer, next_on=date(2999, 1, 1))
    nights(date(2026, 1, 31), date(2026, 2, 2))
    for _ in range(60):
        CustomerFactory(manager=manager, branch=manager.branch)
    return customer


@pytest.mark.parametrize("who", ["manager", "head", "teller", "auditor"])
def test_a_full_list_of_customers_costs_at_most_eight_queries(
    gold: Customer, who: str, request: pytest.FixtureRequest, signed_in, queries
) -> None:
    client = signed_in(request.getfixturevalue(who))
    client.get("/customers/")
    with queries(f"customers, {who}"):
        page = client.get("/customers/").content.decode()
    assert 'rel="next"' in page


def test_the_page_of_a_customer_with_a_tier_costs_at_most_twelve_queries(
    gold: Customer, manager: User, signed_in, queries
) -> None:
    client = signed_in(manager)
    client.get(f"/customers/{gold.pk}/")
    with queries("customer"):
        page = client.get(f"/customers/{gold.pk}/").content.decode()
    assert "Gold" in page
    assert "Next step" in page


def test_the_timeline_has_its_price(gold: Customer, manager: User, signed_in, queries) -> None:
    client = signed_in(manager)
    with queries("customer_timeline"):
        client.get(f"/customers/{gold.pk}/timeline/", HTTP_HX_REQUEST="true")
