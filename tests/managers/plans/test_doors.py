"""Plans on pages, in the brief and over REST."""

from datetime import timedelta

import pytest
from django.utils import timezone

from managers.day.brief import brief_of
from managers.models import CustomerPlan
from tests.factories import CustomerPlanFactory, PlanActionFactory, PlanGoalFactory

pytestmark = pytest.mark.django_db


def test_a_manager_draws_up_a_plan_and_works_on_it(company, manager, signed_in, holds, queries):
    browser, address = signed_in(manager), f"/customers/{company.pk}/plan/"
    holds(company, 3_200_000)
    today = timezone.localdate()
    assert "Draw up a plan" in browser.get(address).text
    typed = {"until": today + timedelta(700), "needs": "新厂房流动资金", "wallet": "10000000", "currency": "CNY"}
    wrong = browser.post(f"{address}new/", typed)
    assert wrong.status_code == 422 and "Say where that is known from." in wrong.text and "新厂房" in wrong.text
    assert browser.post(f"{address}new/", typed | {"wallet_source": "年报"}).status_code == 302
    plan = CustomerPlan.objects.get()
    at = f"/plans/{plan.pk}/"
    goal = {"version": 1, "kind": "balance", "figure": "5000000", "due_on": plan.until}
    assert browser.post(f"{at}goals/new/", goal).status_code == 302
    stale = browser.post(f"{at}goals/new/", goal)
    assert stale.status_code == 422 and 'name="version" value="2"' in stale.text
    step = {"version": 2, "what": "拜访财务总监", "who": manager.pk, "due_on": today + timedelta(5)}
    assert browser.post(f"{at}actions/new/", step).status_code == 302
    assert browser.post(f"{at}review/", {"version": 3, "words": "进展顺利"}).status_code == 302
    browser.get(address)
    with queries("customer_plan"):
        page = browser.get(address).text
    for said in ("5,000,000.00", "missing 1,800,000.00", "拜访财务总监", "进展顺利", "32.00 %", "年报", "4 Mar"):
        assert said in page, said
    tab = browser.get(f"/customers/{company.pk}/", {"tab": "plan"}).text
    assert "1 open action" in tab and address in tab
    sections = {str(each.title): each.lines for each in brief_of(company, manager, at=timezone.now()).sections}
    assert "Share of wallet: 32 %" in sections["Plan"] and any("missing" in line for line in sections["Plan"])


def test_the_list_is_narrowed_by_manager_branch_and_overdue_reviews(plan, other, manager, head, signed_in, queries):
    CustomerPlanFactory(customer=other.customer)
    browser = signed_in(head)
    browser.get("/plans/")
    with queries("plans"):
        listed = browser.get("/plans/").text
    assert plan.customer.name in listed and other.customer.name not in listed
    late = {"is_overdue": "true"}
    assert plan.customer.name not in browser.get("/plans/", late).text
    CustomerPlan.objects.update(review_on=timezone.localdate() - timedelta(1))
    own = late | {"manager": manager.username, "branch": plan.customer.branch.code}
    assert plan.customer.name in browser.get("/plans/", own).text
    assert plan.customer.name not in browser.get("/plans/", own | {"manager": "manager2"}).text


def test_an_earlier_plan_is_read_and_changed_no_more(plan, company, manager, signed_in):
    CustomerPlan.objects.update(closed_at=timezone.now(), closed_by=manager, closed_because="Sold to a group")
    CustomerPlanFactory(customer=company, needs="Next")
    browser, address = signed_in(manager), f"/customers/{company.pk}/plan/"
    assert "Next" in browser.get(address).text
    page = browser.get(address, {"plan": plan.pk}).text
    assert "Sold to a group" in page and "Set a goal" not in page
    foreign = CustomerPlanFactory()
    for key in (foreign.pk, "x", 9**30):
        assert browser.get(address, {"plan": key}).status_code == 404


def test_over_rest_the_same_with_the_version_that_was_read(company, other, manager, api, holds):
    client, today = api(manager), timezone.localdate()
    said = {"customer": company.number, "until": str(today + timedelta(700)), "wallet": "10000000.00", "wallet_source": "Report"}  # fmt: skip
    made = client.post("/api/v1/plans/", said, format="json")
    assert (made.status_code, made.json()["version"], made.json()["currency"]) == (201, 1, "CNY")
    again = client.post("/api/v1/plans/", said, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "open")
    assert client.post("/api/v1/plans/", said | {"customer": other.customer.number}, format="json").status_code == 400
    address = f"/api/v1/plans/{made.json()['id']}/"
    assert client.patch(address, {"needs": "Credit"}, format="json").status_code == 428
    changed = client.patch(address, {"needs": "Credit"}, format="json", headers={"If-Match": made["ETag"]})
    assert (changed.json()["needs"], changed.json()["version"], changed.json()["wallet"]) == (
        "Credit",
        2,
        "10000000.00",
    )
    assert client.patch(address, {"needs": "X"}, format="json", headers={"If-Match": made["ETag"]}).status_code == 412
    goal = {"kind": "wallet", "figure": "30", "due_on": str(today + timedelta(300)), "version": 2}
    held = client.post(f"{address}set-goal/", goal, format="json")
    assert held.json()["goals"][0]["figure"] == "30.0000"
    assert client.post(f"{address}set-goal/", goal, format="json").json()["code"] == "stale"
    foreign = PlanGoalFactory()
    drop = {"goal": foreign.pk, "reason": "No", "version": 3}
    assert client.post(f"{address}drop-goal/", drop, format="json").status_code == 404
    away = PlanActionFactory()
    close = {"action": away.pk, "state": "done", "version": 3}
    assert client.post(f"{address}close-action/", close, format="json").status_code == 404
    holds(company, 2_000_000)
    told = client.get(f"{address}progress/").json()
    assert (told["share"], told["goals"][0]["missing"]) == ("20.00", "10.0000")
    seen = client.post(f"{address}review/", {"words": "Good", "version": 3}, format="json").json()
    assert [(each["words"], each["share"]) for each in seen["reviews"]] == [("Good", "20.00")]
