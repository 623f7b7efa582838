"""A request is granted at once within one's limit, waits for a head within theirs, and goes to an approver above."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import approve, refuse
from crm.base.errors import RuleBroken
from managers.models import Condition, ResourceRequest
from managers.requests.services import Kept, ask, decline, grant
from segmentation.models import ValueYear
from segmentation.value.reckoning import make_room
from tests.factories import FeeTypeFactory, ProductFactory, UserFactory, ValueVersionFactory, ValueYearFactory
from tests.factories.behaviour import close_month

pytestmark = pytest.mark.django_db


def wanted(own, product, amount="100000", price="0.0185", **said):
    found = {"customer": own.customer, "kind": "deposit_rate", "product": product, "amount": Decimal(amount)}
    found |= {"price": price and Decimal(price), "valid_until": timezone.localdate() + timedelta(180)}
    return found | {"why": "Another bank offers more", "at": timezone.now()} | said


def test_what_the_manager_may_grant_is_granted_at_once(own, manager, large_cd, terms):
    terms()
    request = ask(by=manager, **wanted(own, large_cd))
    assert (request.cost, request.state, request.decided_by) == (Decimal("300.00"), "granted", manager)


def test_above_that_it_waits_for_a_head_within_whose_limit_it_is_and_who_did_not_ask(
    own, manager, head, large_cd, terms
):
    terms()
    request = ask(by=manager, **wanted(own, large_cd, "1000000"))
    assert (request.cost, request.state) == (Decimal("3000.00"), "waiting")
    assert head.notifications.get().url == f"/resource-requests/{request.pk}/"
    with pytest.raises(RuleBroken) as refused:
        grant(request=request, by=manager, at=timezone.now())
    assert refused.value.code == "own"
    granted = grant(request=request, by=head, at=timezone.now())
    assert (granted.state, granted.decided_by) == ("granted", head)
    assert "Granted" in manager.notifications.get().text
    with pytest.raises(RuleBroken, match="already"):
        decline(request=request, reason="No", by=head, at=timezone.now())


def test_a_head_of_a_sub_branch_grants_no_more_than_their_level(own, manager, head, head_office, large_cd, terms):
    top = UserFactory(head=True, branch=head_office)
    terms(limits=[{"role": "head", "level": "head_office", "kind": "deposit_rate", "up_to": "5000"}])
    request = ask(by=manager, **wanted(own, large_cd))
    assert request.state == "waiting"
    with pytest.raises(RuleBroken) as refused:
        grant(request=request, by=head, at=timezone.now())
    assert refused.value.code == "limit"
    assert (top.notifications.count(), head.notifications.count()) == (1, 0)
    assert grant(request=request, by=top, at=timezone.now()).state == "granted"


def test_above_all_limits_an_approver_decides(own, manager, head, approver, large_cd, terms):
    terms()
    request = ask(by=manager, **wanted(own, large_cd, "2000000"))
    assert request.state == "proposed"
    with pytest.raises(RuleBroken) as refused:
        grant(request=request, by=head, at=timezone.now())
    assert refused.value.code == "proposed"
    proposal = Proposal.objects.get(kind="resource_request")
    assert (proposal.amount, proposal.reason) == (Decimal("6000.00"), request.why)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    request.refresh_from_db()
    assert (request.state, request.decided_by) == ("granted", approver)


def test_what_an_approver_refuses_counts_as_declined(own, manager, approver, large_cd):
    request = ask(by=manager, **wanted(own, large_cd))
    assert request.state == "proposed"
    refuse(proposal=request.proposal, reason="Too dear", by=approver)
    assert ResourceRequest.objects.with_outcome().get().outcome == "declined"


def test_a_floor_is_a_floor_for_everybody(own, head, large_cd, loan, terms):
    terms()
    for product, kind, wrong, right in (
        (large_cd, "deposit_rate", "0.0196", "0.0195"),
        (loan, "loan_rate", "0.0299", "0.03"),
    ):
        with pytest.raises(RuleBroken) as refused:
            ask(by=head, **wanted(own, product, price=wrong, kind=kind))
        assert (refused.value.field, refused.value.code) == ("price", "floor")
        assert ask(by=head, **wanted(own, product, price=right, kind=kind)).pk


def test_the_value_after_is_that_of_new_money_or_less_what_is_forgone(own, manager, large_cd, loan):
    month = (timezone.localdate().replace(day=1) - timedelta(1)).replace(day=1)
    close_month(month)
    ValueVersionFactory()
    make_room(str(month))
    ValueYearFactory(customer=own.customer, month=month, value=Decimal("8580.00"), currency="CNY")
    assert ValueYear.objects.exists()
    kept = ask(by=manager, **wanted(own, large_cd, "1000000"))
    new = ask(by=manager, **wanted(own, large_cd, "1000000", is_new=True))
    lent = ask(by=manager, **wanted(own, loan, "1000000", price="0.04", kind="loan_rate", is_new=True))
    assert kept.value_now == Decimal("8580.00")
    # 1,000,000 x (1.85 % - 1.55 %); x (2.15 % - 1.85 %); x (4.00 % - 2.20 %)
    assert [each.value_after for each in (kept, new, lent)] == [Decimal(5580), Decimal(11580), Decimal(26580)]
    assert (lent.cost, new.cost) == (Decimal("3500.00"), Decimal("3000.00"))


def test_a_fee_and_a_limit_are_asked_for_too(own, manager, head, loan, terms):
    terms()
    box = FeeTypeFactory(code="safe_box")
    fee = ask(by=manager, **wanted(own, None, "1200", price="0.5", kind="fee", fee=box))
    assert (fee.cost, fee.usual, fee.state) == (Decimal("600.00"), 1, "proposed")
    limit = ask(by=manager, **wanted(own, loan, "800000", price=None, kind="limit"))
    assert (limit.cost, limit.state) == (0, "waiting")
    assert ask(by=manager, **wanted(own, loan, "800001", price=None, kind="limit")).state == "proposed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "gold"}, "kind"),
        ({"product": None}, "product"),
        ({"kind": "loan_rate"}, "product"),
        ({"kind": "fee"}, "fee"),
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal("1.001")}, "amount"),
        ({"price": None}, "price"),
        ({"price": Decimal("1.1")}, "price"),
        ({"price": Decimal("0.0000001")}, "price"),
        ({"valid_until": timezone.localdate()}, "valid_until"),
        ({"valid_until": timezone.localdate() + timedelta(732)}, "valid_until"),
        ({"why": " "}, "why"),
        ({"conditions": [Kept("balance", Decimal(-1))]}, "keep"),
        ({"conditions": [Kept("inflow", Decimal(1))]}, "inflow_by"),
        ({"conditions": [Kept("inflow", Decimal(1), timezone.localdate() + timedelta(181))]}, "inflow_by"),
    ],
)
def test_what_can_not_be_asked_for_is_refused_beside_its_field(own, manager, large_cd, wrong, field):
    with pytest.raises(RuleBroken) as refused:
        ask(by=manager, **wanted(own, large_cd) | wrong)
    assert refused.value.field == field
    assert not ResourceRequest.objects.exists()


def test_a_product_without_a_usual_rate_and_a_customer_who_left_are_refused(own, manager, large_cd):
    with pytest.raises(RuleBroken, match="usual rate"):
        ask(by=manager, **wanted(own, ProductFactory(family="deposit", customer_rate=None)))
    type(own.customer).objects.filter(pk=own.customer.pk).update(status="closed")
    with pytest.raises(RuleBroken) as refused:
        ask(by=manager, **wanted(own, large_cd))
    assert refused.value.code == "gone"


def test_the_database_keeps_what_was_asked_and_decided(own, manager, large_cd, terms):
    terms()
    request = ask(by=manager, **wanted(own, large_cd), conditions=[Kept("balance", Decimal(500))])
    for change in ({"amount": 1}, {"state": "waiting", "decided_at": None, "decided_by": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ResourceRequest.objects.filter(pk=request.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Condition.objects.update(amount=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        request.delete()


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"floors": []}, "content"),
        ({"floors": [{}], "limits": []}, "floors[0]"),
        ({"floors": [{"kind": "limit", "of": "large_cd", "price": "0"}], "limits": []}, "floors[0].kind"),
        ({"floors": [{"kind": "fee", "of": "large_cd", "price": "0"}], "limits": []}, "floors[0].of"),
        ({"floors": [{"kind": "loan_rate", "of": "loan", "price": "NaN"}], "limits": []}, "floors[0].price"),
        ({"floors": [{"kind": "loan_rate", "of": "loan", "price": "0.02"}] * 2, "limits": []}, "floors[1]"),
        ({"floors": [], "limits": [{"role": "teller", "level": "", "kind": "limit", "up_to": "1"}]}, "limits[0].role"),
        (
            {"floors": [], "limits": [{"role": "head", "level": "moon", "kind": "limit", "up_to": "1"}]},
            "limits[0].level",
        ),
        ({"floors": [], "limits": [{"role": "head", "level": "", "kind": "gold", "up_to": "1"}]}, "limits[0].kind"),
        ({"floors": [], "limits": [{"role": "head", "level": "", "kind": "limit", "up_to": "-1"}]}, "limits[0].up_to"),
    ],
)
def test_terms_that_say_nothing_are_refused_with_their_place(admin, large_cd, loan, content, field, api):
    asked = {"kind": "resource_terms", "title": "Terms", "reason": "New", "content": content}
    answer = api(admin).post("/api/v1/proposals/", asked, format="json")
    assert answer.status_code in (400, 409) and field in str(answer.json()["errors"])
