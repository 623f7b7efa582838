"""The pages and the REST doors of assigning."""

import pytest

from customers.models import Customer
from managers.assigning.nights import carry_on, open_trial
from managers.models import MoveSuggestion
from tests.factories import AssignmentRunFactory, BookChangeFactory, MoveSuggestionFactory, UserFactory
from tests.managers.assigning.bank import DAY, customers, managers
from tests.segmentation.changes.bank import published

pytestmark = pytest.mark.django_db


def moves(east, count: int) -> list[MoveSuggestion]:
    full, empty = managers(east, 2)
    return [MoveSuggestionFactory(customer=each, taker=empty) for each in customers(east, count, manager=full)]


def test_a_head_decides_one_by_one_and_all_at_once(east, head, signed_in, queries) -> None:
    first, second, *_rest = moves(east, 4)
    MoveSuggestionFactory()
    browser = signed_in(head)
    browser.get("/move-suggestions/")
    with queries("move_suggestions"):
        listed = browser.get("/move-suggestions/?state=open")
    assert len(listed.context["table"].rows) == 4
    page = browser.get(f"/move-suggestions/{first.pk}/").text
    assert "Their manager carries far more than the team" in page
    browser.post(f"/move-suggestions/{first.pk}/", {"decision": "approve", "version": "1"})
    refused = browser.post(f"/move-suggestions/{second.pk}/", {"decision": "refuse", "version": "1"})
    assert refused.status_code == 422 and "Say why." in refused.text
    form = browser.get("/move-suggestions/approve/")
    assert "Move 3 customers" in form.text
    seen = form.context["form"].initial["seen"]
    browser.post(f"/move-suggestions/{second.pk}/", {"decision": "refuse", "version": "1", "reason": "Stays"})
    stale = browser.post("/move-suggestions/approve/", {"seen": seen})
    assert stale.status_code == 422 and MoveSuggestion.objects.filter(state="approved").count() == 1
    again = browser.get("/move-suggestions/approve/").context["form"].initial["seen"]
    assert browser.post("/move-suggestions/approve/", {"seen": again}).status_code == 302
    assert Customer.objects.filter(manager=first.taker).count() == 3
    assert browser.post("/move-suggestions/approve/", {"seen": "a:b"}).status_code == 422


def test_over_rest_a_move_is_decided_against_the_version_that_was_read(east, head, api) -> None:
    move = moves(east, 1)[0]
    client, url = api(head), f"/api/v1/move-suggestions/{move.pk}/"
    assert client.post(f"{url}approve/", {"version": 7}).status_code == 409
    assert client.post(f"{url}refuse/", {"version": 1}).status_code == 400
    answer = client.post(f"{url}approve/", {"version": 1})
    assert (answer.status_code, answer.data["state"], answer.data["decided_by"]) == (200, "approved", "head")
    far = MoveSuggestionFactory()
    assert client.post(f"/api/v1/move-suggestions/{far.pk}/approve/", {"version": 1}).status_code == 404


def test_a_preview_is_asked_for_watched_and_read_within_reach(east, head, signed_in, api, queries) -> None:
    managers(east, 2)
    customers(east, 5)
    published(DAY)
    browser = signed_in(head)
    asked = browser.post("/assignment-runs/new/")
    assert "You can leave this page" in browser.get(asked.url).text
    run = open_trial(by=head)
    carry_on(run)
    BookChangeFactory(run=run, manager=UserFactory(manager=True, name="Far away"))
    browser.get(f"/assignment-runs/{run.pk}/")
    with queries("assignment_run"):
        page = browser.get(f"/assignment-runs/{run.pk}/").text
    assert "Would be assigned: 5." in page and "Rmeast0" in page and "Far away" not in page
    fragment = browser.get(f"/assignment-runs/{run.pk}/progress/", headers={"HX-Request": "true"})
    assert fragment.headers["HX-Refresh"] == "true"
    client = api(head)
    told = client.get(f"/api/v1/assignment-runs/{run.pk}/").data
    assert told["is_preview"] and {book["load_after"] for book in told["books"]} == {2, 3}
    begun = client.post("/api/v1/assignment-runs/")
    assert (begun.status_code, begun.data["status"]) == (201, "queued")


def test_the_list_tells_nights_and_previews(head, signed_in, queries) -> None:
    AssignmentRunFactory(), AssignmentRunFactory(parameters={"is_trial": True, "threshold": 20})
    browser = signed_in(head)
    browser.get("/assignment-runs/")
    with queries("assignment_runs"):
        page = browser.get("/assignment-runs/").text
    assert "Night" in page and "Preview" in page
