"""What is handed over stays as it was, with the risk profile of its day; what does not suit is refused."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from crm.base.errors import RuleBroken
from managers.advice.content import Content, Line
from managers.advice.services import change_draft, draft_advice, hand_over_advice, record_answer
from managers.models import Advice, AdviceAnswer, AdviceLine, AdviceVersion, Task
from managers.todo.services import open_tasks
from tests.factories import AdviceFactory, ProductFactory, RiskAssessmentFactory
from tests.managers.advice.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def handed(advice, by, at=NOW, **said) -> AdviceVersion:
    return hand_over_advice(advice=advice, by=by, at=at, **{"handed_on": at.date()} | said)


def answered(advice, by, at=NOW, **said) -> AdviceAnswer:
    usual = {"outcome": "accepted", "channel": "phone", "answered_on": at.date()}
    return record_answer(advice=advice, by=by, at=at, **usual | said)


def state(advice) -> str:
    return Advice.objects.with_state().get(pk=advice.pk).state


def test_each_change_after_it_was_handed_over_is_another_version_and_the_first_stays(drafted, content, manager):
    first = handed(drafted, manager)
    assert (first.number, first.level, first.assessed_on) == (1, 3, date(2026, 1, 15))
    assert state(drafted) == "handed"
    later = NOW + 5 * DAY
    RiskAssessmentFactory(customer=drafted.customer, level=5, assessed_on=later.date())
    answered(drafted, manager, later, outcome="declined", words="太激进")
    assert state(drafted) == "declined"
    change_draft(advice=drafted, content=content(amount=Decimal(300_000)), by=manager, at=later)
    assert state(drafted) == "declined" and drafted.versions.count() == 1
    second = handed(drafted, manager, later)
    rows = list(drafted.versions.order_by("number").values_list("number", "amount", "level", "assessed_on"))
    assert rows == [(1, Decimal(500_000), 3, date(2026, 1, 15)), (2, Decimal(300_000), 5, later.date())]
    assert [(line.product.code, line.percent, line.risk) for line in second.lines.all()] == [("fund", Decimal(60), 3)]
    assert state(drafted) == "handed" and first.answer.words == "太激进"
    with pytest.raises(RuleBroken, match="Nothing is drafted"):
        handed(drafted, manager, later)


@pytest.mark.parametrize("model", [AdviceVersion, AdviceLine, AdviceAnswer])
def test_nothing_of_a_version_is_changed_or_taken_away(drafted, manager, model):
    handed(drafted, manager)
    answered(drafted, manager)
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET id = id + 1", f"DELETE FROM {table}"):
        refused = pytest.raises(DatabaseError, match="Cannot update or delete")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_database_takes_no_line_that_comes_later_nor_a_number_that_is_left_out(drafted, manager):
    version = handed(drafted, manager)
    late = {"of": version, "place": 1, "product": ProductFactory(code="term"), "amount": Decimal(1), "reason": "Late"}
    with pytest.raises(IntegrityError, match="all of them suit"), transaction.atomic():
        AdviceLine.objects.create(risk=1, **late)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="after the last one"), transaction.atomic():
        AdviceFactory(customer=drafted.customer, handed=True, version_of__number=2)


def test_a_line_above_the_profile_is_refused_when_drafted_and_when_handed_over(drafted, content, manager):
    bold = Line(ProductFactory(code="equity", risk=5), "Grows fast", percent=Decimal(10))
    wanted = content(lines=(*content().lines, bold))
    with pytest.raises(RuleBroken, match="Equity does not suit this customer: risk R5 is above C3") as refused:
        draft_advice(customer=drafted.customer, content=wanted, by=manager, at=NOW)
    assert (refused.value.field, refused.value.code) == ("lines[1].product", "unsuitable")
    RiskAssessmentFactory(customer=drafted.customer, level=2, assessed_on=TODAY)
    with pytest.raises(RuleBroken, match="risk R3 is above C2"):
        handed(drafted, manager)
    assert not AdviceVersion.objects.exists()


def test_without_a_valid_assessment_nothing_is_advised(own, content, manager):
    with pytest.raises(RuleBroken, match="no risk assessment"):
        draft_advice(customer=own.customer, content=content(), by=manager, at=NOW)


def line(content: Content, **said) -> dict:
    return {"lines": (replace(content.lines[0], **said),)}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (lambda usual: {"goals": " "}, "goals"),
        (lambda usual: {"horizon_months": 0}, "horizon_months"),
        (lambda usual: {"amount": Decimal("0.001")}, "amount"),
        (lambda usual: {"currency": "XXX"}, "currency"),
        (lambda usual: {"review_on": TODAY}, "review_on"),
        (lambda usual: {"lines": ()}, "lines"),
        (lambda usual: {"lines": usual.lines * 2}, "lines[0].product"),
        (lambda usual: line(usual, amount=Decimal(5)), "lines[0].amount"),
        (lambda usual: line(usual, percent=None), "lines[0].amount"),
        (lambda usual: line(usual, percent=None, amount=Decimal(-5)), "lines[0].amount"),
        (lambda usual: line(usual, percent=Decimal("100.01")), "lines[0].percent"),
        (lambda usual: line(usual, reason=" "), "lines[0].reason"),
    ],
)
def test_what_an_advice_cannot_say_is_named(advised, content, manager, said, field):
    with pytest.raises(RuleBroken) as refused:
        draft_advice(customer=advised, content=content(**said(content())), by=manager, at=NOW)
    assert refused.value.field == field and not Advice.objects.exists()


def test_shares_come_to_at_most_a_hundred(advised, content, manager):
    rest = Line(ProductFactory(code="term"), "Safe", percent=Decimal("40.01"))
    lines = content().lines
    with pytest.raises(RuleBroken, match=r"come to 100\.01 percent"):
        draft_advice(customer=advised, content=content(lines=(*lines, rest)), by=manager, at=NOW)
    whole = content(lines=(*lines, replace(rest, percent=Decimal(40))))
    assert draft_advice(customer=advised, content=whole, by=manager, at=NOW).pk


def test_days_follow_each_other(drafted, content, manager):
    for day in (TODAY - DAY, TODAY + DAY):
        with pytest.raises(RuleBroken) as refused:
            handed(drafted, manager, handed_on=day)
        assert refused.value.field == "handed_on"
    with pytest.raises(RuleBroken, match="Nothing was handed over"):
        answered(drafted, manager)
    later = NOW + 3 * DAY
    handed(drafted, manager, later, handed_on=TODAY + DAY)
    for day in (TODAY, TODAY + 4 * DAY):
        with pytest.raises(RuleBroken) as refused:
            answered(drafted, manager, later, answered_on=day)
        assert refused.value.field == "answered_on"
    answered(drafted, manager, later)
    with pytest.raises(RuleBroken, match="answered this version already: Accepted"):
        answered(drafted, manager, later)
    change_draft(advice=drafted, content=content(), by=manager, at=later)
    with pytest.raises(RuleBroken) as refused:
        handed(drafted, manager, later, handed_on=TODAY)
    assert refused.value.field == "handed_on"


def test_who_was_overtaken_is_told(drafted, content, manager):
    change_draft(advice=drafted, content=content(), by=manager, at=NOW, version=1)
    with pytest.raises(RuleBroken) as refused:
        handed(drafted, manager, version=1)
    assert refused.value.code == "stale"


def test_nobody_advises_who_left(drafted, manager):
    type(drafted.customer).objects.filter(pk=drafted.customer_id).update(status="closed")
    with pytest.raises(RuleBroken, match="Nobody advises a customer with this status"):
        handed(drafted, manager)


def test_a_review_that_is_due_is_a_task_of_the_manager_until_another_version(advised, manager):
    due = AdviceFactory(customer=advised, handed=True, version_of__review_on=TODAY)
    AdviceFactory(customer=advised, handed=True, version_of__review_on=TODAY + DAY)
    refused = AdviceFactory(customer=advised, handed=True, version_of__review_on=TODAY)
    answered(refused, manager, outcome="declined")
    assert list(Advice.objects.with_state().due(TODAY)) == [due]
    open_tasks(as_of=NOW)
    task = Task.objects.get()
    assert (task.kind, task.due_on, task.figures["id"]) == ("advice_review", TODAY, due.pk)
    assert str(task) == "Review the advice of 5 Mar 2026 with the customer, due on 2 Apr 2026."
    assert manager.notifications.get().text == "1 advice is to be reviewed."
    Advice.objects.filter(pk=due.pk).update(draft=AdviceFactory.build(customer=advised, begun_by=manager).draft)
    handed(due, manager)
    open_tasks(as_of=NOW)
    task.refresh_from_db()
    assert task.state == "done"
