"""Waivers by hand and reversals: asked for by one person, granted by another, within the fee to the cent."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.errors import RuleBroken
from customers.models import Customer, FeeCharge
from segmentation.decisions.waivers import newest
from segmentation.ledger import first_wrong
from segmentation.models import Posting, WaiverEntry, WaiverPolicy
from segmentation.outbox.services import answer, rows_of, send
from segmentation.services.simulations import simulate
from tests.factories import CustomerFactory, FeeChargeFactory, FeeTypeFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
D1, D2 = date(2026, 2, 10), date(2026, 2, 11)


@pytest.fixture
def fee(manager) -> FeeCharge:
    """30.00 of a customer of the manager's, of whose tier the policy waives a tenth."""
    policy(
        ("mass", None, 0),
        lines=[{"tier": "mass", "fee": "statement", "percent": "0.10", "cap_per_month": "4.00", "currency": "CNY"}],
    )
    payer = customer_with({D1: "100"}, number="P", manager=manager, branch=manager.branch)
    account = payer.holdings.get().account
    return FeeChargeFactory(
        account=account, number="F1", fee=FeeTypeFactory(code="statement"), amount="30.00", charged_on=D1
    )


def asked(by, kind: str = "manual_waiver", **content) -> Proposal:
    said = {"customer": "P", **({"charge": "F1", "amount": "5.00"} if kind == "manual_waiver" else {}), **content}
    return propose(kind=kind, content=said, title="-", reason="A long wait at the counter", by=by)


def granted(proposal: Proposal, by) -> WaiverEntry:
    return approve(proposal=proposal, content_hash=proposal.content_hash, by=by)


def ledger() -> list[tuple]:
    return list(WaiverEntry.objects.order_by("number").values_list("number", "waived", "reverses", "reason"))


def left() -> Decimal:
    charge = FeeCharge.objects.get(number="F1")
    return charge.amount - charge.waived


def test_a_waiver_by_hand_is_an_entry_with_its_reason_beside_the_nights_own(fee, manager, approver):
    nights(D1, D1)
    proposal = asked(manager)
    assert (proposal.amount, proposal.currency) == (Decimal("5.00"), "CNY")
    assert "spared 5.00 CNY of the fee" in proposal.what.sentences(proposal)[0]

    entry = granted(proposal, approver)

    assert ledger() == [(1, Decimal("3.00"), None, ""), (2, Decimal("5.00"), None, "A long wait at the counter")]
    assert (entry.tier.code, entry.percent, entry.run, entry.proposal) == ("mass", Decimal("0.1667"), None, proposal)
    assert left() == 22 and first_wrong() == ""


def test_a_reversal_gives_the_fee_back_and_is_not_reversed(fee, manager, approver):
    nights(D1, D1)
    granted(asked(manager), approver)

    back = granted(asked(manager, "waiver_reversal", entry=2), approver)

    assert (back.waived, back.reverses_id, left()) == (Decimal("-5.00"), 2, Decimal("27.00"))
    assert first_wrong() == ""
    for entry, sentence in ((2, "reversed already"), (3, "is not reversed")):
        with pytest.raises(RuleBroken, match=sentence) as refused:
            asked(manager, "waiver_reversal", entry=entry)
        assert refused.value.field == "entry"


def test_the_night_waives_what_is_left_and_a_cap_is_not_used_up_by_hand(fee, manager, approver):
    FeeCharge.objects.update(charged_on=D2)
    nights(D1, D1)
    granted(asked(manager, amount="28.00"), approver)

    nights(D2, D2)

    assert [waived for _number, waived, *_rest in ledger()] == [Decimal("28.00"), Decimal("2.00")]
    tried = simulate(draft={"waiver_policy": WaiverPolicy.objects.get().content}, by="test").run.result
    assert (tried["waived_before"], tried["waived_after"]) == ({"CNY": "2.00"}, {"CNY": "2.00"})
    assert left() == 0 and first_wrong() == ""


def test_a_night_that_found_all_waived_by_hand_says_so(fee, manager, approver):
    FeeCharge.objects.update(charged_on=D2)
    nights(D1, D1)
    granted(asked(manager, amount="30.00"), approver)
    nights(D2, D2)

    payer = Customer.objects.get(number="P")
    of_the_night = {each.key: each for each in newest(payer, manager, None, 10)}["F1"]

    assert (of_the_night.label, of_the_night.reason) == ("Not waived", "All of it had been waived by hand before.")


