"""Figures of the service desk: what each counts, that what it leads to adds up to it, and who sees of it what."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from service.boards.figures import FIGURES, Span
from service.boards.report import BYS, Board, board
from service.models import Ticket, TicketClock, TicketStep
from tests.factories import TicketFactory, TicketQueueFactory, TierPeriodFactory

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MAY = datetime(2026, 5, 1, tzinfo=UTC)
SPAN = Span(datetime(2026, 5, 1).date(), datetime(2026, 5, 31).date(), datetime(2026, 11, 30, tzinfo=UTC))
ASKED = "since=2026-05-01&through=2026-05-31"


def ticket(
    customer, opened: datetime, *, took: timedelta | None = None, answered: timedelta | None = None, **more
) -> Ticket:
    """Solved after `took`, answered at first after `answered`, which is its solution where nothing else is said."""
    ended = opened + took if took else None
    said = {"status": "solved", "ended_at": ended, "due_at": None, "due_kind": ""} if ended else {}
    made = TicketFactory(customer=customer, opened_at=opened, **said | more)
    first = opened + answered if answered else ended
    for kind, due, end in (("first_response", 2 * HOUR, first), ("solution", 2 * DAY, ended)):
        due_at = opened + due
        TicketClock.objects.create(ticket=made, kind=kind, began_at=opened, due_at=due_at, warn_at=due_at, ended_at=end)
    return made


def figures(by: str = "kind", rows=None) -> dict[str, list]:
    found = board((Ticket.objects.all() if rows is None else rows).with_tier(), by, SPAN)
    return {line["key"]: [line[name] for name in FIGURES] for line in found.lines}


@pytest.fixture
def desk(own) -> list[Ticket]:
    """Of May: one solved at once, one late and after an answer, one still open; one of April that ended in May, one before and one after."""
    queue = TicketQueueFactory(team__code="phone", team__name="Phone")
    customer = own.customer
    TierPeriodFactory(customer=customer, tier__code="silver", since=datetime(2026, 5, 10).date(), until=None)
    reopened = ticket(customer, MAY + 2 * DAY, took=5 * DAY, answered=HOUR, kind="complaint", queue=queue)
    TicketStep.objects.create(ticket=reopened, at=MAY + 6 * DAY, act="reopened", status="open", says="theirs")
    return [
        ticket(customer, MAY + 12 * DAY, took=HOUR, queue=queue, channel="email"),
        reopened,
        ticket(customer, MAY + 30 * DAY, answered=HOUR),
        ticket(customer, MAY - 10 * DAY, took=12 * DAY, answered=HOUR),
        ticket(customer, MAY - 30 * DAY, took=3 * HOUR),
        ticket(customer, MAY + 40 * DAY, took=HOUR),
    ]


def test_each_figure_counts_what_it_says(desk):
    # opened, backlog, breached, solved, first contact, reopened
    assert figures() == {"question": [2, 1, 0, 2, 1, 0], "complaint": [1, 0, 1, 1, 0, 1]}


def test_an_open_clock_breaches_when_it_falls_due_and_a_paused_one_does_not(own):
    for paused in (True, False):
        made = ticket(own.customer, MAY, answered=HOUR)
        made.clocks.filter(kind="solution").update(is_paused=paused)
    assert figures() == {"question": [2, 2, 1, 0, 0, 0]}


def test_the_end_of_a_span_that_goes_on_is_now(own):
    ticket(own.customer, MAY, took=10 * DAY)
    early = Span(SPAN.since, SPAN.through, MAY + 5 * DAY)
    found = board(Ticket.objects.all(), "kind", early)
    assert early.ends == MAY + 5 * DAY
    assert (found.total["backlog"], found.total["solved"], found.total["p50"]) == (1, 0, None)


def test_lines_stand_by_tier_of_the_opening_by_team_and_channel(desk):
    assert {key: row[0] for key, row in figures("tier").items()} == {"silver": 2, "": 1}
    assert {key: row[0] for key, row in figures("team").items()} == {"phone": 2, "": 1}
    assert {key: row[0] for key, row in figures("channel").items()} == {"email": 1, "phone": 2}


def test_percentiles_are_times_that_tickets_took(own):
    for hours in (1, 2, 3, 4, 5, 6, 7, 8, 9, 100):
        ticket(own.customer, MAY, took=hours * HOUR)
    found: Board = board(Ticket.objects.all(), "kind", SPAN)
    assert (
        [found.total[name] for name in ("p50", "p90")]
        == [5 * HOUR, 9 * HOUR]
        == [found.lines[0][name] for name in ("p50", "p90")]
    )


def test_what_a_figure_leads_to_adds_up_to_it_whatever_narrows_it(desk, head, signed_in, api):
    browser, client, seen = signed_in(head), api(head), 0
    for by in BYS:
        for narrowed in ("", "&channel=phone", "&kind=complaint", "&team=phone", "&tier=silver"):
            page = browser.get(f"/ticket-boards/?by={by}&{ASKED}{narrowed}")
            for row in (*page.context["rows"], page.context["sum"]):
                for count, url in row["cells"]:
                    listed = client.get(f"/api/v1/tickets/?{urlsplit(url).query}").json()["results"] if count else []
                    assert len(listed) == count, url
                    seen += count
    assert seen > 100


def test_the_page_says_what_it_counts_and_the_list_opens_at_its_rows(desk, head, signed_in, queries):
    browser = signed_in(head)
    browser.get("/ticket-boards/")
    with queries("ticket_boards"):
        page = browser.get(f"/ticket-boards/?{ASKED}")
    assert ("whose first answer was the solution" in page.text and "Silver" in page.text) or "silver" in page.text
    count, url = page.context["sum"]["cells"][list(FIGURES).index("solved")]
    assert parse_qs(urlsplit(url).query) == {"since": ["2026-05-01"], "through": ["2026-05-31"], "figure": ["solved"]}
    assert len(browser.get(url).context["table"].rows) == count == 3
    file = browser.get(f"/ticket-boards/?{ASKED}&by=kind&export=csv")
    assert b"Complaint,1,0,1,1,0,1,0,7200,7200" in b"".join(file.streaming_content)


def test_nobody_counts_what_they_do_not_see(desk, other, manager, head, signed_in, api):
    ticket(other.customer, MAY, took=HOUR)
    TicketFactory(customer=desk[0].customer, opened_at=MAY, about=manager)
    for user, opened in ((manager, 3), (head, 4)):
        found = api(user).get(f"/api/v1/ticket-boards/?by=kind&{ASKED}").json()
        assert found["total"]["opened"] == opened, user
    assert found["as_of"].startswith("2026-06-01T00:00:00") and found["lines"][0]["share"] is not None


@pytest.mark.parametrize(
    "asked", ["since=2026-06-01&through=2026-05-01", "since=0001-01-01", "through=9999-12-31", "since=May"]
)
def test_days_that_are_none_are_said_beside_their_field(head, api, signed_in, asked):
    for url in (f"/api/v1/ticket-boards/?{asked}", f"/api/v1/tickets/?{asked}"):
        assert api(head).get(url).status_code == 400
    for url in (f"/ticket-boards/?{asked}", f"/tickets/?{asked}"):
        assert signed_in(head).get(url).status_code == 200


def test_a_board_without_tickets_says_so(head, signed_in):
    assert board(Ticket.objects.none(), "kind", SPAN).total["opened"] == 0
    assert "No ticket in this period" in signed_in(head).get("/ticket-boards/?by=team").text
