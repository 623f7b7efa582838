"""A contact plan: what it may say, that somebody else approves it, and that a version never changes."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from crm.approvals.services import approve, propose
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from managers.cadence.plan import Plan, plan_of
from managers.cadence.publishing import publish_plan
from managers.cadence.runs import carry_on, unfinished
from managers.models import ContactPlan, DueContact
from tests.factories import ContactPlanFactory, CustomerFactory, TierFactory, TierPeriodFactory

pytestmark = pytest.mark.django_db
GOLD = {"tier": "gold", "every": 90, "unit": "days"}
PAGE = "/contact-plan/propose/"
FORM = {
    "gold.every": "60",
    "gold.unit": "days",
    "mass.unit": "days",
    "doubled_days": "90",
    "late_days": "3",
    "reason": "Too rare",
}


@pytest.fixture(autouse=True)
def tiers():
    return TierFactory(), TierFactory(gold=True)


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ([], "contact_plan"),
        ({"lines": []}, "contact_plan.lines"),
        ({"lines": [GOLD | {"every": 0}]}, "contact_plan.lines[0].every"),
        ({"lines": [GOLD | {"every": True}]}, "contact_plan.lines[0].every"),
        ({"lines": [GOLD | {"unit": "months", "every": 37}]}, "contact_plan.lines[0].every"),
        ({"lines": [GOLD | {"unit": "weeks"}]}, "contact_plan.lines[0].unit"),
        ({"lines": [GOLD, GOLD]}, "contact_plan.lines[1].tier"),
        ({"lines": [GOLD | {"executive_months": -1}]}, "contact_plan.lines[0].executive_months"),
        ({"lines": [GOLD | {"colour": "red"}]}, "contact_plan.lines[0].colour"),
        ({"lines": [GOLD], "doubled_days": "x"}, "contact_plan.doubled_days"),
        ({"lines": [GOLD], "late_days": 367}, "contact_plan.late_days"),
    ],
)
def test_what_is_no_plan_is_refused_with_the_path(content, path):
    with pytest.raises(RuleBroken) as refusal:
        Plan.parse(content)
    assert refusal.value.field == path


def test_a_tier_that_no_scheme_has_is_refused(admin):
    with pytest.raises(RuleBroken, match="no scheme has a tier"):
        propose(kind="contact_plan", content={"lines": [GOLD | {"tier": "tin"}]}, title="Plan", reason="Why", by=admin)


def test_a_line_is_said_in_words():
    line = plan_of({"lines": [GOLD | {"executive_months": 6, "site_months": 1}]}).lines[0]
    assert line.said == "every 90 days; an executive visits every 6 months; companies are visited every 1 month"


def test_somebody_else_approves_and_what_is_due_follows_as_a_run(admin, approver):
    customer = CustomerFactory()
    TierPeriodFactory(customer=customer, gold=True)
    made = propose(kind="contact_plan", content={"lines": [GOLD]}, title="Plan", reason="Too rare", by=admin)
    assert made.effect == {"customers": 1} and not ContactPlan.objects.exists()
    approve(proposal=made, by=approver, at=timezone.now(), content_hash=made.content_hash)
    version = ContactPlan.objects.get()
    assert (version.number, version.effective_from, version.proposal) == (1, timezone.localdate(), made)
    assert not DueContact.objects.exists()
    (run,) = unfinished()
    assert (run.status, run.started_by, run.parameters) == ("queued", approver, {"plan": 1})
    carry_on(run)
    assert DueContact.objects.get().customer == customer
    assert Event.objects.filter(action="contact_plan.published").exists()
    with pytest.raises(RuleBroken, match="in force already"):
        propose(kind="contact_plan", content={"lines": [GOLD]}, title="Plan", reason="Again", by=admin)


def test_a_plan_does_not_begin_in_the_past(admin):
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(RuleBroken) as refusal:
        propose(
            kind="contact_plan", content={"lines": [GOLD]}, title="P", reason="W", by=admin, effective_from=yesterday
        )
    assert refusal.value.field == "effective_from"


def test_one_that_is_approved_after_its_day_begins_on_the_day_of_the_approval(admin, approver):
    wished, at = timezone.localdate() + timedelta(days=2), timezone.now() + timedelta(days=5)
    said = {"content": {"lines": [GOLD]}, "title": "Plan", "reason": "Too rare"}
    made = propose(kind="contact_plan", effective_from=wished, by=admin, **said)
    approve(proposal=made, by=approver, at=at, content_hash=made.content_hash)
    assert ContactPlan.objects.get().effective_from == timezone.localdate(at)


def test_once_one_was_approved_the_database_wants_a_proposal(admin, approver):
    made = propose(kind="contact_plan", content={"lines": [GOLD]}, title="Plan", reason="Too rare", by=admin)
    approve(proposal=made, by=approver, at=timezone.now(), content_hash=made.content_hash)
    with pytest.raises(DatabaseError, match="by proposal alone"), transaction.atomic():
        publish_plan(content={"lines": [GOLD | {"every": 60}]}, by="test", day=date(2099, 1, 1))


def test_a_version_never_changes():
    version = ContactPlanFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        ContactPlan.objects.filter(pk=version.pk).update(number=9)


def test_the_version_of_a_day_holds():
    first, second = ContactPlanFactory(), ContactPlanFactory(effective_from=date(2026, 3, 1))
    found = [ContactPlan.objects.in_force(date(*day)) for day in ((2025, 12, 31), (2026, 2, 28), (2026, 3, 1))]
    assert found == [None, first, second]


def test_an_admin_proposes_it_on_a_page_and_everybody_reads_it(admin, approver, manager, signed_in):
    client = signed_in(admin)
    assert 'value="90"' in client.get(PAGE).content.decode()  # what is usual for gold
    wrong = client.post(PAGE, FORM | {"gold.every": "", "gold.site_months": "12"})
    assert wrong.status_code == 422 and "Say how often somebody speaks" in wrong.content.decode()
    assert "At most 36." in client.post(PAGE, FORM | {"gold.unit": "months"}).content.decode()
    done = client.post(PAGE, FORM, follow=True).content.decode()
    assert "every 60 days" in done and "1" in done
    made = ContactPlan.objects.count(), manager
    assert made[0] == 0 and "waits for approval" in signed_in(manager).get("/contact-plan/").content.decode()
