"""Resource requests on pages and over REST."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.approvals.models import Proposal
from managers.models import ConditionCheck, ResourceRequest
from tests.factories import ConditionFactory, ResourceRequestFactory

pytestmark = pytest.mark.django_db


def typed(customer, product, **said):
    found = {"customer": customer.number, "kind": "deposit_rate", "product": product.pk, "amount": "1000000"}
    found |= {"price": "1.85", "valid_until": timezone.localdate() + timedelta(90), "why": "他行报价更高"}
    return found | said


def test_a_manager_asks_and_a_head_grants_on_pages(own, other, manager, head, large_cd, terms, signed_in, queries):
    terms()
    asker = signed_in(manager)
    ResourceRequestFactory(customer=other.customer, why="Not theirs")
    wrong = asker.post("/resource-requests/new/", typed(own.customer, large_cd, price="1.96"))
    assert wrong.status_code == 422 and "The bank goes no further than 1.95 % for Large certificate." in wrong.text
    assert asker.post("/resource-requests/new/", typed(other.customer, large_cd)).status_code == 422
    keeps = {"keep": "500000", "inflow": "100000", "inflow_by": timezone.localdate() + timedelta(30)}
    assert asker.post("/resource-requests/new/", typed(own.customer, large_cd, **keeps)).status_code == 302
    request = ResourceRequest.objects.get(customer=own.customer)
    assert [(each.kind, each.amount) for each in request.conditions.order_by("pk")] == [
        ("balance", Decimal(500000)),
        ("inflow", Decimal(100000)),
    ]
    address = f"/resource-requests/{request.pk}/"
    asker.get("/resource-requests/")
    with queries("resource_requests"):
        listed = asker.get("/resource-requests/").text
    assert "Large certificate" in listed and "Waits for the head" in listed and other.customer.name not in listed
    with queries("resource_request"):
        page = asker.get(address).text
    assert "他行报价更高" in page and "500,000.00" in page and "Take back" in page
    assert asker.post(f"{address}grant/", {"version": 1}).status_code == 422
    decider = signed_in(head)
    assert decider.post(f"{address}grant/", {"version": 7}).status_code == 422
    assert decider.post(f"{address}grant/", {"version": 1}).status_code == 302
    assert "Granted" in asker.get(address).text
    assert "他行报价更高" in asker.get(f"/customers/{own.customer.pk}/timeline/", {"kind": "resource"}).text


def test_granted_against_kept_leads_to_lists_that_add_up(own, other, manager, head, signed_in, queries):
    by = {"customer": own.customer, "asked_by": manager}
    for place in range(2):
        granted = ResourceRequestFactory(granted=True, **by)
        condition = ConditionFactory(request=granted)
        for day in (1, 2):
            told = {"figure": Decimal(1), "is_kept": day == 1 or place == 0, "checked_at": timezone.now()}
            ConditionCheck.objects.create(condition=condition, on=timezone.localdate() - timedelta(day), **told)
    ResourceRequestFactory(**by)
    ResourceRequestFactory(granted=True, customer=other.customer, asked_by=manager)
    browser = signed_in(head)
    browser.get("/resource-requests/kept/")
    with queries("resource_grants"):
        table = browser.get("/resource-requests/kept/").context["table"]
    row = next(iter(table.data))
    assert (row.granted, row.holding, row.forgone, row.kept, row.unkept) == (2, 2, Decimal(6000), 3, 1)
    lists = {"granted": {}, "unkept": {"is_broken": "true"}}
    found = {
        name: len(
            browser.get("/resource-requests/", {"asked_by": "manager", "outcome": "granted"} | more)
            .context["table"]
            .rows
        )
        for name, more in lists.items()
    }
    assert found == {"granted": 2, "unkept": 1}


def test_over_rest_the_same_is_asked_granted_and_declined(own, other, manager, head, large_cd, terms, api):
    terms()
    client = api(manager)
    said = {
        "customer": own.customer.number, "kind": "deposit_rate", "product": "large_cd", "amount": "1000000.00", "price": "0.0185",
        "valid_until": str(timezone.localdate() + timedelta(90)), "why": "Offer", "conditions": [{"kind": "balance", "amount": "500.00"}],
    }  # fmt: skip
    made = client.post("/api/v1/resource-requests/", said, format="json")
    assert (made.status_code, made.json()["outcome"], made.json()["cost"]) == (201, "waiting", "3000.00")
    assert made.json()["conditions"] == [{"kind": "balance", "amount": "500.00", "due_on": None, "checks": []}]
    floor = client.post("/api/v1/resource-requests/", said | {"price": "0.02"}, format="json")
    assert (floor.status_code, list(floor.json()["errors"])) == (409, ["price"])
    away = client.post("/api/v1/resource-requests/", said | {"customer": other.customer.number}, format="json")
    assert away.status_code == 400
    address = f"/api/v1/resource-requests/{made.json()['id']}"
    assert client.post(f"{address}/grant/", {"version": 1}, format="json").json()["code"] == "own"
    stale = api(head).post(f"{address}/decline/", {"version": 9, "reason": "No"}, format="json")
    assert stale.json()["code"] == "stale"
    gone = api(head).post(f"{address}/decline/", {"version": 1, "reason": "Too dear"}, format="json")
    assert (gone.json()["outcome"], gone.json()["declined_because"]) == ("declined", "Too dear")


def test_an_admin_proposes_terms_on_a_page(admin, manager, large_cd, loan, terms, signed_in, queries):
    browser = signed_in(admin)
    assert "No terms yet" in browser.get("/resource-terms/").text
    lines = {
        "floors": "deposit_rate large_cd 0.0195\n\nloan_rate loan 0.03",
        "limits": "head * limit 800000",
        "reason": "New",
    }
    wrong = browser.post("/resource-terms/change/", lines | {"limits": "head limit"})
    assert wrong.status_code == 422 and "Line 1 has not 4 words." in wrong.text
    wrong = browser.post("/resource-terms/change/", lines | {"limits": "teller * limit 5"})
    assert wrong.status_code == 422 and "limits[0].role: Managers and heads grant" in wrong.text
    assert browser.post("/resource-terms/change/", lines).status_code == 302
    content = Proposal.objects.get(kind="resource_terms").content
    assert content["limits"] == [{"role": "head", "level": "", "kind": "limit", "up_to": "800000"}]
    terms()
    with queries("resource_terms"):
        page = browser.get("/resource-terms/").text
    assert "Deposit rate: Large certificate" in page and "1.95 %" in page and "5,000.00" in page
    assert "head branch deposit_rate 5000" in browser.get("/resource-terms/change/").text
    assert "Deposit rate: Large certificate" in signed_in(manager).get("/resource-terms/").text
