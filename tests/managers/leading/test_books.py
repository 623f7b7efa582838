"""Books side by side: each figure is the sum of the rows to which it leads."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from crm.base import slots
from crm.identity.scope import scope_of
from managers.leading.figures import BookFigure, Told
from managers.leading.sides import sides_of
from segmentation.value.reckoning import make_room
from tests.factories import (
    AbsenceFactory,
    CustomerFactory,
    DueContactFactory,
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
    assert "3,001.00" in page.text and "750.00" in page.text and ">away<" not in page.text
    AbsenceFactory(manager=manager, since=timezone.localdate())
    assert ">away<" in browser.get("/managers/").text


def test_revenue_is_that_of_the_newest_closed_month(manager, auditor) -> None:
    customer = CustomerFactory(manager=manager)
    make_room("2026-02-01")
    close_month(date(2026, 2, 1))
    year = ValueYearFactory(customer=customer, month=date(2026, 2, 1))
    assert sides_of([manager.pk], auditor)[manager.pk].value == {year.currency: year.value}


def test_cadence_is_that_of_the_report_and_leads_to_its_rows(book, manager, head, signed_in, api) -> None:
    days = (date(2020, 1, 2), date(2098, 1, 2), timezone.localdate())
    for customer, day in zip([*book, CustomerFactory(manager=manager)], days, strict=True):
        DueContactFactory(customer=customer, due_on=day)
    DueContactFactory(customer=book[0], what="executive", due_on=days[1], last_at=timezone.now(), days_late=9)
    side = sides_of([manager.pk], head)[manager.pk]
    assert side.cadence == (3, 2, 0, 1, 1, 66)  # the third customer is out of the head's reach
    browser = signed_in(head)
    [line] = browser.get(f"/cadence/report/?manager={manager.username}").context["lines"]
    assert (line["total"], line["overdue"], line["share"]) == (3, 1, 66)
    page = browser.get("/managers/").text
    for link, rows, text in (("", 3, "66 %"), ("&amp;state=overdue", 1, "1 overdue")):
        assert (
            f'<a class="text-decoration-underline" href="/cadence/?manager={manager.username}{link}">{text}</a>' in page
        )
        address = f"/cadence/?manager={manager.username}{link}".replace("&amp;", "&")
        assert len(browser.get(address).context["table"].data) == rows
    assert "66 %" in browser.get(f"/managers/{manager.pk}/book/").text
    told = api(head).get(f"/api/v1/managers/{manager.pk}/figures/").data["cadence"]
    assert told == {"total": 3, "kept": 2, "due": 0, "overdue": 1, "late": 1, "share": 66}


def test_an_upper_app_adds_a_figure(book, manager, head, signed_in, api, monkeypatch) -> None:
    browser, address = signed_in(head), f"/api/v1/managers/{manager.pk}/figures/"
    assert "Satisfaction" not in browser.get("/managers/").text and api(head).get(address).data["more"] == {}
    asked: list[Any] = []

    def tell(managers: Any, user: Any) -> dict[int, Told]:
        asked.append((list(managers), user))
        return {manager.pk: Told(Decimal("84.0"), "84.0 %", "/surveys/?manager=1")}

    monkeypatch.setattr(slots, "_slots", deepcopy(slots._slots))
    slots.contribute("books.figures", BookFigure("satisfaction", "Satisfaction", tell))
    page = browser.get("/managers/")
    names = [column.name for column in page.context["table"].columns]
    assert names[names.index("cadence") + 1] == "satisfaction"
    assert '<a class="text-decoration-underline" href="/surveys/?manager=1">84.0 %</a>' in page.text
    assert len(asked) == 1 and manager.pk in asked[0][0] and len(asked[0][0]) == 2 and asked[0][1] == head
    assert "84.0 %" in browser.get(f"/managers/{manager.pk}/book/").text
    assert api(head).get(address).data["more"] == {"satisfaction": "84.0"}
    told = b"".join(browser.get("/managers/?export=csv").streaming_content).decode()
    assert "Satisfaction" in told and "84.0" in told


def test_the_figures_of_books_take_as_many_statements_however_many_there_are(head, django_assert_num_queries) -> None:
    """Customers with tiers and balances, revenue, cadence, pipeline, moves."""
    people = [UserFactory(manager=True, branch=head.branch).pk for _number in range(3)]
    for manager in people:
        CustomerFactory.create_batch(2, manager_id=manager, branch=head.branch)
    assert scope_of(head)
    for keys in (people[:1], people):
        with django_assert_num_queries(5):
            sides = sides_of(keys, head)
        assert [sides[key].customers for key in keys] == [2] * len(keys)


def test_who_has_left_stands_in_no_tier_and_tiers_are_counted_over_currencies(manager, auditor) -> None:
    gold = TierFactory(code="gold", name="Gold")
    for number, status in enumerate(("active", "frozen", "closed")):
        customer = CustomerFactory(manager=manager, status=status)
        TierPeriodFactory(customer=customer, tier=gold)
        if number == 0:
            published(date(2026, 3, 10))
            known(customer, "5.25")
    side = sides_of([manager.pk], auditor)[manager.pk]
    assert side.tiers == [("gold", "Gold", 2)] and side.customers == 3 and side.balance == {"CNY": Decimal("5.25")}


def test_the_list_is_taken_along_with_its_figures(book, manager, head, signed_in) -> None:
    told = b"".join(signed_in(head).get("/managers/?export=csv").streaming_content).decode()
    assert "3001.0000 CNY" in told and "750.0000 CNY" in told