@pytest.mark.parametrize(("content", "field", "sentence"), [
    ({"amount": "30.01"}, "amount", "30.00 CNY of this fee are left"),
    ({"amount": "0"}, "amount", "more than 0"),
    ({"amount": "1.005"}, "amount", "digits of the currency"),
    ({"amount": "-1"}, "amount", "as a string"),
    ({"amount": 5}, "amount", "as a string"),
    ({"charge": "F9"}, "charge", "not the customer's"),
    ({"charge": "\u0000"}, "charge", "is missing"),
    ({"customer": "P\u0000"}, "customer", "no such customer"),
    ({"customer": "Q"}, "charge", "not the customer's"),
    ({"colour": "red"}, "colour", "unknown here"),
])  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(fee, manager, content, field, sentence):
    nights(D1 - (D2 - D1), D1 - (D2 - D1))
    CustomerFactory(number="Q", manager=manager, branch=manager.branch)

    with pytest.raises(RuleBroken, match=sentence) as refused:
        asked(manager, **content)

    assert refused.value.field == field and ledger() == []


def test_an_entry_of_another_customer_is_not_taken_back(fee, manager):
    nights(D1, D1)
    CustomerFactory(number="Q", manager=manager, branch=manager.branch)
    with pytest.raises(RuleBroken, match="no such entry"):
        asked(manager, "waiver_reversal", customer="Q", entry=1)


def test_nobody_asks_for_a_customer_out_of_reach_nor_grants_their_own(fee, manager, manager2, head, admin):
    nights(D1, D1)
    for stranger in (manager2, admin):
        with pytest.raises(RuleBroken):
            asked(stranger)
    with pytest.raises(RuleBroken):
        granted(asked(manager), manager)
    assert len(ledger()) == 1


def test_a_waiver_goes_back_only_after_the_core_has_answered(fee, manager, approver, admin):
    """What it refused was never paid: the reversal of that is settled here, and a new waiver is sent."""
    nights(D1, D1)
    granted(asked(manager), approver)
    send(value_date=D2, by=admin)
    with pytest.raises(RuleBroken, match="has not answered yet"):
        asked(manager, "waiver_reversal", entry=2)
    answer(rows=[{"entry": 2, "state": "refused", "reason": "Closed"}], by=admin)
    granted(asked(manager, "waiver_reversal", entry=2), approver)
    granted(asked(manager), approver)

    batch = send(value_date=D2, by=admin)

    assert [(row["entry"], row["amount"]) for row in rows_of(batch)] == [("4", "5.00")]
    assert Posting.objects.get(pk=3).state == Posting.State.SETTLED and batch.entries == 1


def test_a_comma_groups_thousands_and_is_no_point(fee, manager, signed_in):
    nights(D1, D1)
    for typed in ("3,50", "0,5"):
        page = signed_in(manager).post(f"/fee-charges/{fee.pk}/waive/", {"amount": typed, "reason": "Kept"})
        assert page.status_code == 422 and "as a string" in page.content.decode(), typed
    assert not Proposal.objects.exists()


def test_another_waiver_meanwhile_overtakes_the_proposal(fee, manager, approver):
    nights(D1, D1)
    first, second = asked(manager), asked(manager, amount="6.00")
    granted(first, approver)

    with pytest.raises(RuleBroken):
        granted(second, approver)
    assert left() == 22


def test_the_database_takes_no_entry_by_hand_without_its_proposal(fee, manager, approver):
    nights(D1, D1)
    entry = granted(asked(manager), approver)
    entry.number, entry.reverses, entry.waived = 3, None, Decimal("9.00")

    with pytest.raises(IntegrityError, match="No approved proposal"), transaction.atomic():
        entry.save(force_insert=True)
    back = asked(manager, "waiver_reversal", entry=2)
    Proposal.objects.filter(pk=back.pk).update(status="approved", checker=approver, decided_at=back.made_at)
    entry.proposal, entry.reverses_id, entry.waived = back, 2, Decimal("-1.00")
    with pytest.raises(IntegrityError, match="No approved proposal"), transaction.atomic():
        entry.save(force_insert=True)
    entry.proposal = None
    with pytest.raises(IntegrityError, match="No approved proposal"), transaction.atomic():
        entry.save(force_insert=True)


def test_the_pages_ask_and_the_customer_page_shows_each_state(fee, manager, approver, signed_in):
    nights(D1, D1)
    client, payer = signed_in(manager), Customer.objects.get(number="P")
    tab = f"/customers/{payer.pk}/?tab=waivers"

    wrong = client.post(f"/fee-charges/{fee.pk}/waive/", {"amount": "99", "reason": "Kept"})
    assert wrong.status_code == 422 and "27.00 CNY of this fee are left" in wrong.content.decode()
    assert client.post(f"/fee-charges/{fee.pk}/waive/", {"amount": "5.00", "reason": "A long wait"}).status_code == 302
    granted(Proposal.objects.get(), approver)
    page = client.get(tab).content.decode()
    assert "by hand" in page and "A long wait" in page and "/waivers/2/reverse/" in page

    assert client.post("/waivers/2/reverse/", {"reason": "Granted twice"}).status_code == 302
    granted(Proposal.objects.latest("pk"), approver)
    page = client.get(tab).content.decode()
    assert "reversal of 2" in page and "Granted twice" in page and "/waivers/2/reverse/" not in page
