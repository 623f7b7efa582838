"""A number from the door to the end: who is recognised, who is called, and what is refused with a sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Reach
from customers.models import Customer
from service.models import Counter, QueueNumber, QueueStep
from service.queue import calling
from service.queue.cards import forget_card, remember_card
from service.queue.keeping import keep_counter, keep_kind, keep_queue, leave, renew_wall, sit_down
from service.queue.taking import enter_paper, take_number
from tests.at_once import at_once
from tests.factories import (
    BranchQueueFactory,
    BusinessKindFactory,
    CounterFactory,
    QueueNumberFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 2, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CARD = "6222020000000012344"


def test_a_gold_customer_of_another_branch_is_recognised_and_not_opened(gold, queue, counter, cash, teller):
    number = take_number(queue=queue, kind=cash, text=gold.contact.phone, by=teller, at=NOW)
    assert (str(number), number.customer, number.tier.code, number.weight) == ("C001", gold, "gold", 1)
    assert number.found_by == "phone" and number.is_vip
    assert not Customer.objects.visible_to(teller).filter(pk=gold.pk).exists() and not Reach.objects.exists()
    looked = Event.objects.get(action="customer.looked_up")
    assert looked.customer_id == gold.pk and gold.contact.phone not in str(looked.data)


def test_looks_beyond_the_own_reach_are_counted_whether_they_find_somebody_or_not(
    gold, queue, counter, cash, teller, settings
):
    settings.CRM_LOOKUPS_PER_HOUR = 2
    with pytest.raises(RuleBroken, match="Nobody is known") as refusal:
        take_number(queue=queue, kind=cash, text="13800000000", by=teller, at=NOW)
    refusal.value.conclude()
    take_number(queue=queue, kind=cash, text=gold.number, by=teller, at=NOW)
    with pytest.raises(RuleBroken, match="as an hour allows") as refusal:
        take_number(queue=queue, kind=cash, text=gold.number, by=teller, at=NOW)
    assert refusal.value.field == "text"
    assert take_number(queue=queue, kind=cash, by=teller, at=NOW).weight == 0


def test_a_card_tells_who_somebody_is_and_its_number_is_kept_nowhere(gold, own, queue, counter, cash, teller):
    number = CARD.replace("2344", " 2344")
    key = remember_card(customer=gold, number=number, by=teller, at=NOW)
    assert (remember_card(customer=gold, number=CARD, by=teller, at=NOW), key.last_four) == (key, "2344")
    made = take_number(queue=queue, kind=cash, text=CARD, by=teller, at=NOW)
    assert (made.customer, made.found_by, made.weight) == (gold, "card", 1)
    assert CARD not in str([event.data for event in Event.objects.all()]) and CARD not in str(vars(key))
    assert Event.objects.get(action="customer.looked_up").customer_id == gold.pk
    for customer, text, said in ((own.customer, CARD, "another customer"), (gold, CARD[:-1] + "5", "no card number")):
        with pytest.raises(RuleBroken, match=said):
            remember_card(customer=customer, number=text, by=teller, at=NOW)
    forget_card(key=key, by=teller)
    with pytest.raises(RuleBroken, match="Nobody is known by this"):
        take_number(queue=queue, kind=cash, text=CARD, by=teller, at=NOW)


def test_the_next_one_is_called_served_and_finished_and_the_log_keeps_it(queue, counter, cash, teller):
    first, second = (QueueNumberFactory(queue=queue, taken_at=NOW - ago * MINUTE) for ago in (9, 4))
    assert calling.call_next(counter=counter, by=teller, at=NOW) == first
    first.refresh_from_db()
    assert (first.state, first.counter, first.called_at, first.version) == ("called", counter, NOW, 2)
    with pytest.raises(RuleBroken, match="still at your counter"):
        calling.call_next(counter=counter, by=teller, at=NOW)
    calling.recall(number=first, by=teller, at=NOW + MINUTE)
    calling.serve(number=first, by=teller, at=NOW + 2 * MINUTE)
    for verb in (calling.recall, calling.serve, calling.give_up):
        with pytest.raises(RuleBroken, match="is being served"):
            verb(number=first, by=teller, at=NOW + 3 * MINUTE)
    calling.finish(number=first, by=teller, at=NOW + 9 * MINUTE)
    first.refresh_from_db()
    assert (first.state, first.ended_at, first.called_at) == ("served", NOW + 9 * MINUTE, NOW)
    assert [step.act for step in first.steps.all()] == ["called", "recalled", "serving", "served"]
    assert calling.call_next(counter=counter, by=teller, at=NOW + 9 * MINUTE) == second
    calling.give_up(number=second, by=teller, at=NOW + 10 * MINUTE)
    assert calling.call_next(counter=counter, by=teller, at=NOW + 10 * MINUTE) is None


def test_a_stale_or_foreign_number_is_not_gone_on_with(queue, counter, cash, teller, head):
    number = QueueNumberFactory(queue=queue, called=True, counter=counter, taken_at=NOW)
    with pytest.raises(RuleBroken, match="changed this number"):
        calling.finish(number=number, by=teller, at=NOW, version=9)
    with pytest.raises(RuleBroken, match="at another counter"):
        calling.finish(number=number, by=head, at=NOW)
    with pytest.raises(RuleBroken, match="staff of the branch"):
        calling.finish(number=number, by=UserFactory(teller=True, branch=BranchQueueFactory().branch), at=NOW)
    with pytest.raises(RuleBroken, match="at no counter"):
        calling.finish(number=QueueNumberFactory(queue=queue, taken_at=NOW), by=teller, at=NOW)


def test_who_is_sent_on_waits_again_since_they_came(queue, counter, cash, teller):
    loans = BusinessKindFactory(code="loans")
    number = QueueNumberFactory(queue=queue, called=True, counter=counter, taken_at=NOW - 20 * MINUTE)
    with pytest.raises(RuleBroken, match="No other counter here serves") as refusal:
        calling.transfer(number=number, kind=loans, by=teller, at=NOW)
    assert refusal.value.field == "kind"
    other = CounterFactory(queue=queue, teller=UserFactory(teller=True, branch=queue.branch), serves=[loans])
    QueueNumberFactory(queue=queue, kind=loans, taken_at=NOW - 10 * MINUTE)
    calling.transfer(number=number, kind=loans, by=teller, at=NOW)
    number.refresh_from_db()
    assert (number.state, number.counter, number.called_at) == ("transferred", None, NOW - 20 * MINUTE)
    assert calling.call_next(counter=counter, by=teller, at=NOW) is None
    assert calling.call_next(counter=other, by=other.teller, at=NOW) == number


def test_after_two_vips_an_ordinary_customer_over_the_limit_is_called(queue, counter, gold, teller):
    vips = [QueueNumberFactory(queue=queue, customer=gold, weight=8, taken_at=NOW) for _count in range(3)]
    late = QueueNumberFactory(queue=queue, taken_at=NOW - 31 * MINUTE)
    called = []
    for _count in range(4):
        number = calling.call_next(counter=counter, by=teller, at=NOW)
        calling.give_up(number=number, by=teller, at=NOW)
        called.append(number)
    assert called == [*vips[:2], late, vips[2]]


def test_a_counter_for_vips_neither_counts_in_the_row_nor_calls_others(queue, counter, gold, cash, teller):
    sits = UserFactory(teller=True, branch=queue.branch)
    apart = CounterFactory(queue=queue, is_vip=True, teller=sits, serves=[cash])
    QueueNumberFactory(queue=queue, taken_at=NOW - 40 * MINUTE)
    assert calling.call_next(counter=apart, by=sits, at=NOW) is None
    QueueNumberFactory.create_batch(3, queue=queue, customer=gold, weight=8, taken_at=NOW)
    for _count in range(2):
        calling.give_up(number=calling.call_next(counter=apart, by=sits, at=NOW), by=sits, at=NOW)
    assert calling.call_next(counter=counter, by=teller, at=NOW).is_vip


def test_numbers_go_past_the_block_on_paper_which_is_entered_afterwards(queue, counter, cash, teller):
    QueueNumberFactory(queue=queue, serial=800, taken_at=NOW)
    assert str(take_number(queue=queue, kind=cash, by=teller, at=NOW)) == "C900"
    paper = enter_paper(queue=queue, label="c 805", taken_at=NOW - 50 * MINUTE, by=teller, at=NOW)
    assert (str(paper), paper.is_paper, paper.state) == ("C805", True, "waiting")
    assert calling.call_next(counter=counter, by=teller, at=NOW) == paper
    said = {"taken_at": NOW - 50 * MINUTE, "by": teller, "at": NOW}
    served = {"served_by": counter, "called_at": NOW - 40 * MINUTE, "ended_at": NOW - 35 * MINUTE}
    assert enter_paper(queue=queue, label="C806", **said, **served).state == "served"
    wrong = [
        ("C805", {}, "label"), ("C012", {}, "label"), ("Z805", {}, "label"), ("805", {}, "label"),
        ("C807", {"taken_at": NOW + MINUTE}, "taken_at"), ("C807", {"taken_at": NOW - timedelta(days=1)}, "taken_at"),
        ("C807", {"served_by": counter}, "served_by"), ("C807", served | {"ended_at": NOW - 45 * MINUTE}, "called_at"),
        ("C807", served | {"served_by": CounterFactory()}, "served_by"),
    ]  # fmt: skip
    for label, more, field in wrong:
        with pytest.raises(RuleBroken) as refusal:
            enter_paper(queue=queue, label=label, **said | more)
        assert refusal.value.field == field, (label, more)


def test_no_number_is_given_that_nobody_would_call(queue, counter, cash, teller):
    with pytest.raises(RuleBroken, match="No counter here serves"):
        take_number(queue=queue, kind=BusinessKindFactory(code="loans"), by=teller, at=NOW)
    queue.is_open = False
    queue.save()
    with pytest.raises(RuleBroken, match="gives no numbers now"):
        take_number(queue=queue, kind=cash, by=teller, at=NOW)


def test_who_sits_where_and_how_a_branch_is_set_up(queue, counter, cash, teller, head, admin):
    other = CounterFactory(queue=queue)
    sit_down(counter=other, by=teller)
    counter.refresh_from_db()
    assert counter.teller is None
    with pytest.raises(RuleBroken, match="taken, or not in use"):
        sit_down(counter=other, by=head)
    number = QueueNumberFactory(queue=queue, called=True, counter=other, taken_at=NOW)
    with pytest.raises(RuleBroken, match="still at this counter"):
        leave(counter=other, by=head)
    calling.finish(number=number, by=teller, at=NOW)
    leave(counter=other, by=head)
    said = {"kinds": [cash], "is_vip": False, "is_used": True, "by": head}
    for number, kinds, field in ((1, [cash], "number"), (0, [cash], "number"), (7, [], "kinds")):
        with pytest.raises(RuleBroken) as refusal:
            keep_counter(queue=queue, number=number, **said | {"kinds": kinds})
        assert refusal.value.field == field
    assert keep_counter(queue=queue, number=7, **said).number == 7
    before = queue.wall_key
    assert renew_wall(queue=queue, by=head).wall_key != before
    block = {"is_open": True, "paper_from": 700, "paper_until": 600, "lobby": None}
    with pytest.raises(RuleBroken, match="block on paper"):
        keep_queue(branch=queue.branch, by=head, **block)
    with pytest.raises(RuleBroken, match="already"):
        keep_kind(code="coins", name="Coins", letter="c", is_offered=True, by=admin)


def test_the_database_keeps_one_number_at_a_counter_and_what_was_said(queue, counter):
    one = QueueNumberFactory(queue=queue, called=True, counter=counter, taken_at=NOW)
    for wrong in (
        lambda: QueueNumberFactory(queue=queue, called=True, counter=counter, taken_at=NOW),
        lambda: QueueNumberFactory(queue=queue, serial=one.serial, taken_at=NOW),
        lambda: QueueNumber.objects.filter(pk=one.pk).update(state="waiting"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    with pytest.raises(DatabaseError), transaction.atomic():
        QueueNumber.objects.filter(pk=one.pk).update(taken_at=NOW - MINUTE)
    QueueNumber.objects.filter(pk=one.pk).update(state="served", ended_at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        QueueNumber.objects.filter(pk=one.pk).update(state="no_show")


@pytest.mark.django_db(transaction=True)
def test_counters_that_call_at_once_never_get_the_same_number() -> None:
    queue = BranchQueueFactory()
    people = [UserFactory(teller=True, branch=queue.branch) for _count in range(8)]
    counters = [CounterFactory(queue=queue, teller=user) for user in people]
    QueueNumberFactory.create_batch(20, queue=queue, taken_at=NOW)

    def work(counter: Counter) -> None:
        for _count in range(2):
            number = calling.call_next(counter=counter, by=counter.teller, at=NOW)
            calling.finish(number=number, by=counter.teller, at=NOW)

    assert at_once([lambda counter=counter: work(counter) for counter in counters]) == []
    called = QueueStep.objects.filter(act="called").values_list("number", flat=True)
    assert len(called) == len(set(called)) == 16
    assert QueueNumber.objects.filter(state="waiting").count() == 4
