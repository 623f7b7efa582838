from datetime import timedelta

import pytest
from django.utils import timezone

from crm.approvals.checkers import checkers_of
from crm.approvals.models import Proposal
from crm.approvals.services import (
    appoint_deputy,
    approve,
    approve_many,
    end_deputy,
    escalate,
    expire,
    propose,
    refuse,
    remind,
    withdraw,
)
from crm.audit.models import Event
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from crm.identity.models import Notification, Reach
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def yes(proposal, by, **more):
    return approve(proposal=proposal, content_hash=proposal.content_hash, by=by, **more)


def test_a_proposal_holds_content_hash_base_and_effect(make, admin):
    made = make(door="front", cost="12.50")
    assert made.content == {"door": "front", "cost": "12.50"}
    assert (made.content_hash, made.base_version) == (digest(made.content), "door:1")
    assert (made.effect, str(made.amount), made.currency) == ({"People": 3}, "12.50", "CNY")
    assert (made.maker, made.status, made.expires_at - made.made_at) == (admin, "open", timedelta(days=7))
    assert Event.objects.get(action="proposal.made").data["hash"] == made.content_hash


def test_the_effect_of_a_simulation_is_kept_as_it_was_given(make):
    assert make(effect={"movers": 7}).effect == {"movers": 7}


def test_what_is_wrong_is_refused_beside_its_field(make, admin, teller):
    for broken, field in [({"window": 1}, "door"), ({"title": " "}, "title"), ({"reason": ""}, "reason"),
                          ({"kind": "gate"}, "kind"), ({"by": teller}, "kind")]:  # fmt: skip
        with pytest.raises(RuleBroken) as refusal:
            make(**broken)
        assert refusal.value.field == field


def test_approval_takes_effect_once(make, door, approver):
    made = make()
    assert yes(made, approver, reason="Fine") == "front"
    assert door.opened == [{"door": "front"}]
    assert (made.status, made.checker, made.decision_reason) == ("approved", approver, "Fine")
    with pytest.raises(RuleBroken, match="no longer open"):
        yes(made, UserFactory(approver=True))
    assert len(door.opened) == 1


def test_nobody_approves_what_they_proposed(make, door, approver):
    made = make(by=approver)
    with pytest.raises(RuleBroken, match="Nobody decides what they proposed"):
        yes(made, approver)
    assert not door.opened


@pytest.mark.parametrize("role", ["admin", "manager", "teller", "agent", "head", "auditor", "agency", "none"])
def test_no_other_role_approves_a_superuser_neither(role, make, door):
    with pytest.raises(RuleBroken, match="Only an approver"):
        yes(make(), UserFactory(role=role, is_superuser=True))
    assert not door.opened


def test_changed_content_is_never_approved(make, door, approver):
    made = make()
    with pytest.raises(RuleBroken, match="not the content that you saw"):
        approve(proposal=made, content_hash=digest({"door": "back"}), by=approver)
    assert not door.opened and Proposal.objects.get().is_open


def test_a_hash_that_does_not_fit_its_content_is_never_approved(make, door, approver):
    false = make()
    wrong = Proposal.objects.create(**{field: getattr(false, field) for field in (
        "kind", "title", "effect", "reason", "maker", "made_at", "made_on", "expires_at", "base_version")},
        content={"door": "vault"}, content_hash=false.content_hash)  # fmt: skip
    with pytest.raises(RuleBroken, match="not the content that you saw"):
        yes(wrong, approver)
    assert not door.opened


def test_a_proposal_whose_base_was_overtaken_must_be_made_anew(make, door, approver, admin):
    made = make()
    door.base = "door:2"
    with pytest.raises(RuleBroken, match="made anew"):
        yes(made, approver)
    assert (made.status, made.checker, door.opened) == ("stale", None, [])
    assert admin.notifications.filter(text__startswith="Overtaken").exists()
    with pytest.raises(RuleBroken, match="no longer open"):
        yes(made, approver)
    assert yes(make(), approver) == "front"


def test_what_cannot_be_applied_stays_open(make, door, approver):
    made = make()
    door.fails = True
    with pytest.raises(RuleBroken, match="stuck"):
        yes(made, approver)
    assert made.is_open and Proposal.objects.get().checker is None
    door.fails = False
    assert yes(made, approver) == "front"


def test_a_refusal_needs_a_reason_and_tells_the_maker(make, door, approver, admin):
    made = make()
    with pytest.raises(RuleBroken) as refusal:
        refuse(proposal=made, reason=" ", by=approver)
    assert refusal.value.field == "reason"
    refuse(proposal=made, reason="Too cold", by=approver)
    assert (made.status, made.decision_reason, door.opened) == ("refused", "Too cold", [])
    assert admin.notifications.filter(text="Refused: Open it. Too cold").exists()


def test_only_the_maker_withdraws(make, approver, admin, head):
    made = make()
    with pytest.raises(RuleBroken, match="Only who made"):
        withdraw(proposal=made, by=approver)
    withdraw(proposal=made, by=admin)
    assert made.status == "withdrawn"
    with pytest.raises(RuleBroken, match="no longer open"):
        yes(made, approver)


def test_after_seven_days_it_expires_and_is_never_approved(make, approver, admin):
    made = make(at=timezone.now() - 7 * DAY)
    with pytest.raises(RuleBroken, match="expired"):
        yes(made, approver)
    assert expire(at=made.expires_at - timedelta(seconds=1)) == 0
    assert (expire(at=made.expires_at), expire(at=made.expires_at)) == (1, 0)
    made.refresh_from_db()
    assert made.status == "expired"
    assert admin.notifications.filter(text__startswith="Nobody decided").count() == 1


