"""The rules that say who is managed: what they may hold, whom they pick, and that they change under four eyes."""

import pytest
from django.db import DatabaseError, transaction

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.errors import RuleBroken
from segmentation.managed.definition import Assigning
from segmentation.managed.versions import assigning_on
from segmentation.models import AssignmentPolicy, PolicyDraft
from segmentation.services.policies import apply_policy
from tests.factories import BranchFactory, TeamFactory
from tests.segmentation.changes.bank import published
from tests.segmentation.managed.bank import DAY, GOLD, picks, policy, stands, tiers

pytestmark = pytest.mark.django_db
RICH = {"name": "Rich", "when": {"field": "balance", "op": ">=", "value": "1000"}}


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ({"weight": []}, "assignment_policy.weight"),
        ({"weights": [{"tier": "gold", "weight": 0}]}, "assignment_policy.weights[0].weight"),
        ({"weights": [{"tier": "gold", "weight": 1}] * 2}, "assignment_policy.weights[1].tier"),
        ({"rules": [{"tiers": ["gold"]}]}, "assignment_policy.rules[0].name"),
        ({"rules": [GOLD | {"team": "a", "branch": "b"}]}, "assignment_policy.rules[0].team"),
        ({"rules": [GOLD | {"when": {"field": "shoes"}}]}, "assignment_policy.rules[0].when.field"),
        ({"max_moves": -1}, "assignment_policy.max_moves"),
        ({"threshold": 0}, "assignment_policy.threshold"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(content, path) -> None:
    with pytest.raises(RuleBroken) as refused:
        Assigning.parse(content)
    assert refused.value.field == path


def test_the_first_rule_that_picks_speaks_and_whom_none_picks_is_not_managed() -> None:
    found = tiers("gold", "private", "mass")
    rich, gold, private, poor = (
        stands(found["mass"], "5000"), stands(found["gold"], "5000"), stands(found["private"]), stands(found["mass"]),
    )  # fmt: skip
    said = picks(GOLD, RICH, {"name": "Private", "tiers": ["private"]})
    assert said == {gold: (0, 1), rich: (1, 1), private: (2, 8), poor: (None, 1)}


def test_who_has_left_is_not_asked_and_who_cannot_be_judged_is_neither() -> None:
    found = tiers("gold")
    unknown = stands(found["gold"])
    stands(found["gold"], status="closed")
    rule = {"name": "Loans", "when": {"field": "loan_balance", "op": ">", "value": "5", "unknown": "error"}}
    assert picks(rule) == {unknown: (-1, 1)}


def test_until_a_version_holds_the_managed_tiers_are_looked_after_by_their_branch() -> None:
    tiers("gold", "private")
    assert assigning_on(DAY).weights == {"gold": 1, "platinum": 2, "diamond": 4, "private": 8}
    policy(GOLD)
    assert [rule.name for rule in assigning_on(DAY).rules] == ["Gold"]


@pytest.mark.parametrize("own", [{"team": "nobody"}, {"branch": "NOWHERE"}, {"tiers": ["lead"]}])
def test_only_what_the_bank_has_is_named(own) -> None:
    tiers("gold", "private")
    with pytest.raises(RuleBroken, match=r"code|tier"):
        policy(GOLD | own)
    assert not AssignmentPolicy.objects.exists()


def test_a_version_needs_somebody_else_and_never_changes(admin, approver) -> None:
    stands(tiers("gold", "private")["gold"])
    content = policy(GOLD) | {"max_moves": 7}
    published(DAY)
    proposal = propose(kind="assignment_policy", content=content, title="Fewer moves", reason="Calm", by=admin)
    assert proposal.effect["managed_after"] == 1
    with pytest.raises(RuleBroken, match="what they proposed"):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=admin)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    version = AssignmentPolicy.objects.get(number=2)
    assert version.proposal == proposal and assigning_on(version.effective_from).max_moves == 7
    with pytest.raises(RuleBroken, match="proposal alone"):
        apply_policy(content={"assignment_policy": content | {"max_moves": 9}}, by="setup")
    with pytest.raises(DatabaseError), transaction.atomic():
        AssignmentPolicy.objects.filter(pk=version.pk).update(content={})


def test_a_draft_is_written_in_the_studio_counted_and_proposed(admin, signed_in) -> None:
    published(DAY)
    stands(tiers("gold", "private")["gold"])
    BranchFactory(code="MAIN"), TeamFactory(code="wealth")
    browser = signed_in(admin)
    browser.post("/drafts/new/", {"start": "assigning"})
    draft = PolicyDraft.objects.get()
    typed = {
        "assigning-max_moves": "5",
        "weight-0-here": "1", "weight-0-tier": "gold", "weight-0-weight": "3",
        "rule-0-here": "1", "rule-0-name": "Gold", "rule-0-tiers": ["gold"], "rule-0-team": "wealth",
        "rule-1-here": "1", "rule-1-name": "",
    }  # fmt: skip
    page = browser.post(f"/drafts/{draft.pk}/edit/", typed | {"do": "save"})
    assert page.status_code == 200
    draft.refresh_from_db()
    assert draft.content["rules"][0] == {"name": "Gold", "tiers": ["gold"], "team": "wealth"}
    assert "thing to put right" in browser.get(f"/drafts/{draft.pk}/").text
    browser.post(f"/drafts/{draft.pk}/edit/", typed | {"do": "rule-remove:1"})
    shown = browser.get(f"/drafts/{draft.pk}/").text
    assert "ready to propose" in shown and "team Team" in shown and ">3<" in shown
    browser.post(f"/drafts/{draft.pk}/propose/", {"title": "Gold", "reason": "Team"})
    proposal = Proposal.objects.get()
    assert proposal.effect["managed_after"] == 1 and proposal.effect["load_after"] == 3


def test_the_page_tells_the_policy_and_numbers_only_to_who_may_count(admin, head, signed_in, queries) -> None:
    stands(tiers("gold", "private")["gold"])
    policy(GOLD)
    published(DAY)
    browser = signed_in(admin)
    browser.get("/assignment-policies/")
    with queries("assignment_policies"):
        page = browser.get("/assignment-policies/").text
    assert "1. Gold" in page and "managers of their own branch" in page and "whole book" in page
    assert "whole book" not in signed_in(head).get("/assignment-policies/").text
    version = AssignmentPolicy.objects.get()
    assert "Rule 1, Gold" in browser.get(f"/assignment-policies/{version.pk}/").text
