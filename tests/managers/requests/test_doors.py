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


def test_a_grant_is_renewed_and_what_no_head_may_grant_is_laid_before_an_approver_on_pages(
    own, manager, head, large_cd, terms, signed_in
):
    terms()
    browser = signed_in(manager)
    assert browser.post("/resource-requests/new/", typed(own.customer, large_cd, amount="200000")).status_code == 302
    old = ResourceRequest.objects.get()
    page = browser.get(f"/resource-requests/{old.pk}/").text
    assert "Your limit for all of it" in page and f"/resource-requests/new/?replaces={old.pk}" in page
    form = browser.get("/resource-requests/new/", {"replaces": old.pk}).context["form"].initial
    assert (form["customer"], form["price"], form["replaces"]) == (own.customer.number, "1.85", old.pk)
    assert form["amount"] == "200000"
    assert browser.get("/resource-requests/new/", {"replaces": 0}).status_code == 404
    again = typed(own.customer, large_cd, amount="300000")
    assert browser.post(f"/resource-requests/new/?replaces={old.pk}", again | {"replaces": old.pk}).status_code == 302
    renewal = ResourceRequest.objects.get(replaces=old)
    assert renewal.state == "granted" and "renewed on" in browser.get(f"/resource-requests/{old.pk}/").text
    twice = browser.post("/resource-requests/new/", again | {"replaces": old.pk})
    assert twice.status_code == 422 and "What it replaces does not hold any more." in twice.text
    browser.post("/resource-requests/new/", typed(own.customer, large_cd, amount="1000000"))
    waits = ResourceRequest.objects.get(state="waiting")
    address = f"/resource-requests/{waits.pk}/"
    assert "Lay before an approver" not in browser.get(address).text
    head.is_active = False
    head.save()
    assert "Lay before an approver" in browser.get(address).text
    assert browser.post(f"{address}lay-before/", {"version": 9}).status_code == 422
    assert browser.post(f"{address}lay-before/", {"version": 1}).status_code == 302
    assert "Laid before the approver" in browser.get(address).text


def test_over_rest_one_sees_how_much_of_the_limit_is_used(own, other, manager, manager2, large_cd, terms, api):
    terms()
    client = api(manager)
    said = {
        "customer": own.customer.number, "kind": "deposit_rate", "product": "large_cd", "amount": "200000.00", "price": "0.0185",
        "valid_until": str(timezone.localdate() + timedelta(90)), "why": "Offer",
    }  # fmt: skip
    old = client.post("/api/v1/resource-requests/", said, format="json").json()
    assert (old["used"], old["limit"], old["replaces"]) == ("0.00", "1000.00", None)
    more = client.post("/api/v1/resource-requests/", said | {"amount": "100000.00"}, format="json").json()
    assert (more["outcome"], more["used"]) == ("granted", "600.00")
    renewed = client.post("/api/v1/resource-requests/", said | {"replaces": old["id"]}, format="json").json()
    assert (renewed["outcome"], renewed["used"], renewed["replaces"]) == ("granted", "300.00", old["id"])
    rows = {row["id"]: row["used"] for row in client.get("/api/v1/resource-requests/").json()["results"]}
    assert rows == {old["id"]: "900.00", more["id"]: "600.00", renewed["id"]: "300.00"}
    away = api(manager2).post(
        "/api/v1/resource-requests/",
        said | {"customer": other.customer.number, "replaces": renewed["id"]},
        format="json",
    )
    assert (away.status_code, list(away.json()["errors"])) == (400, ["replaces"])
    laid = client.post(f"/api/v1/resource-requests/{more['id']}/lay-before/", {"version": 2}, format="json")
    assert (laid.status_code, laid.json()["code"]) == (409, "decided")