def test_after_a_day_and_before_expiry_people_are_told_once(make, approver, head, admin):
    made = make()
    told = Notification.objects.filter
    assert remind(at=made.made_at + DAY - timedelta(seconds=1)) == 0
    assert [remind(at=made.made_at + DAY), remind(at=made.made_at + 2 * DAY)] == [1, 0]
    assert told(user=approver, text__startswith="Waits").count() == 1
    assert escalate(at=made.expires_at - 2 * DAY - timedelta(seconds=1)) == 0
    assert [escalate(at=made.expires_at - 2 * DAY), escalate(at=made.expires_at - DAY)] == [1, 0]
    assert set(told(text__startswith="Expires soon").values_list("user", flat=True)) == {approver.pk, admin.pk}


def test_heads_above_the_maker_hear_before_it_expires(make, head, manager, west):
    far = UserFactory(head=True, branch=west)
    made = make(by=manager)
    escalate(at=made.expires_at - DAY)
    assert head.notifications.filter(text__startswith="Expires soon").exists() and not far.notifications.exists()
    assert Proposal.objects.visible_to(head).get() == made and not Proposal.objects.visible_to(far).exists()


def test_small_alike_ones_are_approved_together(make, door, approver):
    made = [make(door=str(number), cost="100") for number in range(20)]
    approve_many(proposals=made, hashes={one.pk: one.content_hash for one in made}, by=approver)
    assert len(door.opened) == 20 and not Proposal.objects.open().exists()


@pytest.mark.parametrize("breaks", ["too many", "too dear", "no cost", "other hash", "own", "expired", "stale"])
def test_all_together_or_none(breaks, make, door, approver):
    old = timezone.now() - 7 * DAY
    last = {"too dear": {"cost": "100.01"}, "no cost": {}, "own": {"cost": "1", "by": approver},
            "expired": {"cost": "1", "at": old}}.get(breaks, {"cost": "1"})  # fmt: skip
    made = [make(door=str(number), cost="1") for number in range(20 if breaks == "too many" else 2)]
    made.append(make(door="last", **last))
    hashes = {one.pk: one.content_hash for one in made}
    if breaks == "other hash":
        hashes[made[-1].pk] = hashes[made[0].pk]
    if breaks == "stale":
        door.base = "door:2"
    with pytest.raises(RuleBroken):
        approve_many(proposals=made, hashes=hashes, by=approver)
    assert Proposal.objects.open().count() == len(made)


def test_only_one_kind_together(make, approver, admin, teller):
    other = propose(kind="login_reset", content={"username": teller.username}, title="x", reason="x", by=admin)
    made = [make(door="front", cost="1"), other]
    with pytest.raises(RuleBroken, match="one kind"):
        approve_many(proposals=made, hashes={one.pk: one.content_hash for one in made}, by=approver)


def test_who_may_decide_reaches_the_customers_while_it_is_open(make, approver, own):
    made = make(door="front", customers=[own.customer.pk])
    reach = Reach.objects.get(user=approver, customer_id=own.customer.pk, cause="approval")
    assert reach.ends_at == made.expires_at
    refuse(proposal=made, reason="No", by=approver)
    assert not Reach.objects.filter(user=approver).holding(at=timezone.now()).exists()


def absent(approver, deputy, **more):
    today = timezone.localdate()
    return appoint_deputy(**{"approver": approver, "deputy": deputy, "since": today, "until": today + DAY,
                             "by": approver} | more)  # fmt: skip


def test_a_deputy_has_it_and_reaches_its_customers_for_the_absence(make, door, approver, head, own):
    made = make(door="front", customers=[own.customer.pk])
    mandate = absent(approver, head)
    assert checkers_of(made, at=timezone.now()) == [head]
    assert "in the place of Approver" in head.notifications.get().text
    assert Reach.objects.get(user=head, cause="approval").ends_at == mandate.ends_at
    assert yes(made, head) == "front"
    assert (made.checker, made.acting_for) == (head, approver)


def test_a_deputy_decides_neither_the_own_nor_the_absent_ones(make, approver, head):
    absent(approver, head)
    for made in (make(by=head), make(by=approver)):
        with pytest.raises(RuleBroken):
            yes(made, head)


def test_an_absence_that_is_over_gives_nothing(make, approver, head):
    mandate = absent(approver, head)
    end_deputy(mandate=mandate, by=approver)
    with pytest.raises(RuleBroken, match="Only an approver"):
        yes(make(), head)


def test_who_may_be_deputy_for_whom(approver, head, manager, admin):
    second = UserFactory(approver=True)
    today = timezone.localdate()
    for wrong in ({"deputy": manager}, {"deputy": admin}, {"deputy": approver}, {"approver": head, "deputy": second},
                  {"by": admin}, {"by": head}, {"since": today - DAY}, {"until": today - DAY},
                  {"until": today + 93 * DAY}):  # fmt: skip
        with pytest.raises(RuleBroken):
            absent(**{"approver": approver, "deputy": head} | wrong)
    assert absent(approver, head, by=second).appointed_by == second


def test_outsiders_see_nothing_of_a_proposal(make, admin, approver, auditor, manager, teller, stranger):
    make(by=manager)
    seen = {who: Proposal.objects.visible_to(who).exists() for who in (manager, approver, auditor, teller, stranger)}
    assert seen == {manager: True, approver: True, auditor: True, teller: False, stranger: False}
