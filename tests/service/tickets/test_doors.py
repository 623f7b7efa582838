"""Tickets on pages and over REST, with files, and what the customer's page tells of them."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from service.models import Ticket, TicketAttachment, TicketMessage
from tests.factories import TeamFactory, TicketFactory, TicketQueueFactory

pytestmark = pytest.mark.django_db
API = "/api/v1/tickets/"


def picture(side: int = 80, name: str = "card.jpg") -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", (side, side)).save(kept, "PNG")
    return SimpleUploadedFile(name, kept.getvalue())


def bomb() -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("1", (9000, 9000)).save(kept, "PNG")
    return SimpleUploadedFile("bomb.png", kept.getvalue())


@pytest.fixture
def ticket(own) -> Ticket:
    return TicketFactory(customer=own.customer)


def typed(**more) -> dict:
    said = {"kind": "complaint", "channel": "phone", "subject": "贷款", "body": "太慢", "impact": "high"}
    return said | more


def test_a_ticket_is_opened_on_the_customers_page_and_replied_to_with_a_picture(own, manager, signed_in):
    browser = signed_in(manager)
    page = browser.post(f"/customers/{own.customer.pk}/ticket/", typed(files=[picture()]))
    ticket = Ticket.objects.get()
    assert page.url == f"/tickets/{ticket.pk}/" and ticket.customer == own.customer and ticket.priority == "high"
    file = TicketAttachment.objects.get()
    assert (file.content_type, file.name) == ("image/png", "card.jpg")
    answer = browser.get(f"/tickets/{ticket.pk}/files/{file.pk}/")
    assert answer.content.startswith(b"\x89PNG") and "attachment" in answer["Content-Disposition"]
    browser.post(
        f"/tickets/{ticket.pk}/reply/", {"version": ticket.version, "body": "Soon", "status": "waiting_customer"}
    )
    ticket.refresh_from_db()
    shown = browser.get(f"/tickets/{ticket.pk}/").text
    assert ticket.status == "waiting_customer" and "太慢" in shown and "Soon" in shown and "paused" in shown


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (bomb, "too large to be shown"),
        (lambda: SimpleUploadedFile("card.png", b"MZ\x90\x00 a program"), "Only JPEG and PNG"),
        (lambda: SimpleUploadedFile("card.png", b"\x89PNG\r\n\x1a\n" + b"0" * 6 * 1024**2), "at most 5 MB"),
        (lambda: SimpleUploadedFile("card.zip", b"PK\x03\x04"), "Only JPEG and PNG"),
    ],
)
def test_bombs_and_wrong_types_are_refused_beside_the_field_and_nothing_is_kept(ticket, manager, signed_in, file, said):
    sent = {"version": ticket.version, "body": "Look", "files": [picture(), file()]}
    page = signed_in(manager).post(f"/tickets/{ticket.pk}/reply/", sent)
    assert page.status_code == 422 and said in page.text and "Look" in page.text
    assert not TicketAttachment.objects.exists() and TicketMessage.objects.count() == 1


def test_a_reply_to_a_closed_ticket_is_refused_with_a_sentence(own, manager, signed_in, api):
    ticket = TicketFactory(customer=own.customer, solved=True, status="closed")
    page = signed_in(manager).post(f"/tickets/{ticket.pk}/reply/", {"version": 1, "body": "More"})
    assert page.status_code == 422 and "open another one" in page.text
    answer = api(manager).post(f"{API}{ticket.pk}/say/", {"kind": "reply", "body": "More"}, format="json")
    assert answer.status_code == 409 and "open another one" in answer.json()["detail"]


def test_the_queue_shows_what_is_due_first_and_filters(own, other, manager, signed_in, queries):
    now = timezone.now()
    queue = TicketQueueFactory(code="cards")
    first = TicketFactory(customer=own.customer, subject="Erste", due_at=now - timedelta(hours=1), queue=queue)
    TicketFactory(customer=own.customer, subject="Zweite", due_at=now + timedelta(hours=1), assignee=manager)
    TicketFactory(customer=own.customer, subject="Vorbei", solved=True)
    TicketFactory(customer=other.customer, subject="Fremd")
    TicketFactory(customer=own.customer, subject="Geheim", about=manager)
    browser = signed_in(manager)
    browser.get("/tickets/")
    with queries("tickets"):
        page = browser.get("/tickets/").text
    assert page.index("Erste") < page.index("Zweite") and "overdue" in page
    assert not {"Vorbei", "Fremd", "Geheim"} & set(page.split())
    for asked, subjects in {
        "?which=overdue": "Erste", "?mine=true": "Zweite", "?which=ended": "Vorbei", "?queue=cards": "Erste",
        f"?q={first.number_said}": "Erste", "?which=all&q=orbei": "Vorbei",
    }.items():  # fmt: skip
        text = browser.get(f"/tickets/{asked}").text
        assert [word for word in ("Erste", "Zweite", "Vorbei") if word in text] == [subjects], asked


def test_the_page_of_a_ticket_has_a_price(ticket, manager, signed_in, queries):
    browser = signed_in(manager)
    browser.get(f"/tickets/{ticket.pk}/")
    with queries("ticket"):
        assert browser.get(f"/tickets/{ticket.pk}/").status_code == 200


def test_the_customers_page_tells_but_not_whom_it_is_about(own, manager, head, signed_in):
    TicketFactory(customer=own.customer, overdue=True, about=manager, subject="Geheim")
    url = f"/customers/{own.customer.pk}/"
    told = signed_in(head).get(url).text
    assert "Geheim" in told and "1 overdue ticket" in told and "New ticket" in told
    assert "Geheim" not in signed_in(manager).get(url).text
    for user, found in ((head, True), (manager, False)):
        assert ("Geheim" in signed_in(user).get("/search/?q=Geh").text) is found


def test_what_is_overdue_stands_on_the_managers_day(own, manager, signed_in):
    TicketFactory(customer=own.customer, overdue=True, subject="Dringend")
    TicketFactory(customer=own.customer, overdue=True, about=manager, subject="Geheim")
    page = signed_in(manager).get("/day/").text
    assert "Dringend" in page and "Geheim" not in page


def test_over_rest_it_is_opened_changed_and_taken(own, agent, manager, api):
    team = TeamFactory()
    team.members.add(agent)
    TicketQueueFactory(code="cards", team=team)
    client = api(agent)
    made = client.post(API, typed(kind="question", customer=own.customer.number, queue="cards"), format="json")
    assert made.status_code == 201 and made.json()["due_kind"] == "first_response", made.json()
    assert client.post(f"{API}next/").json()["assignee"] == "agent"
    assert client.post(f"{API}next/").status_code == 204
    url = f"{API}{made.json()['id']}/"
    etag = client.get(url)["ETag"]
    assert client.patch(url, {"status": "solved"}, format="json").status_code == 428
    done = client.patch(url, {"status": "solved", "reason": "Paid"}, format="json", headers={"If-Match": etag})
    assert done.status_code == 200 and done.json()["due_at"] is None, done.json()
    assert client.patch(url, {"status": "new"}, format="json", headers={"If-Match": "*"}).status_code == 409
    assert [each["kind"] for each in client.get(f"{url}messages/").json()] == ["word"]
    assert json.loads(client.get(f"{API}?which=ended").content)["results"][0]["number"] == made.json()["number"]
