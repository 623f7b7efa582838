"""Entitlements on the page of a customer and over REST: recorded, undone, reported; each within their reach."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import Event
from segmentation.models import EntitlementUse, GoldCard
from tests.factories import CustomerFactory, GoldCardFactory, ProductFactory, SegmentFactory, SegmentMembershipFactory
from tests.segmentation.standards.bank import grant, household, line, stand, use, withdraw

pytestmark = pytest.mark.django_db
TAB = "/customers/{}/?tab=entitlements"


@pytest.fixture
def bank(own, other):
    use(line("gold", quota=2, shared=True), line("gold", "card", queue_weight=3), gold_card={"benefit": "card"})
    stand(own.customer, "gold")
    stand(other.customer, "gold")
    GoldCardFactory(customer=own.customer)
    return own


def texts(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def typed(**more) -> dict:
    return {"benefit": "lounge", "used_on": str(timezone.localdate()), "channel": "branch"} | more


def test_a_teller_records_a_use_and_undoes_it_on_the_page(bank, signed_in, teller):
    client, pk = signed_in(teller), bank.customer.pk
    assert "0 of 2 used, 2 left until" in texts(client, TAB.format(pk))

    answer = client.post(f"/customers/{pk}/entitlements/use/", typed(place="Counter 2"))
    page = texts(client, TAB.format(pk))
    assert answer.status_code == 302 and "1 of 2 used, 1 left until" in page and "Counter 2" in page

    mine = EntitlementUse.objects.get()
    client.post(f"/entitlement-uses/{mine.pk}/undo/", {"reason": "The wrong customer"})
    page = texts(client, TAB.format(pk))
    assert "0 of 2 used, 2 left until" in page and "undone" in page and "undoes a use" in page


def test_nothing_is_left_is_said_beside_the_benefit(bank, signed_in, teller):
    client = signed_in(teller)
    address = f"/customers/{bank.customer.pk}/entitlements/use/"
    for _n in range(2):
        client.post(address, typed())
    answer = client.post(address, typed(note="Third"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "is used up" in page and "Third" in page


def test_all_origins_are_told_and_who_is_out_of_reach_is_not_named(bank, other, signed_in, manager, auditor):
    poor = CustomerFactory(number="P", manager=manager, branch=manager.branch)
    stand(poor, "mass")
    household(other.customer, poor)
    grant(poor, quota=1, reason="Kept waiting")

    own_view = texts(signed_in(manager), f"/customers/{poor.pk}/entitlements/")
    whole_view = texts(signed_in(auditor), f"/customers/{poor.pk}/entitlements/")

    assert "Shared by a member of the household, Gold" in own_view and "李娜" not in own_view
    assert "Shared by 李娜, Gold" in whole_view and "Kept waiting" in own_view


def test_what_was_taken_away_says_why(bank, signed_in, manager):
    withdraw(bank.customer, reason="Misused")
    page = texts(signed_in(manager), TAB.format(bank.customer.pk))
    assert "taken away" in page and "Misused" in page


def test_the_card_stands_in_the_head_with_its_state_and_is_reported_lost_and_resumed(bank, signed_in, agent):
    client, pk = signed_in(agent), bank.customer.pk
    assert "Gold card" in texts(client, f"/customers/{pk}/")

    client.post(f"/customers/{pk}/gold-card/lost/", {"note": "On the train"})
    page = texts(client, f"/customers/{pk}/")
    assert "Suspended" in page and "Reported lost" in page
    client.post(f"/customers/{pk}/gold-card/resume/", {"note": "Found"})

    assert GoldCard.objects.open().get(customer=bank.customer).state == "valid"


def test_uses_and_states_are_in_the_timeline(bank, signed_in, manager):
    client, pk = signed_in(manager), bank.customer.pk
    client.post(f"/customers/{pk}/entitlements/use/", typed())
    page = texts(client, f"/customers/{pk}/timeline/")
    assert "Used: Lounge" in page and "Gold card: Valid" in page


def test_the_history_is_listed_and_exported_within_the_reach(bank, other, signed_in, agent, head):
    client = signed_in(agent)
    for story in (bank, other):
        client.post(f"/customers/{story.customer.pk}/entitlements/use/", typed())

    page = texts(signed_in(head), "/entitlement-uses/")
    export = b"".join(signed_in(head).get("/entitlement-uses/?export=csv")).decode("utf-8-sig")

    assert "张伟" in page and "李娜" not in page
    assert "张伟" in export and "李娜" not in export
    assert "张伟" not in texts(signed_in(head), "/entitlement-uses/?is_standing=false")


def test_a_head_and_an_admin_see_the_use_of_benefits_and_the_admin_no_customer(
    bank, other, signed_in, agent, head, admin
):
    client = signed_in(agent)
    for story in (bank, bank, other):
        client.post(f"/customers/{story.customer.pk}/entitlements/use/", typed())

    (own,) = signed_in(head).get("/service-standards/report/").context["report"]
    (whole,) = signed_in(admin).get("/service-standards/report/").context["report"]

    assert (own.uses, own.customers, own.branches) == (2, 1, {"East branch": 2})
    assert (whole.uses, whole.customers, whole.tiers) == (3, 2, {"Gold": 3})
    assert "张伟" not in texts(signed_in(admin), "/service-standards/report/")
    wrong = "/service-standards/report/?since=2026-02-01&through=2026-01-01"
    said = texts(signed_in(admin), wrong)
    assert "after the last one" in said and "No benefit was used" not in said
    assert "No benefit was used" in texts(
        signed_in(admin), "/service-standards/report/?since=2020-01-01&through=2020-01-02"
    )


def test_the_report_is_exported_within_the_reach_and_the_trail_keeps_it(bank, other, signed_in, agent, head, auditor):
    client = signed_in(agent)
    for story in (bank, bank, other):
        client.post(f"/customers/{story.customer.pk}/entitlements/use/", typed())
    address = "/service-standards/report/?export=csv"

    own, whole = (b"".join(signed_in(user).get(address)).decode("utf-8-sig").splitlines() for user in (head, auditor))

    assert own[0] == "Benefit,Tier,Branch,Number of uses,Number of customers"
    name = own[1].split(",")[0]
    assert own[1:] == [f"{name},,,2,1", f"{name},Gold,,2,", f"{name},,East branch,2,"]
    assert whole[1] == f"{name},,,3,2"
    told = Event.objects.filter(action="entitlementuse.exported").values_list("data__what", "data__rows")
    assert sorted(told) == [("benefit report.csv", 3), ("benefit report.csv", len(whole) - 1)]
    wrong = signed_in(head).get(f"{address}&since=2026-02-01&through=2026-01-01")
    assert "after the last one" in wrong.content.decode()


def test_rest_says_what_the_page_says(bank, api, manager):
    program, pk = api(manager), bank.customer.pk
    made = program.post("/api/v1/entitlement-uses/", typed(customer="1001"), format="json")
    assert (made.status_code, made.json()["quota"], made.json()["owner_is_customer"]) == (201, 2, True)

    said = program.get(f"/api/v1/customers/{pk}/entitlements/").json()

    assert (said["version"], said["queue_weight"], said["holds_gold_card"]) == (1, 3, True)
    assert said["gold_card"]["state"] == "valid"
    lounge = next(each for each in said["entitlements"] if each["benefit"] == "lounge")
    assert lounge["is_effective"] and lounge["origins"][0] | {"said": "", "period_start": "", "period_end": ""} == {
        "origin": "tier", "said": "", "is_best": True, "quota": 2, "per": "month", "used": 1, "left": 1,
        "queue_weight": 0, "period_start": "", "period_end": "",
    }  # fmt: skip
    assert program.get(f"/api/v1/customers/{pk}/entitlements/?on=2025-01-01").json()["entitlements"] == []
    assert program.get(f"/api/v1/customers/{pk}/entitlements/?on=soon").status_code == 400


def test_rest_refuses_over_the_quota_and_answers_a_repeated_post_once(bank, api, manager):
    program = api(manager)
    twice = [
        program.post(
            "/api/v1/entitlement-uses/", typed(customer="1001"), format="json", headers={"Idempotency-Key": "a"}
        )
        for _n in range(2)
    ]
    assert twice[0].json() == twice[1].json() and EntitlementUse.objects.count() == 1

    program.post("/api/v1/entitlement-uses/", typed(customer="1001"), format="json")
    over = program.post("/api/v1/entitlement-uses/", typed(customer="1001"), format="json")
    assert over.status_code == 409 and "is used up" in over.content.decode()

    undone = program.post(f"/api/v1/entitlement-uses/{twice[0].json()['id']}/undo/", {"reason": "Error"}, format="json")
    assert (undone.status_code, undone.json()["counts"], undone.json()["reverses"]) == (201, -1, twice[0].json()["id"])


def test_rest_suspends_and_resumes_a_card_and_no_other_state_is_asked_for(bank, api, manager):
    program = api(manager)
    lost = program.post(
        "/api/v1/gold-cards/", {"customer": "1001", "state": "suspended", "note": "Lost"}, format="json"
    )
    assert (lost.status_code, lost.json()["state"], lost.json()["cause"]) == (201, "suspended", "loss")
    found = program.post("/api/v1/gold-cards/", {"customer": "1001", "state": "valid"}, format="json")
    assert (found.status_code, found.json()["state"]) == (201, "valid")
    asked = program.post("/api/v1/gold-cards/", {"customer": "1001", "state": "withdrawn"}, format="json")
    assert asked.status_code == 400


def test_products_are_open_to_tiers_and_segments_at_their_best_rate(own, api, manager):
    for code, family in (("cd", "deposit"), ("loan", "loan"), ("fund", "fund")):
        ProductFactory(code=code, name=code, family=family)
    SegmentMembershipFactory(customer=own.customer, segment=SegmentFactory(code="rich"))
    products = [
        {"product": "cd", "tier": "gold", "rate": "0.0165"}, {"product": "cd", "segment": "rich", "rate": "0.0175"},
        {"product": "loan", "tier": "gold", "rate": "0.0395"}, {"product": "loan", "segment": "rich", "rate": "0.0385"},
        {"product": "fund", "tier": "platinum"},
    ]  # fmt: skip
    use(products=products)
    stand(own.customer, "gold")

    said = api(manager).get(f"/api/v1/customers/{own.customer.pk}/entitlements/").json()["products"]

    assert [(each["product"], each["rate"]) for each in said] == [("cd", "0.017500"), ("loan", "0.038500")]


def test_an_exception_is_proposed_on_the_page_and_its_end_too(bank, signed_in, manager, approver):
    client, today = signed_in(manager), timezone.localdate()
    address = f"/customers/{bank.customer.pk}/entitlements/override/"
    wrong = client.post(
        address,
        {
            "benefit": "lounge",
            "kind": "grant",
            "since": str(today),
            "last": str(today - timedelta(days=2)),
            "reason": "Kept",
        },
    )
    assert wrong.status_code == 422 and "must end after it starts" in wrong.content.decode()


@pytest.mark.parametrize("people", [1, 4])
def test_the_tab_costs_the_same_however_many_rights_there_are(bank, signed_in, manager, queries, people):
    rich = [CustomerFactory(number=f"R{n}", manager=manager) for n in range(people)]
    for each in rich:
        stand(each, "platinum")
    household(bank.customer, *rich)
    client = signed_in(manager)
    client.post(f"/customers/{bank.customer.pk}/entitlements/use/", typed())
    client.get(TAB.format(bank.customer.pk))
    with queries("customers:entitlements"):
        client.get(TAB.format(bank.customer.pk))
