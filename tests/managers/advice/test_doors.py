"""Advice on pages and over REST: the same verbs, the same refusals."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.base.sql import scalar
from managers.models import Advice
from segmentation.models import FactsMonth, Published
from tests.factories import AdviceFactory, ProductFactory, RiskAssessmentFactory, RunFactory

pytestmark = pytest.mark.django_db
FORM = {"goals": "女儿留学", "horizon_months": "60", "amount": "500000", "currency": "CNY", "review_on": "2098-01-01"}
REPLY = {"outcome": "accepted", "channel": "phone", "words": "同意配置"}


@pytest.fixture
def assessed(own):
    RiskAssessmentFactory(customer=own.customer, assessed_on=timezone.localdate())
    return own.customer


def typed(place: int, product, **said) -> dict[str, object]:
    line = {"product": product.pk, "percent": "60", "reason": "稳健"} | said
    return {f"{name}_{place}": value for name, value in line.items()}


def kept(customer, count: int = 2) -> None:
    """Month ends: a thousand comes in each month, and seven are earned."""
    for place in range(count):
        day = date(2026, place + 2, 1) - timedelta(days=1)
        scalar("SELECT segmentation_ensure_month(%(day)s)", day=day)
        told = {"balance": 1007 * (place + 1), "credits_month": 1500, "debits_month": 500, "currency": "CNY"}
        FactsMonth.objects.create(business_date=day, customer=customer, first_opened_on=date(2026, 1, 5), **told)
    Published.objects.create(business_date=day, slot=0, run=RunFactory())


def test_a_draft_is_handed_over_and_answered_on_pages(assessed, other, fund, manager, signed_in, queries):
    browser, today = signed_in(manager), str(timezone.localdate())
    new = f"/customers/{assessed.pk}/advice/new/"
    assert "More products" in browser.get(new).text
    bold = typed(5, ProductFactory(code="equity", risk=5), percent="20")
    wrong = browser.post(new, FORM | typed(0, fund) | bold)
    assert wrong.status_code == 422 and "Equity does not suit this customer: risk R5 is above C3" in wrong.text
    assert list(wrong.context["form"].errors) == ["product_5"] and "女儿留学" in wrong.text
    assert browser.post(new, FORM | {"reason_0": "稳健"}).context["form"].errors["product_0"] == ["Say which product."]
    assert list(browser.post(new, FORM).context["form"].errors) == ["product_0"]
    assert browser.post(new, FORM | typed(0, fund)).status_code == 302
    advice = Advice.objects.get()
    page = f"/advice/{advice.pk}/"
    assert "suits" in browser.get(page).text
    assert browser.post(f"{page}hand-over/", {"version": 1, "handed_on": today}).status_code == 302
    reply = REPLY | {"version": 1, "answered_on": today}
    stale = browser.post(f"{page}answer/", reply)
    assert stale.status_code == 422 and "in the meantime" in stale.text
    assert browser.post(f"{page}answer/", reply | {"version": 2}).status_code == 302
    again = browser.get(f"{page}draft/")
    assert again.context["form"]["product_0"].value() == fund.pk
    with queries("advice_one"):
        shown = browser.get(page).text
    assert (
        "Version 1, handed over on" in shown and "R3 within C3" in shown and "同意配置" in shown and "Accepted" in shown
    )
    timeline = browser.get(f"/customers/{assessed.pk}/timeline/", {"kind": "advice"}).text
    assert "Advice handed over, version 1" in timeline and "Advice, version 1: Accepted" in timeline
    assert f"Advice {advice.pk}" in browser.get(f"/customers/{assessed.pk}/?tab=advice").text


@pytest.fixture
def fund(db):
    return ProductFactory(code="fund", family="fund", risk=3)


def test_the_page_of_a_customer_reconciles_what_they_brought_and_what_it_earned(own, manager, signed_in, queries):
    browser, address = signed_in(manager), reverse("customer_advice", args=[own.customer.pk])
    empty = browser.get(address).text
    assert "Nobody advised this customer yet" in empty and "No closed month tells of it yet" in empty
    kept(own.customer)
    AdviceFactory(customer=own.customer, handed=True)
    with queries("customer_advice"):
        page = browser.get(address)
    (stretch, rate, _months) = page.context["stretches"][0]
    assert (stretch.opening, stretch.net_new_money, stretch.portfolio_return, stretch.closing) == (0, 2000, 14, 2014)
    assert "2,014.00" in page.text and rate == "1.87 %" and "Waits for the customer" in page.text
    assert browser.get(address, {"months": "7"}).status_code == 200


def test_the_list_is_found_by_state_review_manager_and_branch(own, other, head, auditor, signed_in, queries):
    AdviceFactory(customer=own.customer)
    due = AdviceFactory(customer=own.customer, handed=True, version_of__review_on=date(2026, 6, 1))
    AdviceFactory(customer=other.customer, handed=True)
    browser = signed_in(head)
    browser.get("/advice/")
    with queries("advice"):
        shown = browser.get("/advice/").text
    assert own.customer.name in shown and other.customer.name not in shown

    def found(who=browser, **asked):
        return [row.record for row in who.get("/advice/", asked).context["table"].rows]

    assert found(is_due="true") == [due]
    assert found(state="handed") == [due]
    assert len(found(manager="manager")) == 2 and found(manager="manager2") == []
    assert len(found(signed_in(auditor), branch="WEST")) == 1


LINE = {"product": "fund", "percent": "60.00", "reason": "Grows"}
DRAFT = {
    "goals": "Studies",
    "horizon_months": 60,
    "amount": "500000.00",
    "currency": "CNY",
    "review_on": "2098-01-01",
}


def test_over_rest_the_same_is_drafted_handed_over_and_answered(assessed, other, fund, manager, api):
    client, today = api(manager), str(timezone.localdate())
    said = {"customer": assessed.number, "draft": DRAFT | {"lines": [LINE]}}
    ProductFactory(code="equity", risk=5)
    bold = client.post(
        "/api/v1/advice/", said | {"draft": DRAFT | {"lines": [LINE | {"product": "equity"}]}}, format="json"
    )
    assert (bold.status_code, bold.json()["code"]) == (409, "unsuitable")
    assert list(bold.json()["errors"]) == ["lines[0].product"]
    made = client.post("/api/v1/advice/", said, format="json")
    assert (made.status_code, made.json()["state"], made.json()["draft"]["lines"][0]["percent"]) == (
        201,
        "draft",
        "60.00",
    )
    address = f"/api/v1/advice/{made.json()['id']}/"
    assert client.patch(address, {"draft": said["draft"]}, format="json").status_code == 428
    changed = client.patch(address, {"draft": said["draft"] | {"goals": "Studies abroad"}}, format="json", headers={"If-Match": made["ETag"]})  # fmt: skip
    assert changed.status_code == 200
    stale = client.post(f"{address}hand-over/", {"version": 1, "handed_on": today}, format="json")
    assert stale.json()["code"] == "stale"
    handed = client.post(f"{address}hand-over/", {"version": 2, "handed_on": today}, format="json").json()
    version = handed["versions"][0]
    assert (handed["state"], handed["draft"], version["goals"], version["level"]) == (
        "handed",
        None,
        "Studies abroad",
        3,
    )
    assert version["lines"] == [{"product": "fund", "amount": None, "percent": "60.00", "reason": "Grows", "risk": 3}]
    reply = REPLY | {"version": 3, "answered_on": today}
    done = client.post(f"{address}answer/", reply, format="json").json()
    assert (done["state"], done["versions"][0]["answer"]["words"]) == ("accepted", "同意配置")
    assert client.get("/api/v1/advice/", {"state": "accepted"}).json()["results"][0]["id"] == done["id"]


def test_over_rest_the_return_is_told_in_strings(own, other, manager, api):
    kept(own.customer)
    client = api(manager)
    (told,) = client.get("/api/v1/advice/returns/", {"customer": own.customer.number}).json()["results"]
    assert (told["opening"], told["net_new_money"], told["portfolio_return"], told["closing"]) == ("0.00", "2000.00", "14.00", "2014.00")  # fmt: skip
    assert told["months"][1] == {
        "on": "2026-02-28", "opening": "1007.00", "net_new_money": "1000.00", "portfolio_return": "7.00",
        "closing": "2014.00", "rate": f"{Decimal(7) / Decimal(1507):.6f}",
    }  # fmt: skip
    assert client.get("/api/v1/advice/returns/", {"customer": other.customer.number}).status_code == 400
    assert client.get("/api/v1/advice/returns/", {"customer": own.customer.number, "months": 7}).status_code == 400
