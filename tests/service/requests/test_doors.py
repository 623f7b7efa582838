"""Service requests on pages and over REST, and what the pages of the customer and of a ticket tell of them."""

import pytest
from django.utils import timezone

from crm.identity.services import grant_reach
from service.models import ServiceRequest
from tests.factories import TicketFactory
from tests.factories.calls import CallFactory
from tests.factories.service_requests import ServiceRequestFactory
from tests.service.requests.bank import REMITTANCE

pytestmark = pytest.mark.django_db
API = "/api/v1/service-requests/"


def test_a_request_is_filled_in_and_authorised_by_another_on_pages(own, teller, head, signed_in) -> None:
    own.customer.branch = teller.branch
    own.customer.save()
    ticket = TicketFactory(customer=own.customer)
    browser, start = signed_in(teller), f"/customers/{own.customer.pk}/request/"
    assert f"remittance/?ticket={ticket.number}" in browser.get(f"{start}?ticket={ticket.number}").text
    url = f"{start}remittance/?ticket={ticket.number}"
    typed = REMITTANCE | {"account": own.account.number, "amount": "250.00", "amount_currency": "USD"}
    page = browser.post(url, typed | {"document": "110101199003070000"})
    assert page.status_code == 422 and "no number of an id document" in page.text and "COBADEFF" in page.text
    done = browser.post(url, typed | {"document": own.customer.contact.national_id})
    asked = ServiceRequest.objects.get()
    assert done.url == f"/service-requests/{asked.pk}/" and asked.ticket == ticket
    assert asked.answers["amount"] == {"amount": "250.00", "currency": "USD"}
    assert "Authorise" not in browser.get(done.url).text.split("card")[0]
    second = signed_in(head)
    assert "250.00" in second.get(done.url).text
    second.post(f"{done.url}authorise/", {"version": asked.version})
    asked.refresh_from_db()
    assert asked.state == "authorised" and str(asked) in second.get(f"/tickets/{ticket.pk}/").text


def test_the_list_shows_open_ones_first_and_filters(own, other, manager, signed_in, queries) -> None:
    kept = ServiceRequestFactory(customer=own.customer)
    ServiceRequestFactory(customer=other.customer)
    ended = ServiceRequestFactory(customer=own.customer, state="cancelled", ended_at=timezone.now())
    browser = signed_in(manager)
    browser.get("/service-requests/")
    with queries("service_requests"):
        page = browser.get("/service-requests/").text
    assert str(kept) in page and str(ended) not in page and "S00" in page
    assert str(ended) in browser.get("/service-requests/?which=all").text
    assert str(ended) not in browser.get("/service-requests/?which=to_authorise").text


def test_the_page_of_a_request_has_a_price(own, manager, signed_in, queries) -> None:
    asked = ServiceRequestFactory(customer=own.customer)
    browser = signed_in(manager)
    browser.get(f"/service-requests/{asked.pk}/")
    with queries("service_request"):
        assert "更大的卡" in browser.get(f"/service-requests/{asked.pk}/").text


def test_an_agent_reads_the_answers_during_a_verified_call_alone(own, agent, signed_in, api) -> None:
    asked = ServiceRequestFactory(customer=own.customer)
    url = f"/service-requests/{asked.pk}/"
    assert "更大的卡" not in signed_in(agent).get(url).text
    assert api(agent).get(f"{API}{asked.pk}/").json()["answers"] == {"wish": "•••"}
    call = CallFactory(agent=agent, verified=True, customer=own.customer)
    since, until = call.begun_at, call.ends_at
    grant_reach(user=agent, customer_id=own.customer.pk, cause="call", since=since, until=until, by=agent)
    assert "更大的卡" in signed_in(agent).get(url).text


def test_over_rest_it_is_asked_for_authorised_and_cancelled(own, teller, head, api) -> None:
    client, said = api(teller), {"customer": own.customer.number, "form": "limits"}
    forms = {each["code"]: each for each in client.get(f"{API}forms/").json()}
    assert [each["code"] for each in forms["limits"]["content"]["fields"]] == ["account", "channel", "amount", "until"]
    answers = {"account": own.account.number, "channel": "App", "amount": "100.00"}
    said |= {"answers": answers, "document": own.customer.contact.national_id}
    wrong = client.post(API, said | {"answers": answers | {"amount": "x"}}, format="json")
    assert wrong.status_code == 409 and list(wrong.json()["errors"]) == ["amount"]
    assert client.post(API, said | {"answers": "x"}, format="json").status_code == 409
    made = client.post(API, said, format="json", headers={"Idempotency-Key": "one"})
    again = client.post(API, said, format="json", headers={"Idempotency-Key": "one"})
    assert made.status_code == 201 and made.json()["id"] == again.json()["id"], made.json()
    assert made.json()["steps"][0]["state"] == "requested" and "document" not in made.json()
    url = f"{API}{made.json()['id']}/"
    assert client.post(f"{url}authorise/", {"version": 1}, format="json").status_code == 409
    assert api(head).post(f"{url}authorise/", {"version": 1}, format="json").json()["state"] == "authorised"
    stale = api(head).post(f"{url}cancel/", {"version": 1, "reason": "Late"}, format="json")
    assert stale.status_code == 409 and "in the meantime" in stale.json()["detail"]
    gone = api(head).post(f"{url}cancel/", {"version": 2, "reason": "No"}, format="json").json()
    assert (gone["state"], gone["steps"][-1]["words"]) == ("cancelled", "No")
    assert [each["id"] for each in client.get(f"{API}?which=all&form=limits").json()["results"]] == [made.json()["id"]]


def test_the_customers_page_begins_one_and_the_timeline_tells_of_it(own, manager, signed_in, api) -> None:
    asked = ServiceRequestFactory(customer=own.customer)
    assert f"/customers/{own.customer.pk}/request/" in signed_in(manager).get(f"/customers/{own.customer.pk}/").text
    told = api(manager).get(f"/api/v1/customers/{own.customer.pk}/timeline/").json()
    assert f"Plain wish {asked}" in [each["title"] for each in told["results"]]
