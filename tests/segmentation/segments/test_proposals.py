"""From a template over a draft and somebody else's yes to a segment that the next night fills."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from segmentation.models import PolicyDraft, Segment, SegmentVersion
from segmentation.services.simulations import open_simulation
from tests.segmentation.night.bank import customer_with, nights, policy
from tests.segmentation.segments.bank import periods, segment, use
from tests.segmentation.segments.test_night import D1, D2, OPEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db: None) -> None:
    policy(("mass", None, 0))
    customer_with({D1: "5000"}, number="A")
    customer_with({D1: "5"}, number="B")
    nights(D1, D1)


def proposed(admin, **changed) -> Proposal:
    content = segment(**changed)
    return propose(kind="segment", content=content, title="Rich", reason="To tell them apart", by=admin)


def test_what_is_approved_is_what_the_next_night_fills(bank, admin, approver):
    proposal = proposed(admin)
    assert proposal.effect == {"picked": 1, "customers": 2, "members_before": 0, "data_date": str(D1)}
    assert proposal.what.sentences(proposal) == (
        "Segment “Rich”, from the next night on: the first version.",
        "It picks 1 customer; members now: 0.",
    )

    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    nights(D2, D2)

    assert periods("rich") == [("A", D2, OPEN)]
    assert Segment.objects.get().versions.get().proposal == proposal


def test_a_change_says_what_differs_and_is_built_on_the_version_in_force(bank, admin, approver):
    use(segment())
    proposal = proposed(admin, when={"field": "balance", "op": ">=", "value": "2000"}, priority=3)

    assert proposal.base_version == "segment:rich:1"
    assert "Priority; Rule" in proposal.what.sentences(proposal)[0]


def test_a_segment_changed_meanwhile_makes_the_proposal_stale(bank, admin, approver):
    use(segment())
    nights(D2, D2)
    proposal = proposed(admin, priority=3)
    use(segment(priority=4))

    with pytest.raises(RuleBroken):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)


def test_a_segment_may_speak_of_one_that_begins_with_it(bank, admin):
    use(segment("later"), start=date(2027, 6, 1))
    content = segment("both", {"any": [{"field": "segment", "op": "=", "value": "later"}]})
    asked = {"kind": "segment", "content": content, "title": "-", "reason": "-", "by": admin}

    proposal = propose(effective_from=date(2027, 6, 1), **asked)

    assert "picked" not in proposal.effect
    with pytest.raises(RuleBroken, match="no segment in use is called “later”"):
        propose(effective_from=date(2027, 5, 1), **asked)


def test_what_nobody_meets_is_refused_when_it_is_proposed(bank, admin):
    with pytest.raises(RuleBroken, match="no customer meets") as refused:
        proposed(admin, when={"field": "balance", "op": ">", "value": "99999"})
    assert refused.value.field == "segment.when"


def test_after_an_approved_segment_policies_change_by_proposal_alone(bank, admin, approver):
    proposal = proposed(admin)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)

    with pytest.raises(RuleBroken, match="by proposal alone"):
        use(segment("other"))
    content = segment("forged")
    owner = Segment.objects.create(code="forged", name="Forged", priority=1)
    with pytest.raises(IntegrityError, match="by proposal alone"), transaction.atomic():
        SegmentVersion.objects.create(
            segment=owner, number=1, effective_from=D2, content=content, content_hash=digest(content)
        )


def test_a_template_becomes_a_draft_that_counts_and_is_proposed(bank, admin, signed_in):
    client = signed_in(admin)

    begun = client.post("/segments/new/", {"start": "starter:affluent"})
    draft = PolicyDraft.objects.get()
    assert begun.status_code == 302 and draft.kind == PolicyDraft.Kind.SEGMENT
    posted = {"segment-code": "affluent", "segment-name": "Affluent", "segment-priority": "10", "do": "look",
              "when-kind": "all", "when-0-kind": "test", "when-0-field": "balance", "when-0-op": ">=",
              "when-0-value": "1000", "when-0-unknown": "false"}  # fmt: skip
    saved = client.post(f"/drafts/{draft.pk}/edit/", posted)
    page = client.get(f"/drafts/{draft.pk}/").content.decode()

    assert saved.status_code == 302 and "ready to propose" in page and "Balance is at least 1,000.00" in page
    answer = client.post(f"/drafts/{draft.pk}/propose/", {"title": "Affluent", "reason": "Asked for"})
    assert answer.status_code == 302 and Proposal.objects.get().kind == "segment"


def test_a_draft_shows_each_wrong_place_beside_its_field(bank, admin, signed_in):
    client = signed_in(admin)
    client.post("/segments/new/", {"start": "segment"})
    draft = PolicyDraft.objects.get()
    posted = {"segment-code": "Bad code", "segment-name": "", "segment-priority": "x", "do": "save",
              "when-kind": "test", "when-field": "balance", "when-op": ">=", "when-value": "", "when-unknown": "false"}  # fmt: skip

    page = client.post(f"/drafts/{draft.pk}/edit/", posted).content.decode()

    for sentence in ("A code of up to 32", "A text of 1 to 80", "A whole number from 1", "Type a value."):
        assert sentence in page, sentence
    draft.refresh_from_db()
    assert draft.content["code"] == "Bad code"


def test_a_draft_of_a_circle_says_so_where_the_rule_is(bank, admin, signed_in):
    use(segment("a"), segment("b", {"field": "segment", "op": "=", "value": "a"}))
    client = signed_in(admin)
    client.post("/segments/new/", {"start": "segment:a"})
    draft = PolicyDraft.objects.get()
    posted = {"segment-code": "a", "segment-name": "A", "do": "save", "when-kind": "test", "when-field": "segment",
              "when-op": "=", "when-value": "b", "when-unknown": "false"}  # fmt: skip

    page = client.post(f"/drafts/{draft.pk}/edit/", posted).content.decode()

    assert "a → b → a" in page and draft.base == 1


def test_a_segment_alone_is_not_tried(bank):
    with pytest.raises(RuleBroken, match="Only a tier scheme or a waiver policy"):
        open_simulation(draft={"segments": [segment()]}, by="test")
