from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from crm.base import context
from crm.identity.services import notify
from tests.factories import CustomerFactory, InteractionFactory

pytestmark = pytest.mark.django_db


def panels(answer) -> list[str]:
    return [one.panel.name for one in (*answer.context["wide"], *answer.context["cards"])]


@pytest.mark.parametrize(
    ("role", "some", "none"),
    [
        ("manager", {"book", "next_steps"}, {"runs", "audit"}),
        ("head", {"book", "runs"}, {"audit"}),
        ("admin", {"runs"}, {"book", "next_steps", "tiers"}),
        ("auditor", {"runs"}, {"next_steps"}),
        ("agency", set(), {"book", "next_steps", "tiers", "runs", "audit"}),
    ],
)
def test_home_is_by_role(role, some, none, request, own, signed_in):
    answer = signed_in(request.getfixturevalue(role)).get("/")
    assert some <= set(panels(answer))
    assert not none & set(panels(answer))


def test_the_counter_has_a_box_to_find_a_customer(teller, manager, signed_in):
    assert b'id="find-text"' in signed_in(teller).get("/").content
    assert b'id="find-text"' not in signed_in(manager).get("/").content


def test_next_steps_are_ones_own_due_within_a_week_and_unanswered(manager, manager2, signed_in):
    today = timezone.localdate()
    now = timezone.now()
    mine, late, theirs, answered = CustomerFactory.create_batch(4, manager=manager)
    due = InteractionFactory(customer=mine, by=manager, at=now, next_on=today + timedelta(days=7))
    InteractionFactory(customer=late, by=manager, at=now, next_on=today + timedelta(days=8))
    InteractionFactory(customer=theirs, by=manager2, at=now, next_on=today)
    InteractionFactory(customer=answered, by=manager, at=now - timedelta(days=9), next_on=today)
    InteractionFactory(customer=answered, by=manager2, at=now)
    answer = signed_in(manager).get("/")
    steps = next(one.context["steps"] for one in answer.context["cards"] if one.panel.name == "next_steps")
    assert list(steps) == [due]


def test_the_frame_costs_at_most_two_queries(manager, signed_in, queries):
    notify(users=[manager], text="x")
    client = signed_in(manager)
    with queries("search"):
        client.get("/search/")
    with queries("home"):
        client.get("/")


@pytest.mark.parametrize(("moment", "late"), [("2026-11-23T05:59", False), ("2026-11-23T06:00", True)])
def test_figures_are_late_once_the_night_should_have_run(moment, late, rf, manager, monkeypatch):
    said = {"data_date": ["DATE '2026-11-21'"]}
    monkeypatch.setattr(context, "contributions", lambda slot: said.get(slot, []))
    request = rf.get("/")
    request.user = manager
    with time_machine.travel(f"{moment}:00+08:00", tick=False):
        assert context.Frame(request).is_late is late


@pytest.mark.parametrize("role", ["manager", "teller", "agent", "head", "admin", "approver", "auditor", "agency"])
def test_the_menu_holds_nothing_that_is_closed(role, request, signed_in):
    client = signed_in(request.getfixturevalue(role))
    groups = client.get("/").context["frame"].navigation
    links = [link.url for group in groups for link in group.links]
    assert {url: client.get(url).status_code for url in links} == dict.fromkeys(links, 200)
