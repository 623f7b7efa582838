"""The queue on pages and over REST: the desk, the wall, waiting times that add up, and the rules under four eyes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import approve
from crm.base.errors import RuleBroken
from crm.identity.models import Branch
from segmentation.models import Tier
from service.models import QueueNumber, QueueRules
from service.queue import simulating
from service.queue.proposals import KIND
from service.queue.rules import fairness_on, validate
from tests.factories import CounterFactory, QueueNumberFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_a_teller_gives_calls_serves_and_finishes_at_the_desk(gold, queue, counter, cash, teller, signed_in, queries):
    browser = signed_in(teller)
    page = browser.post("/queue/take/", {"kind": "cash", "text": gold.number})
    number = QueueNumber.objects.get()
    assert page.url == f"/queue/numbers/{number.pk}/ticket/" and "C001" in browser.get(page.url).text
    browser.post("/queue/take/", {"kind": "cash"})
    with queries("queue_desk"):
        shown = browser.get("/queue/").text
    assert "C002" in shown and "Gold" in shown and gold.name not in shown and "Call the next" in shown
    browser.post("/queue/next/")
    number.refresh_from_db()
    assert number.state == "called"
    shown = browser.get("/queue/").text
    assert "out of your reach" in shown and f"/customers/{gold.pk}/" not in shown
    browser.post(f"/queue/numbers/{number.pk}/serve/", {"version": number.version})
    stale = browser.post(f"/queue/numbers/{number.pk}/finish/", {"version": number.version}, follow=True)
    assert "changed this number" in stale.text
    browser.post(f"/queue/numbers/{number.pk}/finish/", {"version": number.version + 1})
    number.refresh_from_db()
    assert number.state == "served"
    with queries("queue_number"):
        assert "Being served" in browser.get(f"/queue/numbers/{number.pk}/").text


def test_a_wrong_document_gets_a_sentence_beside_its_field_and_keeps_what_was_typed(queue, counter, teller, signed_in):
    page = signed_in(teller).post("/queue/take/", {"kind": "cash", "text": "nobody-9"})
    assert page.status_code == 422 and "Nobody is known by this" in page.text and "nobody-9" in page.text
    assert not QueueNumber.objects.exists()


def test_the_wall_tells_numbers_and_counters_and_no_more(queue, counter, gold, client):
    QueueNumberFactory(queue=queue, called=True, counter=counter, customer=gold, serial=7, weight=1)
    QueueNumberFactory(queue=queue)
    url = reverse("queue_wall", args=[queue.wall_key])
    whole, rows = client.get(url), client.get(url, headers={"HX-Request": "true"})
    assert "C007" in whole.text and "every 3s" in whole.text and "<html" not in rows.text and "C007" in rows.text
    assert gold.name not in whole.text and "Gold" not in whole.text and "1 person waits" in rows.text
    assert client.get(reverse("queue_wall", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12])).status_code == 404


def test_the_figures_of_waiting_times_lead_to_numbers_that_add_up(
    queue, counter, gold, head, admin, signed_in, queries
):
    now = timezone.now()
    tier = Tier.objects.get(code="gold")
    for waited in (2, 4, 6):
        QueueNumberFactory(
            queue=queue, customer=gold, tier=tier, weight=1, taken_at=now, state="served", called_at=now + waited * MINUTE, ended_at=now + 9 * MINUTE
        )  # fmt: skip
    QueueNumberFactory.create_batch(2, queue=queue, taken_at=now)
    browser = signed_in(head)
    with queries("queue_waits"):
        page = browser.get("/queue-waits/")
    golden, unknown, whole = page.context["rows"]
    assert (golden["code"], golden["numbers"], golden["p50"]) == ("gold", 3, 4.0)
    assert round(float(golden["p90"]), 1) == 5.6
    assert (unknown["code"], unknown["waiting"]) == (None, 2)
    counts = [len(browser.get(row["url"]).context["table"].rows) for row in (golden, unknown, whole)]
    assert counts == [3, 2, 5] == [golden["numbers"], unknown["numbers"], whole["numbers"]]
    assert "href" not in str(signed_in(admin).get("/queue-waits/").context["rows"][0]["url"] or "")
    assert browser.get("/queue-waits/?day=1999-99-99").status_code == 200


def test_rules_are_proposed_with_a_simulated_day_and_hold_for_a_branch(admin, approver, east, signed_in, queries):
    browser = signed_in(admin)
    with queries("queue_rules"):
        assert "A simulated day" in browser.get("/queue-rules/").text
    typed = {"ageing": "0.5", "limit_minutes": "20", "branches": "EAST 1 10", "reason": "Long waits"}
    browser.post("/queue-rules/propose/", typed)
    proposal = Proposal.objects.get(kind="queue_rules")
    assert set(proposal.effect) == {"vip_wait", "other_wait", "longest_wait"}
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    today = timezone.localdate()
    assert fairness_on(today, east).limit == 10 * MINUTE and str(fairness_on(today, east).ageing) == "1"
    assert fairness_on(today, Branch(code="WEST")).limit == 20 * MINUTE
    assert "10 minutes" in browser.get("/queue-rules/").text
    page = browser.post("/queue-rules/propose/", typed | {"branches": "NOWHERE 1 10"})
    assert page.status_code == 422 and "There is no branch" in page.text
    page = browser.post("/queue-rules/propose/", typed | {"branches": "EAST 1"})
    assert page.status_code == 422 and "Line 1 is no branch" in page.text
    assert QueueRules.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"ageing": "0.1"}, "content"),
        ({"ageing": 0.1, "limit_minutes": 9, "branches": {}}, "ageing"),
        ({"ageing": "0", "limit_minutes": 9, "branches": {}}, "ageing"),
        ({"ageing": "NaN", "limit_minutes": 9, "branches": {}}, "ageing"),
        ({"ageing": "0.1", "limit_minutes": 0, "branches": {}}, "limit_minutes"),
        ({"ageing": "0.1", "limit_minutes": True, "branches": {}}, "limit_minutes"),
        ({"ageing": "0.1", "limit_minutes": 9, "branches": []}, "branches"),
        ({"ageing": "0.1", "limit_minutes": 9, "branches": {"EAST": {}}}, "branches.EAST"),
        ({"ageing": "0.1", "limit_minutes": 9, "branches": {"EAST": {"ageing": "x"}}}, "branches.EAST.ageing"),
    ],
)  # fmt: skip
def test_rules_that_say_nothing_sensible_are_refused_with_their_place(east, content, field):
    with pytest.raises(RuleBroken) as refusal:
        validate(content)
    assert refusal.value.field == field


def test_the_effect_of_a_proposal_is_what_the_page_shows(db):
    content = {"ageing": "0.1", "limit_minutes": 30, "branches": {}}
    vips, others = simulating.what_follows(simulating.Fairness(Decimal("0.1"), 30 * MINUTE))
    effect = KIND.simulate(content)
    assert effect["vip_wait"] == f"{vips.p50:.0f} / {vips.p90:.0f}"
    assert effect["longest_wait"] == f"{max(vips.longest, others.longest):.0f}"


def test_the_same_verbs_over_rest(gold, queue, counter, cash, teller, api):
    client = api(teller)
    made = client.post("/api/v1/queue/", {"branch": "EAST", "kind": "cash", "text": gold.number}, format="json")
    assert made.status_code == 201 and made.json()["customer"] is None
    assert (made.json()["tier"], made.json()["number"], made["ETag"]) == ("gold", "C001", '"1"')
    wrong = client.post("/api/v1/queue/", {"branch": "EAST", "kind": "cash", "text": "nobody-9"}, format="json")
    assert wrong.status_code == 409 and "text" in wrong.json()["errors"]
    called = client.post("/api/v1/queue/next/").json()
    assert (called["state"], called["counter"]) == ("called", 1)
    url = f"/api/v1/queue/{called['id']}/"
    assert client.post(f"{url}finish/", {"version": 1}, format="json").status_code == 409
    assert client.post(f"{url}no-show/", {"version": 2}, format="json").json()["state"] == "no_show"
    assert client.post("/api/v1/queue/next/").status_code == 204
    assert client.get("/api/v1/queue/?which=ended&tier=gold").json()["results"][0]["number"] == "C001"


def test_the_block_on_paper_is_printed_and_entered(queue, counter, teller, signed_in):
    browser = signed_in(teller)
    CounterFactory(queue=queue)
    assert "C801" in browser.get("/queue/paper/block/").text
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    browser.post("/queue/paper/", {"label": "C801", "taken_at": now})
    assert QueueNumber.objects.get().is_paper
    page = browser.post("/queue/paper/", {"label": "C801", "taken_at": now})
    assert page.status_code == 422 and "entered already" in page.text


def test_a_head_sets_up_the_branch_and_an_admin_the_kinds(east, head, admin, signed_in):
    signed_in(admin).post("/business-kinds/add/", {"code": "cash", "name": "Cash", "letter": "C", "is_offered": "on"})
    browser = signed_in(head)
    browser.post("/counters/queue/", {"is_open": "on", "paper_from": "801", "paper_until": "899"})
    browser.post("/counters/add/", {"number": "3", "kinds": ["cash"], "is_used": "on"})
    assert "Cash" in browser.get("/counters/").text
    page = browser.post("/counters/add/", {"number": "3", "kinds": ["cash"], "is_used": "on"})
    assert page.status_code == 422 and "There is a counter 3 already." in page.text
