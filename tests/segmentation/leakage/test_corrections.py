"""What is due by right is reckoned anew; what differs is corrected by two people, exactly once, within every cap."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from crm.approvals.services import approve, propose
from crm.base.errors import RuleBroken
from customers.models import AccountHolder, Customer, FeeCharge
from segmentation.ledger import first_wrong
from segmentation.models import Leak, Posting, WaiverCheck, WaiverEntry, WaiverPolicy
from segmentation.outbox.services import answer, rows_of, send
from segmentation.services.policies import apply_policy
from tests.segmentation.leakage.bank import (
    D1,
    D2,
    D3,
    D4,
    HALF,
    charge,
    checked,
    corrected,
    found,
    pass_on,
    pk_of,
    proposed,
    waived,
)
from tests.segmentation.night.bank import nights

pytestmark = pytest.mark.django_db


def test_where_all_is_right_nothing_leaks(bank):
    check = checked()
    assert found(check) == []
    assert check.run.result == {"leaks": 0, "waiting": 0, "without_right": {}, "despite_right": {}}


def test_a_holder_that_was_wrong_is_waived_without_right_and_charged_despite_right(bank, admin, approver):
    gold, mass = bank
    assert waived() == [15, 3]
    pass_on(gold, "M")
    pass_on(mass, "G")

    check = checked()
    assert found(check) == [("M", 15, 3), ("G", 3, 15)]
    assert check.run.result["without_right"] == {"CNY": "12.00"} == check.run.result["despite_right"]

    proposal = corrected(check, admin, approver)

    assert waived() == [3, 15]
    entries = WaiverEntry.objects.filter(correction=check).order_by("number")
    assert [(e.customer.number, e.waived, e.reverses_id, e.reason) for e in entries] == [
        ("G", -15, 1, "The holder was wrong"), ("M", -3, 2, "The holder was wrong"),
        ("M", 3, None, "The holder was wrong"), ("G", 15, None, "The holder was wrong"),
    ]  # fmt: skip
    assert {entry.proposal for entry in entries} == {proposal}
    assert found(checked()) == []


def test_a_correction_is_written_once(bank, admin, approver):
    pass_on(bank[0], "M")
    check = checked()
    corrected(check, admin, approver)
    count = WaiverEntry.objects.count()

    with pytest.raises(RuleBroken, match="corrected already") as refused:
        proposed(check, admin)
    assert refused.value.field == "check" and WaiverEntry.objects.count() == count


def test_two_checks_of_the_same_charges_are_not_both_corrected(bank, admin, approver):
    pass_on(bank[0], "M")
    first, second = proposed(checked(), admin), proposed(checked(), admin)
    approve(proposal=first, content_hash=first.content_hash, by=approver)
    with pytest.raises(RuleBroken, match="has changed meanwhile"):
        approve(proposal=second, content_hash=second.content_hash, by=approver)
    assert waived() == [3, 3] and first_wrong() == ""


def test_a_policy_that_was_wrong_is_corrected_by_another_version(bank, admin, approver):
    apply_policy(content={"waiver_policy": {"ceiling": "0.60", "lines": [HALF | {"percent": "0.60"}]}}, by=admin)
    better = WaiverPolicy.objects.get(number=2)

    check = checked(policy=better)
    assert found(check) == [("G", 15, 18), ("M", 3, 0)]
    corrected(check, admin, approver)

    assert waived() == [18, 0]
    assert WaiverEntry.objects.get(waived=18).line.policy == better
    assert found(checked()) == [], "what people decided under an assumption is no leak"
    assert found(checked(policy=WaiverPolicy.objects.get(number=1))) == [("G", 18, 15), ("M", 0, 3)]


def test_tiers_that_were_wrong_are_those_of_another_day(bank, admin, approver):
    assert found(checked(tiers_on=date(2026, 1, 31))) == [("G", 15, 3)]
    corrected(checked(tiers_on=date(2026, 1, 31)), admin, approver)
    assert waived() == [3, 3]


def test_caps_of_the_month_hold_after_a_correction_too(bank, admin, approver):
    gold, mass = bank
    charge(gold, D2, "20.00")
    nights(D2, D2)
    assert waived() == [15, 3, 5]
    pass_on(mass, "G")

    check = checked(through=D2)
    corrected(check, admin, approver)

    assert waived() == [15, 5, 0]
    spent = WaiverEntry.objects.filter(customer__number="G").aggregate(total=Sum("waived"))["total"]
    assert spent == 20


def test_order_of_a_cap_is_that_in_which_nights_took_the_charges(bank):
    gold, _mass = bank
    charge(gold, D2, "30.00")
    nights(D2, D2)
    charge(gold, date(2026, 2, 2), "30.00")
    nights(D3, D3)
    assert waived() == [15, 3, 5, 0] and found(checked(through=D3)) == []


def test_what_people_waived_or_took_back_by_hand_is_no_leak(bank, manager, approver):
    Customer.objects.update(manager=manager, branch=manager.branch)
    for kind, said in (("manual_waiver", {"charge": FeeCharge.objects.earliest("pk").number, "amount": "10.00"}),
                       ("waiver_reversal", {"entry": 1})):  # fmt: skip
        wish = propose(kind=kind, content={"customer": "G"} | said, title="-", reason="-", by=manager)
        approve(proposal=wish, content_hash=wish.content_hash, by=approver)
    assert waived() == [10, 3] and found(checked()) == []


def test_what_the_core_has_not_answered_waits_with_the_customers_other_charges(bank, admin, approver):
    gold, _mass = bank
    send(value_date=D1, by=admin)
    charge(gold, D2, "30.00")
    nights(D2, D2)
    pass_on(gold, "M")
    answer(rows=[{"entry": 2, "state": "posted", "posted_on": "2026-02-12"}], by=admin)

    check = checked(through=D2)

    assert check.run.result["leaks"] == check.run.result["waiting"] == 2
    with pytest.raises(RuleBroken, match="nothing to correct"):
        proposed(check, admin)


def test_what_the_core_refused_is_never_asked_back(bank, admin, approver):
    send(value_date=D1, by=admin)
    answers = [
        {"entry": 1, "state": "refused", "reason": "Closed"},
        {"entry": 2, "state": "posted", "posted_on": "2026-02-12"},
    ]
    answer(rows=answers, by=admin)
    pass_on(bank[0], "M")
    corrected(checked(), admin, approver)

    batch = send(value_date=D2, by=admin)

    assert [(row["entry"], row["amount"]) for row in rows_of(batch)] == [("4", "3.00")]
    assert Posting.objects.get(pk=3).state == Posting.State.SETTLED


def test_an_answer_of_the_core_meanwhile_overtakes_the_proposal(bank, admin, approver):
    pass_on(bank[0], "M")
    proposal = proposed(checked(), admin)
    send(value_date=D1, by=admin)
    with pytest.raises(RuleBroken, match="has changed meanwhile"):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    assert waived() == [15, 3]


def test_only_admins_propose_and_never_approve_their_own(bank, admin, manager):
    pass_on(bank[0], "M")
    check = checked()
    with pytest.raises(RuleBroken):
        proposed(check, manager)
    proposal = proposed(check, admin)
    with pytest.raises(RuleBroken):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=admin)


def test_the_database_takes_no_entry_that_the_check_did_not_find(bank, admin, approver):
    pass_on(bank[0], "M")
    check = checked()
    corrected(check, admin, approver)
    for change in ({"waived": Decimal("9.00")}, {"correction": None}, {"customer_id": pk_of("G")}):
        entry = WaiverEntry.objects.latest("number")
        entry.number += 1
        for name, value in change.items():
            setattr(entry, name, value)
        with pytest.raises(IntegrityError, match="No approved proposal"), transaction.atomic():
            entry.save(force_insert=True)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Leak.objects.update(due=0)


@pytest.mark.parametrize(("span", "field", "sentence"), [
    ({"since": date(2026, 2, 2)}, "since", "begins on the first day"),
    ({"through": D4}, "through", "The nights have come to"),
    ({"through": date(2026, 2, 9)}, "through", "ends with one"),
    ({"through": date(2026, 1, 31)}, "through", "ends after it starts"),
    ({"since": date(2023, 1, 1)}, "since", "At most 24 months"),
    ({"tiers_on": D4}, "tiers_on", "not decided yet"),
])  # fmt: skip
def test_a_span_is_of_whole_months_that_have_run(bank, span, field, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        checked(**span)
    assert refused.value.field == field and not WaiverCheck.objects.exists()


def test_a_check_that_a_night_overtakes_is_made_anew(bank):
    check = checked()
    assert check.run.status == "completed"
    nights(D2, D2)
    again = checked(through=D2)
    assert again.run.result["leaks"] == 0


def test_an_account_without_an_owner_is_not_reckoned(bank):
    AccountHolder.objects.filter(account=bank[0]).delete()
    assert found(checked()) == []
