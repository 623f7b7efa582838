"""Books side by side: each figure is the sum of the rows to which it leads."""

from datetime import date
from decimal import Decimal

import pytest

from managers.leading.sides import sides_of
from segmentation.value.reckoning import make_room
from tests.factories import (
    CustomerFactory,
    ManagedCustomerFactory,
    MoveSuggestionFactory,
    OpportunityFactory,
    TierFactory,
    TierPeriodFactory,
    UserFactory,
    ValueYearFactory,
)
from tests.factories.behaviour import close_month
from tests.segmentation.changes.bank import known, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(manager, head):
    """Three customers with balances, of whom one is out of the head's reach."""
    found = [CustomerFactory(manager=manager, branch=manager.branch) for _number in range(2)]
    far = CustomerFactory(manager=manager)
    published(date(2026, 3, 10))
    for number, each in enumerate((*found, far), start=1):
        known(each, f"{number}000.50")
    TierPeriodFactory(customer=found[0], tier=TierFactory(code="gold", name="Gold"))
    ManagedCustomerFactory(customer=found[0], weight=3)
    OpportunityFactory(customer=found[0], owner=manager, amount="700")
    OpportunityFactory(customer=found[1], owner=manager, amount="50")
    OpportunityFactory(customer=found[1], owner=manager, lost=True)
    MoveSuggestionFactory(customer=found[1], giver=manager, taker=UserFactory(manager=True, branch=manager.branch))
    return found


def test_a_side_is_the_sum_of_its_rows_within_reach(book, manager, head, auditor, signed_in) -> None:
    side = sides_of([manager.pk], head)[manager.pk]
    assert side.balance == {"CNY": Decimal("3001")} and side.customers == 2
    assert side.tiers == [("gold", "Gold", 1)] and (side.coming, side.going) == (0, 1)
    assert side.pipeline == {"CNY": Decimal("750")}
    assert sides_of([manager.pk], auditor)[manager.pk].balance == {"CNY": Decimal("6001.5")}
    browser = signed_in(head)
    rows = browser.get(f"/managers/{manager.pk}/book/").context["table"].data
    assert sum(row.balance for row in rows) == side.balance["CNY"] and len(rows) == side.customers
    deals = browser.get(f"/pipeline/?owner={manager.username}&which=open").context["table"].data
    assert sum(row.amount for row in deals) == side.pipeline["CNY"]
    moves = browser.get(f"/move-suggestions/?state=open&giver={manager.username}").context["table"].data
    assert len(moves) == side.going


def test_the_figures_are_told_over_rest(book, manager, manager2, head, api) -> None:
    told = api(head).get(f"/api/v1/managers/{manager.pk}/figures/").data
    assert told["balance"] == {"CNY": "3001.0000"} and told["tiers"] == [
        {"tier": "gold", "name": "Gold", "customers": 1}
    ]
    assert api(head).get(f"/api/v1/managers/{manager2.pk}/figures/").status_code == 404


def test_the_tiles_lead_to_lists_of_as_many_rows(book, manager, head, signed_in, queries) -> None:
    ManagedCustomerFactory(customer=CustomerFactory(branch=manager.branch))
    ManagedCustomerFactory()
    browser = signed_in(head)
    browser.get("/managers/")
    with queries("managers"):
        page = browser.get("/managers/")
    tiles = page.context["tiles"]
    assert tiles["uncovered"] == len(browser.get("/managers/uncovered/").context["table"].data) == 1
    assert tiles["suggested"] == len(browser.get("/move-suggestions/?state=open").context["table"].data) == 1
    assert tiles["away"] == len(browser.get("/managers/?is_away=true").context["table"].data) == 0
    assert tiles["at_work"] == len(page.context["table"].data) == 2
    assert "3,001.00" in page.text and "750.00" in page.text


def test_revenue_is_that_of_the_newest_closed_month(manager, auditor) -> None:
    customer = CustomerFactory(manager=manager)
    make_room("2026-02-01")
    close_month(date(2026, 2, 1))
    year = ValueYearFactory(customer=customer, month=date(2026, 2, 1))
    assert sides_of([manager.pk], auditor)[manager.pk].value == {year.currency: year.value}


def test_the_list_is_taken_along_with_its_figures(book, manager, head, signed_in) -> None:
    told = b"".join(signed_in(head).get("/managers/?export=csv").streaming_content).decode()
    assert "3001.0000 CNY" in told and "750.0000 CNY" in told
