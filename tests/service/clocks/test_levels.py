"""Service levels: what they may hold, that they change under four eyes, and the doors to them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.errors import RuleBroken
from segmentation.services.policies import apply_policy
from service.clocks.calendars import spans_on
from service.clocks.definition import Levels
from service.clocks.versions import STANDARD, levels_on
from service.models import ServiceLevels
from tests.factories import TierFactory
from tests.service.clocks.bank import DAY, OFFICE, SLA, content

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"more": 1}, "service_levels.more"),
        ({"calendars": [OFFICE | {"hours": {}}]}, "service_levels.calendars[0].hours"),
        ({"calendars": [OFFICE | {"hours": {"mon": [["12:00", "09:00"]]}}]}, "service_levels.calendars[0].hours.mon"),
        ({"calendars": [OFFICE | {"hours": {"mon": [["9", "12:00"]]}}]}, "service_levels.calendars[0].hours.mon"),
        ({"calendars": [OFFICE | {"zone": "Shanghai"}]}, "service_levels.calendars[0].zone"),
        ({"calendars": [OFFICE | {"holidays": "XX"}]}, "service_levels.calendars[0].holidays"),
        ({"calendars": [OFFICE | {"code": "24x7"}]}, "service_levels.calendars[0].code"),
        ({"priorities": []}, "service_levels.priorities"),
        ({"priorities": [{"tiers": ["gold"], "priority": "high"}]}, "service_levels.priorities"),
        ({"priorities": [{"priority": "soon"}]}, "service_levels.priorities[0].priority"),
        ({"slas": [SLA | {"kinds": ["complaint"]}]}, "service_levels.slas"),
        ({"slas": [SLA | {"calendar": "night"}]}, "service_levels.slas[0].calendar"),
        ({"slas": [SLA | {"first_response_minutes": 0}]}, "service_levels.slas[0].first_response_minutes"),
        ({"slas": [SLA | {"solution_minutes": 30}]}, "service_levels.slas[0].solution_minutes"),
        ({"slas": [SLA | {"when": {"field": "shoes"}}, SLA]}, "service_levels.slas[0].when.field"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(said, path) -> None:
    with pytest.raises(RuleBroken) as refused:
        Levels.parse(content() | said)
    assert refused.value.field == path


def test_a_desk_that_hardly_works_may_not_promise_what_takes_years() -> None:
    desk = OFFICE | {"hours": {"sun": [["09:00", "09:05"]]}}
    with pytest.raises(RuleBroken, match="two years"):
        Levels.parse(content(calendars=[desk], slas=[SLA | {"calendar": "office"}]))


@pytest.mark.parametrize(
    ("day", "spans"),
    [("2026-02-13", 2), ("2026-02-14", 2), ("2026-02-21", 0), ("2026-02-17", 0), ("2026-03-07", 0)],
)
def test_holidays_are_free_and_the_weekends_that_make_up_for_them_are_not(day, spans) -> None:
    desk = Levels.parse(content()).calendars["office"]
    assert len(spans_on(desk, type(DAY).fromisoformat(day))) == spans


def test_a_policy_file_says_targets_as_the_interface_has_them() -> None:
    line = {"when": {}, "first_response_minutes": 60, "solution_minutes": 1440, "calendar": "24x7"}
    apply_policy(content={"effective_from": str(DAY), "slas": [line]}, by="setup")
    assert [each.target.first_response.seconds for each in levels_on(DAY).slas] == [3600]
    assert ServiceLevels.objects.get().content["priorities"] == STANDARD["priorities"]
    with pytest.raises(RuleBroken) as refused:
        apply_policy(content={"slas": [line | {"calendar": "office"}]}, by="setup")
    assert refused.value.field == "slas[0].calendar"
    with pytest.raises(RuleBroken, match="no scheme has a tier"):
        apply_policy(content={"slas": [line | {"tiers": ["lead"]}, line]}, by="setup")


def test_a_version_needs_somebody_else_and_never_changes(admin, approver) -> None:
    proposal = propose(kind="service_levels", content=content(), title="Hours", reason="Calm", by=admin)
    with pytest.raises(RuleBroken, match="what they proposed"):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=admin)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    version = ServiceLevels.objects.get()
    assert version.proposal == proposal and "office" in levels_on(version.effective_from).calendars
    with pytest.raises(RuleBroken, match="in force already"):
        propose(kind="service_levels", content=content(), title="Again", reason="Calm", by=admin)
    with pytest.raises(RuleBroken, match="proposal alone"):
        apply_policy(content={"slas": [SLA]}, by="setup")
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceLevels.objects.filter(pk=version.pk).update(content={})


def test_one_that_is_approved_after_its_day_begins_on_the_day_of_the_approval(admin, approver) -> None:
    wished, at = timezone.localdate() + timedelta(days=2), timezone.now() + timedelta(days=5)
    said = {"content": content(), "title": "Hours", "reason": "Calm"}
    proposal = propose(kind="service_levels", effective_from=wished, by=admin, **said)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver, at=at)
    assert ServiceLevels.objects.get().effective_from == timezone.localdate(at)


def test_an_admin_writes_them_in_a_form_that_loses_nothing(admin, signed_in) -> None:
    TierFactory(gold=True)
    browser = signed_in(admin)
    typed = {
        "calendar-0-here": "1", "calendar-0-code": "office", "calendar-0-name": "Office",
        "calendar-0-hours-mon": "09:00-12:00，13:00–17:30",
        "priority-0-here": "1", "priority-0-priority": "urgent", "priority-0-tiers": ["gold"],
        "priority-1-here": "1", "priority-1-priority": "normal",
        "sla-0-here": "1", "sla-0-name": "All", "sla-0-first_response_minutes": "60", "sla-0-calendar": "office",
        "reason": "Because",
    }  # fmt: skip
    refused = browser.post("/service-levels/propose/", typed | {"do": "propose"})
    assert refused.status_code == 422 and "09:00-12:00, 13:00-17:30" in refused.text and "Because" in refused.text
    assert 'href="#sla-0"' in refused.text and not Proposal.objects.exists()
    added = browser.post("/service-levels/propose/", typed | {"do": "add:sla-0-when"})
    assert "sla-0-when" in added.text and "Because" in added.text
    browser.post("/service-levels/propose/", typed | {"do": "propose", "sla-0-solution_minutes": "600"})
    proposal = Proposal.objects.get()
    assert proposal.content["calendars"][0]["hours"] == {"mon": [["09:00", "12:00"], ["13:00", "17:30"]]}
    page = browser.get("/service-levels/").text
    assert "A change waits for approval" in page


def test_the_page_tells_what_holds_and_each_version(admin, signed_in, queries) -> None:
    apply_policy(content={"effective_from": str(DAY), "slas": content()}, by="setup")
    browser = signed_in(admin)
    browser.get("/service-levels/")
    with queries("service_levels"):
        page = browser.get("/service-levels/").text
    assert "Mon 09:00–12:00, 13:00–17:30" in page and "1. Every ticket" in page and "16 h" in page
    version = ServiceLevels.objects.get()
    assert "Calendar Office hours" in browser.get(f"/service-levels/{version.pk}/").text
