"""A limit is of all that stands granted of one thing to one customer; what nobody at hand may grant goes to an approver."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.approvals.services import approve, refuse
from crm.base.errors import RuleBroken
from crm.identity.models import User
from managers.models import ConditionCheck, ResourceRequest
from managers.requests.services import ask, check_conditions, decline, grant, lay_before
from segmentation.models import Published
from tests.at_once import at_once
from tests.factories import ConditionFactory, FeeTypeFactory, RunFactory, UserFactory
from tests.managers.requests.test_asking import wanted

pytestmark = pytest.mark.django_db
LIMIT, HEADS = Decimal(1000), Decimal(5000)


def costing(own, product, cost: int, **said):
    """A deposit rate that costs so much a year, a multiple of three."""
    return wanted(own, product, str(cost * 1000 // 3), **said)


def stands(on=None) -> Decimal:
    return sum((each.measure for each in ResourceRequest.objects.holding(on or timezone.localdate())), Decimal(0))


def test_what_stands_granted_counts_against_the_limit_of_who_grants_the_next(own, manager, head, large_cd, terms):
    terms()
    first, second = (ask(by=manager, **costing(own, large_cd, 600)) for _ in range(2))
    assert [first.state, second.state] == ["granted", "waiting"]
    assert ask(by=manager, **costing(own, large_cd, 300)).state == "granted"


def test_another_thing_another_customer_and_what_ended_or_was_declined_do_not_count(
    own, other, manager, manager2, approver, large_cd, loan, terms
):
    kinds = ("loan_rate", "fee")
    terms(limits=[{"role": "manager", "level": "", "kind": kind, "up_to": "1000"} for kind in ("deposit_rate", *kinds)])
    box = FeeTypeFactory(code="safe_box")
    now, tomorrow = timezone.now(), timezone.localdate() + timedelta(1)
    declined = ask(by=manager, **costing(own, large_cd, 6000))
    refuse(proposal=declined.proposal, reason="No", by=approver)
    told = [
        ask(by=manager, **costing(own, large_cd, 900) | {"valid_until": tomorrow}),
        ask(by=manager, **wanted(own, loan, "200000", price="0.0390", kind="loan_rate")),
        ask(by=manager, **wanted(own, None, "1800", price="0.5", kind="fee", fee=box)),
        ask(by=manager2, **costing(other, large_cd, 900)),
    ]
    assert {each.state for each in told} == {"granted"}
    last_day = costing(own, large_cd, 900) | {"at": now + timedelta(1)}
    assert ask(by=manager, **last_day).state == "proposed"
    assert ask(by=manager, **last_day | {"at": now + timedelta(2)}).state == "granted"


def test_a_head_grants_within_the_limit_of_all_and_then_only_an_approver_does(
    own, manager, head, approver, large_cd, terms
):
    terms()
    first, second = (ask(by=manager, **costing(own, large_cd, 3000)) for _ in range(2))
    with pytest.raises(RuleBroken) as refused:
        lay_before(request=second, by=manager, at=timezone.now())
    assert refused.value.code == "heads"
    grant(request=first, by=head, at=timezone.now())
    with pytest.raises(
        RuleBroken, match=r"3,000\.00 CNY stands granted beside it, your limit is 5,000\.00 CNY"
    ) as refused:
        grant(request=second, by=head, at=timezone.now())
    assert refused.value.code == "limit"
    with pytest.raises(RuleBroken) as refused:
        lay_before(request=second, by=head, at=timezone.now())
    assert refused.value.code == "own"
    laid = lay_before(request=second, by=manager, at=timezone.now(), version=1)
    assert (laid.state, laid.version) == ("proposed", 2)
    assert "3,000.00 CNY stood granted of the same thing" in laid.proposal.what.sentences(laid.proposal)[1]
    approve(proposal=laid.proposal, content_hash=laid.proposal.content_hash, by=approver)
    assert stands() == Decimal(6000)
    assert ask(by=manager, **costing(own, large_cd, 3)).state == "proposed"


def test_without_a_head_at_work_who_may_grant_it_an_approver_decides(own, manager, head, head_office, large_cd, terms):
    anywhere = {"role": "head", "level": "", "kind": "deposit_rate", "up_to": "5000"}
    terms(limits=[anywhere])
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert ask(by=manager, **wanted(own, large_cd)).state == "proposed"
    top = UserFactory(head=True, branch=head_office)
    assert ask(by=manager, **wanted(own, large_cd)).state == "waiting"
    assert top.notifications.count() == 1 and not head.notifications.exists()


def test_a_head_alone_asks_an_approver_for_what_is_above_their_own_limit(own, head, large_cd, terms):
    terms()
    assert ask(by=head, **costing(own, large_cd, 6000)).state == "proposed"
    assert ask(by=head, **costing(own, large_cd, 3000)).state == "granted"


def test_who_asked_is_no_head_who_may_grant_it(own, head, head_office, large_cd, terms):
    everywhere = {"role": "head", "level": "", "kind": "deposit_rate", "up_to": "9000"}
    top = UserFactory(head=True, branch=head_office)
    terms(limits=[everywhere | {"level": "head_office"}])
    request = ask(by=head, **costing(own, large_cd, 6000))
    assert request.state == "waiting"
    terms(limits=[everywhere])
    User.objects.filter(pk=top.pk).update(is_active=False)
    assert lay_before(request=request, by=head, at=timezone.now()).state == "proposed"


def test_a_renewal_takes_the_place_of_the_grant_that_it_replaces(own, manager, head, large_cd, terms):
    terms()
    old = ask(by=manager, **costing(own, large_cd, 900))
    new = ask(by=manager, **costing(own, large_cd, 900, replaces=old))
    assert (new.state, stands()) == ("granted", Decimal(900))
    with pytest.raises(RuleBroken) as refused:
        ask(by=manager, **costing(own, large_cd, 900, replaces=old))
    assert (refused.value.field, refused.value.code) == ("replaces", "replaced")


def test_of_two_renewals_of_one_grant_one_is_granted(own, manager, head, large_cd, terms):
    terms()
    old = ask(by=manager, **costing(own, large_cd, 900))
    first, second = (ask(by=manager, **costing(own, large_cd, 1200, replaces=old)) for _ in range(2))
    grant(request=first, by=head, at=timezone.now())
    with pytest.raises(RuleBroken) as refused:
        grant(request=second, by=head, at=timezone.now())
    assert refused.value.code == "replaced"
    with pytest.raises(DatabaseError), transaction.atomic():
        ResourceRequest.objects.filter(pk=second.pk).update(
            state="granted", decided_by=head, decided_at=timezone.now(), baseline=0
        )


def test_a_renewal_is_of_the_same_thing_to_the_same_customer(own, other, manager, large_cd, loan, terms):
    terms()
    old = ask(by=manager, **costing(own, large_cd, 900))
    loaned = wanted(own, loan, price="0.04", kind="loan_rate")
    for wrong in (loaned, costing(other, large_cd, 900)):
        with pytest.raises(RuleBroken) as refused:
            ask(by=manager, **wrong, replaces=old)
        assert refused.value.field == "replaces"
    other_one = ResourceRequest.objects.get()
    other_one.pk, other_one.customer, other_one.replaces = None, other.customer, old
    with pytest.raises(DatabaseError), transaction.atomic():
        other_one.save(force_insert=True)


def test_the_conditions_of_a_grant_end_with_its_renewal(own, manager, large_cd, terms):
    terms()
    old = ask(by=manager, **costing(own, large_cd, 900))
    new = ask(by=manager, **costing(own, large_cd, 900, replaces=old))
    for request in (old, new):
        ConditionFactory(request=request, kind="inflow", amount=Decimal(50), due_on=timezone.localdate())
    run = RunFactory(business_date=timezone.localdate())
    Published.objects.create(business_date=run.business_date, slot=0, run=run)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO segmentation_facts (slot, customer_id, currency, balance) VALUES (0, %s, 'CNY', 9)",
            [own.customer.pk],
        )
    check_conditions(as_of=timezone.now())
    assert ConditionCheck.objects.get().condition.request == new


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_both_fit_under_one_limit(own, manager, head, large_cd, terms):
    terms()
    asked = costing(own, large_cd, 600)
    assert at_once([lambda: ask(by=manager, **asked)] * 2) == []
    assert sorted(ResourceRequest.objects.values_list("state", flat=True)) == ["granted", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_two_that_are_granted_at_once_do_not_both_fit_under_one_limit(own, manager, head, large_cd, terms):
    terms()
    waiting = [ask(by=manager, **costing(own, large_cd, 3000)) for _ in range(2)]
    wrong = at_once([partial(grant, request=each, by=head, at=timezone.now()) for each in waiting])
    assert [getattr(each, "code", each) for each in wrong] == ["limit"]
    assert stands() == Decimal(3000)


STEP = st.tuples(st.sampled_from(("ask", "renew", "grant", "decline", "later")), st.integers(1, 40), st.integers(1, 60))


@settings(max_examples=50)
@given(steps=st.lists(STEP, min_size=2, max_size=9))
def test_nobody_stands_with_more_granted_of_a_thing_than_who_granted_it_may(own, manager, head, large_cd, terms, steps):
    with transaction.atomic():
        terms()
        at = timezone.now()
        for verb, size, days in steps:
            waiting = ResourceRequest.objects.filter(state="waiting").order_by("pk").first()
            standing = ResourceRequest.objects.holding(timezone.localdate(at)).order_by("pk").first()
            day = timezone.localdate(at)
            said = costing(own, large_cd, size * 90) | {"at": at, "valid_until": day + timedelta(days)}
            made = None
            if verb == "later":
                at += timedelta(days)
            elif verb in ("ask", "renew"):
                made = ask(by=manager, **said, replaces=standing if verb == "renew" else None)
            elif waiting and verb == "decline":
                decline(request=waiting, reason="No", by=head, at=at)
            elif waiting:
                made = _granted(waiting, head, at)
            if made and made.state == "granted":
                assert stands(day) <= (LIMIT if made.decided_by == manager else HEADS)
            assert stands(timezone.localdate(at)) <= HEADS
        transaction.set_rollback(True)


def _granted(request, head, at):
    try:
        with transaction.atomic():
            return grant(request=request, by=head, at=at)
    except RuleBroken:
        return None
