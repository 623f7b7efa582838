"""The page of feeds: how each stands against the night, its closings, and closing one by a form."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from crm.audit.models import Event
from customers import feeds
from customers.feedstates import states
from customers.models import Feed, FeedClosing
from segmentation.models import Published
from tests.factories import BalanceFactory, RunFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)


@pytest.fixture
def balances(db) -> None:
    """Two balances of 31 March, 3.50 together; the night of 30 March is published."""
    for amount in ("1.25", "2.25"):
        BalanceFactory(on=DAY, amount=Decimal(amount))
    run = RunFactory(business_date=date(2026, 3, 30))
    Published.objects.create(business_date=run.business_date, slot=0, run=run)


@pytest.mark.parametrize(
    ("closed", "now", "standing"),
    [
        (None, "2026-04-01T09:00", "late"),
        (date(2026, 3, 30), "2026-04-01T09:00", "late"),
        (date(2026, 3, 30), "2026-03-31T23:00", "in_time"),
        (DAY, "2026-04-01T09:00", "in_time"),
    ],
)
def test_a_feed_is_late_where_a_date_is_due_that_it_is_not_closed_through(
    balances, closed, now, standing, admin, signed_in
):
    if closed:
        feeds.close(kind="balances", through=closed, by="test")

    with time_machine.travel(f"{now}:00+08:00", tick=False):
        page = signed_in(admin).get(reverse("feeds"))

    by_kind = {state.kind: state.standing for state in page.context["states"]}
    assert by_kind["balances"] == standing and by_kind["interactions"] == "never"
    assert len(by_kind) == len(feeds.CONTROL)


def test_a_closing_keeps_what_was_announced_and_what_was_there(balances):
    feeds.close(kind="balances", through=DAY, by="test", rows=2)
    state = states(None)[0]

    assert state.last and (state.last.rows, state.last.received_rows, state.last.received_total) == (
        2,
        2,
        Decimal("3.5"),
    )
    assert (state.rows_off, state.total_off) == (0, None)


def test_the_feeds_page_tells_rows_that_came_after_the_closing(balances, admin, signed_in, queries):
    feeds.close(kind="balances", through=DAY, by="Ann", rows=2, total=Decimal("3.50"))
    BalanceFactory(on=DAY, amount=Decimal("10"))
    client = signed_in(admin)

    with queries("feeds"):
        overview = client.get(reverse("feeds")).content.decode()
    page = client.get(reverse("feed", args=["balances"]))

    assert "Ann" in overview and "0 rows" in overview
    assert page.context["now"] == {
        "rows": 3, "total": Decimal("13.5"), "rows_off": 1, "total_off": Decimal("10"),
    }  # fmt: skip
    assert client.get(reverse("feed", args=["weather"])).status_code == 404


@time_machine.travel("2026-04-01T09:00:00+08:00", tick=False)
def test_an_admin_closes_a_feed_with_the_same_verb_as_the_command(balances, admin, signed_in):
    client = signed_in(admin)
    address = reverse("feed_close")
    asked = {"kind": "balances", "through": "2026-03-31", "rows": "3", "total": ""}

    wrong = client.post(address, asked)
    future = client.post(address, asked | {"rows": "2", "through": "2026-04-02"})
    right = client.post(address, asked | {"rows": "2"})

    assert wrong.status_code == 422 and "3 rows were announced" in wrong.content.decode()
    assert wrong.context["form"].errors["rows"]
    assert future.status_code == 422 and future.context["form"].errors["through"]
    assert right.status_code == 302
    assert Feed.objects.get(kind="balances").closed_through == DAY
    assert FeedClosing.objects.get().by_label == str(admin)
    assert Event.objects.get(action="feed.closed").actor_id == admin.pk


def test_rest_tells_the_standing_and_the_closings(balances, auditor, api):
    feeds.close(kind="balances", through=DAY, by="Ann", rows=2)

    (row,) = api(auditor).get("/api/v1/feeds/").json()["results"]

    assert (row["kind"], row["closed_through"], row["standing"]) == ("balances", "2026-03-31", "in_time")
    assert (row["closings"][0]["by"], row["closings"][0]["received_rows"]) == ("Ann", 2)
