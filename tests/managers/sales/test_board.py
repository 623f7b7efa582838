"""The board: columns of what is open, paged each by itself; a card that may not move stays, and it is said why."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from managers.models import Opportunity
from tests.factories import OpportunityFactory, ProductFactory, RiskAssessmentFactory

pytestmark = pytest.mark.django_db
LATER = timezone.localdate() + timedelta(days=60)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def sale(own) -> Opportunity:
    RiskAssessmentFactory(customer=own.customer, assessed_on=timezone.localdate())
    return OpportunityFactory(customer=own.customer, close_on=LATER, product=ProductFactory(code="fund", risk=3))


def columns(page) -> dict[str, tuple]:
    """Of each stage: how many there are, how many are shown, the sums."""
    return {
        str(column.stage): (
            column.count,
            len(column.page.rows),
            {each["currency"]: each["open_amount"] for each in column.sums},
        )
        for column in page.context["columns"]
    }


def test_each_column_tells_how_many_and_how_much_and_shows_the_first(sale, own, other, signed_in, manager, queries):
    OpportunityFactory.create_batch(24, customer=own.customer, amount=Decimal("10"), close_on=LATER)
    said = {"customer": own.customer, "amount": Decimal("7"), "close_on": LATER}
    OpportunityFactory(stage="proposed", currency="USD", **said)
    OpportunityFactory(stage="qualified", **said)
    OpportunityFactory(stage="negotiating", **said)
    OpportunityFactory(customer=own.customer, won=True)
    OpportunityFactory(customer=other.customer)
    client = signed_in(manager)
    with queries("pipeline_board"):
        page = client.get("/pipeline/board/")
    assert columns(page) == {
        "new": (25, 20, {"CNY": Decimal("200240")}),
        "qualified": (1, 1, {"CNY": Decimal("7")}),
        "proposed": (1, 1, {"USD": Decimal("7")}),
        "negotiating": (1, 1, {"CNY": Decimal("7")}),
    }
    OpportunityFactory.create_batch(60, customer=own.customer, stage="qualified", close_on=LATER)
    with queries("pipeline_board"):
        client.get("/pipeline/board/")


def test_the_next_cards_of_a_column_come_alone(own, signed_in, manager):
    rows = OpportunityFactory.create_batch(43, customer=own.customer, close_on=LATER)
    client, seen, url = signed_in(manager), [], "/pipeline/board/new/"
    page = client.get(url, headers=HTMX)
    while True:
        shown = page.context["column"].page
        seen += [row.pk for row in shown.rows]
        if not shown.next:
            break
        page = client.get(url, {"after": shown.next}, headers=HTMX)
    assert seen == [row.pk for row in rows] and "<html" not in page.content.decode()
    assert "<html" in client.get(url).content.decode()
    assert client.get("/pipeline/board/won/").status_code == client.get(url, {"after": "x"}).status_code == 404


def test_a_moved_card_stands_in_its_new_column(sale, signed_in, manager):
    page = signed_in(manager).post(f"/pipeline/{sale.pk}/place/", {"stage": "proposed", "version": 1}, headers=HTMX)
    assert columns(page)["proposed"][0] == 1 and "moved to Proposed" in page.content.decode()
    assert sale.moves.count() == 2


def test_a_refused_card_is_back_and_it_is_said_why(sale, signed_in, manager):
    Opportunity.objects.filter(pk=sale.pk).update(product=ProductFactory(code="equity", risk=5))
    client, url = signed_in(manager), f"/pipeline/{sale.pk}/place/"
    for said, text in (
        ({"stage": "proposed", "version": "1"}, "risk R5 is above C3"),
        ({"stage": "qualified", "version": "9"}, "in the meantime"),
        ({"stage": "lost", "version": "1"}, "Say why it is lost"),
        ({"stage": "moon", "version": "1"}, "no such stage"),
        ({"stage": "qualified", "version": "x"}, "Open the board again"),
    ):
        page = client.post(url, said, headers=HTMX)
        assert page.status_code == 200 and text in page.content.decode(), said
        assert columns(page)["new"][0] == 1
    plain = client.post(url + "?owner=manager", {"stage": "proposed", "version": "1"}, follow=True)
    assert plain.redirect_chain == [("/pipeline/board/?owner=manager", 302)]
    assert "risk R5 is above C3" in plain.content.decode()
    sale.refresh_from_db()
    assert (sale.stage, sale.version) == ("new", 1)


def test_the_filters_stay_when_a_card_moves(sale, own, signed_in, manager):
    OpportunityFactory(customer=own.customer, source="event", close_on=LATER)
    url = f"/pipeline/{sale.pk}/place/?source=manager"
    page = signed_in(manager).post(url, {"stage": "qualified", "version": 1}, headers=HTMX)
    assert columns(page)["new"][0] == 0 and columns(page)["qualified"][0] == 1


def test_who_only_reads_has_no_menus(sale, signed_in, auditor):
    page = signed_in(auditor).get("/pipeline/board/").content.decode()
    assert str(sale.customer) in page and "Move to" not in page and "draggable" not in page
