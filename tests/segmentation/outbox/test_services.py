"""Entries leave for the core exactly once, and its answer stays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from crm.base.errors import RuleBroken
from segmentation.models import Posting, PostingBatch, WaiverEntry
from segmentation.outbox.services import answer, rows_of, send, waiting
from tests.factories import AccountFactory, FeeChargeFactory, WaiverEntryFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


def entries(count: int, customer) -> list[WaiverEntry]:
    account = AccountFactory(holder=customer, number="A1", currency="CNY")
    last = WaiverEntry.objects.count()
    return [
        WaiverEntryFactory(number=last + n + 1, customer=customer, charge=FeeChargeFactory(account=account, number=f"F{last + n + 1}"))
        for n in range(count)
    ]  # fmt: skip


def states() -> dict[int, str]:
    return dict(Posting.objects.order_by("pk").values_list("pk", "state"))


@pytest.fixture
def three(own) -> list[WaiverEntry]:
    return entries(3, own.customer)


def test_each_entry_is_sent_once_and_the_file_says_the_same_each_time(three, own, admin):
    first = send(value_date=DAY, by=admin)
    assert (first.entries, waiting()) == (3, 0)
    with pytest.raises(RuleBroken, match="has been sent"):
        send(value_date=DAY, by=admin)
    more = AccountFactory(holder=own.customer, number="A2")
    WaiverEntryFactory(number=4, customer=own.customer, charge=FeeChargeFactory(account=more))
    assert waiting() == 1

    second = send(value_date=DAY + timedelta(days=1), by=admin)

    assert [row["entry"] for row in rows_of(first)] == ["1", "2", "3"]
    assert [row["entry"] for row in rows_of(second)] == ["4"]
    assert next(rows_of(first)) == {
        "entry": "1", "account": "A1", "charge": "F1", "amount": "3.00", "currency": "CNY", "value_date": "2026-04-01",
    }  # fmt: skip


def test_a_reversal_is_sent_with_a_negative_amount(three, own, admin):
    send(value_date=DAY, by=admin)
    answer(rows=[{"entry": 1, "state": "posted", "posted_on": "2026-04-02"}], by=admin)
    WaiverEntryFactory(number=4, customer=own.customer, charge=three[0].charge, waived=Decimal("-3"), reverses=three[0])
    assert [row["amount"] for row in rows_of(send(value_date=DAY, by=admin))] == ["-3.00"]


def test_an_entry_and_its_reversal_that_are_both_new_are_settled(three, own, admin):
    WaiverEntryFactory(number=4, customer=own.customer, charge=three[0].charge, waived=Decimal("-3"), reverses=three[0])
    batch = send(value_date=DAY, by=admin)
    assert [row["entry"] for row in rows_of(batch)] == ["2", "3"] and batch.entries == 2
    assert states() == {1: "settled", 2: "open", 3: "open", 4: "settled"}


def test_answers_are_kept_row_by_row_and_wrong_rows_are_told(three, admin):
    send(value_date=DAY, by=admin)
    rows = [
        {"entry": "1", "state": "posted", "posted_on": "2026-04-02"},
        {"entry": 2, "state": "refused", "reason": "Account closed"},
        {"entry": 2, "state": "posted", "posted_on": "2026-04-02"},
        {"entry": 9, "state": "posted", "posted_on": "2026-04-02"},
        {"entry": 3, "state": "posted"},
        {"entry": 3, "state": "refused", "reason": "a\u0000b"},
        {"entry": "9" * 5000, "state": "posted", "posted_on": "2026-04-02"},
        {"entry": 3, "state": "maybe"},
        "nonsense",
    ]

    found = answer(rows=rows, by=admin)

    assert (found.accepted, found.unchanged, found.rejected) == (2, 0, 7)
    assert [row for row, _text in found.errors] == [3, 4, 5, 6, 7, 8, 9]
    assert [text for row, text in found.errors if row in (3, 4)] == [
        "Entry 2 stands here twice.",
        "Entry 9 was never sent.",
    ]
    assert states() == {1: "posted", 2: "refused", 3: "open"}


def test_the_same_answer_again_changes_nothing_and_another_one_is_refused(three, admin):
    send(value_date=DAY, by=admin)
    said = {"entry": 1, "state": "posted", "posted_on": "2026-04-02"}
    answer(rows=[said], by=admin)

    again = answer(rows=[said], by=admin)
    other = answer(
        rows=[said | {"posted_on": "2026-04-03"}, {"entry": 1, "state": "refused", "reason": "No"}], by=admin
    )

    assert (again.accepted, again.unchanged, other.accepted) == (1, 1, 0)
    assert "answered already: Posted" in other.errors[0][1]


def test_sent_is_posted_and_refused_and_open(three, admin):
    batch = send(value_date=DAY, by=admin)
    answer(rows=[{"entry": 1, "state": "posted", "posted_on": "2026-04-02"}], by=admin)
    answer(rows=[{"entry": 2, "state": "refused", "reason": "Account closed"}], by=admin)
    counts = [batch.postings.filter(state=state).count() for state in ("posted", "refused", "open")]
    assert counts == [1, 1, 1] and sum(counts) == batch.entries


def test_the_database_lets_an_answer_stand(three, admin):
    send(value_date=DAY, by=admin)
    answer(rows=[{"entry": 1, "state": "posted", "posted_on": "2026-04-02"}], by=admin)
    for change in ({"state": "open", "posted_on": None, "answered_at": None}, {"batch_id": 0}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Posting.objects.filter(pk=1).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Posting.objects.filter(pk=2).update(entry_id=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Posting.objects.filter(pk=2).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        PostingBatch.objects.update(value_date=DAY + timedelta(days=7))
