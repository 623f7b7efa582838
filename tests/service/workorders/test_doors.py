"""Work orders on pages and over REST."""

from datetime import timedelta

import pytest
from django.utils import timezone

from service.models import WorkOrder
from tests.factories import TeamFactory, TicketFactory
from tests.factories.service_requests import ServiceRequestFactory
from tests.factories.workorders import WorkOrderFactory

pytestmark = pytest.mark.django_db
API = "/api/v1/work-orders/"


@pytest.fixture
def team(teller):
    team = TeamFactory(code="cards", name="Cards")
    team.members.add(teller)
    return team


def test_departments_are_asked_on_the_page_of_a_ticket_which_tells_the_one_status(
    own, team, manager, teller, east, signed_in
) -> None:
    ticket = TicketFactory(customer=own.customer)
    due = timezone.localtime() + timedelta(days=1)
    browser, url = signed_in(manager), f"/tickets/{ticket.pk}/work-orders/"
    typed = {"what": "找回合同", "teams": ["cards"], "branches": [east.code], "due_at": f"{due:%Y-%m-%dT%H:%M}"}
    refused = browser.post(url, typed | {"teams": [], "branches": []})
    assert refused.status_code == 422 and "1 to 20 departments" in refused.text and "找回合同" in refused.text
    assert browser.post(url, typed).url == f"/tickets/{ticket.pk}/"
    first, second = WorkOrder.objects.order_by("pk")
    page = browser.get(f"/tickets/{ticket.pk}/").text
    assert "Received by the departments" in page and "Cards" in page
    department = signed_in(teller)
    at = f"/work-orders/{first.pk}/"
    assert "Take it" in department.get(at).text and "Take it" not in browser.get(at).text
    department.post(f"{at}finish/", {"version": 1, "words": "已找到"})
    assert "In progress" in browser.get(f"/tickets/{ticket.pk}/").text and "已找到" in browser.get(at).text
    browser.post(f"/work-orders/{second.pk}/cancel/", {"version": 1, "words": "不需要"})
    assert "All departments are done" in browser.get(f"/tickets/{ticket.pk}/").text


def test_a_request_tells_it_too(own, manager, signed_in) -> None:
    asked = ServiceRequestFactory(customer=own.customer)
    WorkOrderFactory(customer=own.customer, ticket=None, request=asked)
    page = signed_in(manager).get(f"/service-requests/{asked.pk}/").text
    assert "Received by the departments" in page and "Ask departments" in page


def test_the_list_shows_what_is_due_first_and_a_department_no_names(
    own, other, team, teller, signed_in, queries
) -> None:
    WorkOrderFactory(customer=other.customer, team=team, what="Zweite")
    WorkOrderFactory(customer=other.customer, team=team, what="Erste", overdue=True)
    WorkOrderFactory(customer=other.customer, what="Fremd")
    WorkOrderFactory(customer=own.customer, what="Eigene")
    browser = signed_in(teller)
    browser.get("/work-orders/")
    with queries("work_orders"):
        page = browser.get("/work-orders/").text
    assert page.index("Erste") < page.index("Zweite") and "Fremd" not in page
    assert other.customer.name not in page and other.customer.number not in page
    assert "Zweite" not in browser.get("/work-orders/?which=overdue").text
    assert (
        "Erste" in browser.get("/work-orders/?ours=true").text
        and "Erste" not in browser.get("/work-orders/?ours=false").text
    )


def test_the_page_of_an_order_has_a_price(own, manager, signed_in, queries) -> None:
    order = WorkOrderFactory(customer=own.customer)
    browser = signed_in(manager)
    browser.get(f"/work-orders/{order.pk}/")
    with queries("work_order"):
        assert "Look for the document" in browser.get(f"/work-orders/{order.pk}/").text


def test_over_rest_they_are_opened_given_back_and_passed_on(own, other, team, manager, teller, api) -> None:
    ticket = TicketFactory(customer=own.customer)
    due = (timezone.now() + timedelta(days=1)).isoformat()
    said = {"ticket": ticket.number, "teams": ["cards"], "what": "找回合同", "due_at": due}
    made = api(manager).post(API, said, format="json")
    assert made.status_code == 201 and [each["team"] for each in made.json()] == ["cards"], made.json()
    hidden = api(manager).post(API, said | {"ticket": TicketFactory(customer=other.customer).number}, format="json")
    assert hidden.status_code == 400 and api(manager).post(API, said | {"teams": []}, format="json").status_code == 409
    url = f"{API}{made.json()[0]['id']}/"
    assert api(manager).post(f"{url}take/", {"version": 1}, format="json").status_code == 409
    given = api(teller).post(f"{url}give-back/", {"version": 1, "words": "Not ours"}, format="json").json()
    assert (given["state"], given["steps"][-1]["words"]) == ("returned", "Not ours")
    both = {"version": 2, "due_at": due, "team": "cards", "branch": teller.branch.code}
    assert api(manager).post(f"{url}pass-on/", both, format="json").status_code == 400
    passed = api(manager).post(f"{url}pass-on/", {"version": 2, "due_at": due, "team": "cards"}, format="json").json()
    assert passed["state"] == "open"
    done = api(teller).post(f"{url}finish/", {"version": 3, "words": "Found"}, format="json").json()
    assert done["state"] == "done" and api(manager).get(f"{API}?which=open").json()["results"] == []


def test_a_department_reads_a_masked_number(other, team, teller, api) -> None:
    order = WorkOrderFactory(customer=other.customer, team=team)
    assert api(teller).get(f"{API}{order.pk}/").json()["customer"] != other.customer.number
