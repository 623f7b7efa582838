"""With whom a contact is due: the list, the report whose figures are its rows, what was logged late, the customer's page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    ContactPlanFactory,
    CustomerFactory,
    DueContactFactory,
    InteractionFactory,
    TierFactory,
)

pytestmark = pytest.mark.django_db
API = "/api/v1/cadence/"


@pytest.fixture
def dues(own, other, manager, head, east):
    """Of the east branch: two overdue, one due, one kept; one of them of the mass tier, one without a manager. One elsewhere."""
    today = timezone.localdate()
    book = {"manager": manager, "branch": east}
    DueContactFactory(customer=own.customer, due_on=today - timedelta(days=1))
    DueContactFactory(customer=CustomerFactory(branch=east), due_on=today - timedelta(days=9))
    DueContactFactory(customer=CustomerFactory(**book), due_on=today, tier=TierFactory())
    DueContactFactory(
        customer=CustomerFactory(**book), due_on=today + timedelta(days=15), last_at=timezone.now(), days_late=6
    )
    DueContactFactory(customer=other.customer, due_on=today)
    return own.customer


def test_the_list_is_within_reach_at_one_price(dues, other, signed_in, head, queries):
    client = signed_in(head)
    with queries("cadence"):
        page = client.get("/cadence/").content.decode()
    assert dues.name in page and other.customer.name not in page and "4 rows" in page
    assert "logged 6 days later" in page


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("state=overdue", 2), ("state=due", 1), ("state=kept", 1), ("tier=gold", 3), ("manager=manager", 3), ("branch=EAST", 4),
        ("no_manager=true", 1), ("logged_late=true", 1), ("what=site", 0), ("customer=1001", 1), ("customer=2002", 0),
    ],
)  # fmt: skip
def test_it_is_narrowed_on_the_page_and_over_rest_alike(dues, signed_in, api, head, asked, count):
    TierFactory(), TierFactory(gold=True)
    page = signed_in(head).get(f"/cadence/?{asked}").content.decode()
    assert (f"{count} row" if count else "Nothing matches these filters") in page
    assert len(api(head).get(f"{API}?{asked}").json()["results"]) == count


@pytest.mark.parametrize("by", ["manager", "branch", "tier"])
def test_each_figure_of_the_report_is_the_number_of_its_rows(dues, signed_in, head, by, queries):
    client = signed_in(head)
    with queries("cadence:report"):
        page = client.get(f"/cadence/report/?by={by}").content.decode()
    links = re.findall(r'href="(/cadence/\?[^"]*)">(\d+)</a>', page)
    assert sum(int(count) for url, count in links if "state=" not in url and "logged_late" not in url) == 4
    for url, count in links:
        assert f"{count} row" in client.get(url.replace("&amp;", "&")).content.decode(), url


def test_the_report_over_rest_says_the_same(dues, api, head):
    lines = api(head).get(f"{API}report/").json()
    assert [(line["key"], line["total"], line["kept"], line["due"], line["overdue"], line["late"]) for line in lines] == [
        ("manager", 3, 1, 1, 1, 1), (None, 1, 0, 0, 1, 0)]  # fmt: skip
    assert [line["share"] for line in lines] == [66, 0]


def test_what_was_logged_late_is_listed(own, other, signed_in, head):
    ContactPlanFactory()
    late, late_elsewhere = (
        InteractionFactory(customer=each.customer, at=timezone.now() - timedelta(days=9)) for each in (own, other)
    )
    InteractionFactory(customer=own.customer, at=timezone.now() - timedelta(days=1))
    InteractionFactory(customer=own.customer, at=datetime(2026, 1, 2, tzinfo=UTC), source_hash=b"of a file")
    page = signed_in(head).get("/cadence/late/").content.decode()
    assert f"/interactions/{late.pk}/" in page and f"/interactions/{late_elsewhere.pk}/" not in page
    assert f"/interactions/{own.interaction.pk}/" in page and "2 rows" in page


def test_the_customers_page_says_when_the_next_contact_is_due(dues, signed_in, manager, teller):
    page = signed_in(manager).get(f"/customers/{dues.pk}/").content.decode()
    assert "Contact due on" in page and "never so far" in page
    assert "Contact due on" not in signed_in(teller).get(f"/customers/{dues.pk}/").content.decode()
