"""Rules that change by proposal: on what they build, from when they hold, and one after the other."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.errors import RuleBroken
from managers.models import ResourceTerms
from managers.models.resource_terms import KIND
from managers.requests.terms import RULES
from tests.at_once import at_once
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def proposed(admin, up_to, wished=None, at=None) -> Proposal:
    limits = [{"role": "head", "level": "", "kind": "quota", "up_to": up_to}]
    return propose(
        kind=KIND, content={"floors": [], "limits": limits}, title="Terms", reason="New", by=admin, effective_from=wished,
        at=at or timezone.now(),
    )  # fmt: skip


def approved(proposal, by) -> ResourceTerms:
    return approve(proposal=proposal, content_hash=proposal.content_hash, by=by)


def test_a_version_that_is_approved_after_its_day_holds_from_the_approval(admin, approver, time_machine):
    today = timezone.localdate()
    late = proposed(admin, "5", today + timedelta(1))
    time_machine.move_to(timezone.now() + timedelta(days=3))
    version = approved(late, approver)
    assert version.effective_from == today + timedelta(3)
    assert RULES.version_on(today + timedelta(2)) is None


def test_a_version_that_came_between_overtakes_one_whose_day_has_passed(admin, approver, time_machine):
    today = timezone.localdate()
    late = proposed(admin, "5", today + timedelta(1))
    time_machine.move_to(timezone.now() + timedelta(days=2))
    approved(proposed(admin, "7"), approver)
    with pytest.raises(RuleBroken) as refused:
        approved(late, approver)
    assert refused.value.code == "stale"
    assert RULES.content_on(today + timedelta(9))["limits"][0]["up_to"] == "7"


def test_what_is_in_force_is_not_proposed_again(admin, approver):
    approved(proposed(admin, "5"), approver)
    with pytest.raises(RuleBroken, match="in force already"):
        proposed(admin, "5")


@pytest.mark.django_db(transaction=True)
def test_of_two_on_one_base_that_are_approved_at_once_one_is_overtaken(admin):
    made = [proposed(admin, up_to) for up_to in ("5", "7")]
    approvers = [UserFactory(approver=True) for _ in made]
    wrong = at_once([partial(approved, *pair) for pair in zip(made, approvers, strict=True)])
    assert [getattr(each, "code", each) for each in wrong] == ["stale"]
    assert ResourceTerms.objects.count() == 1
