"""Whatever is done with an opportunity, in whatever order: its history tells each step, and leads to where it stands."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from managers.models import Opportunity, Stage
from managers.models.sales import CLOSED, OPEN
from managers.sales.services import change_opportunity, lose, move_opportunity, reopen
from tests.managers.sales.conftest import NOW

pytestmark = pytest.mark.django_db

MOVES = st.tuples(st.just("move"), st.sampled_from(list(Stage)))
LOSSES = st.tuples(st.just("lose"), st.sampled_from(["price", "other", ""]))
OPENINGS = st.tuples(st.just("reopen"), st.sampled_from(["They called", ""]))
AMOUNTS = st.tuples(st.just("change"), st.integers(-5, 500))
STEPS = st.lists(st.one_of(MOVES, LOSSES, OPENINGS, AMOUNTS), max_size=12)


def act(opportunity: Opportunity, what: str, word, by, at) -> None:
    said = {"opportunity": opportunity, "by": by, "at": at}
    match what:
        case "move":
            move_opportunity(stage=word, **said)
        case "lose":
            lose(lost_reason=word, **said)
        case "reopen":
            reopen(reason=word, **said)
        case _:
            change_opportunity(amount=Decimal(word), **said)


@given(steps=STEPS)
def test_the_history_is_complete_over_any_sequence_of_moves(begun, manager, steps):
    stood, at = [Stage.NEW], NOW
    with transaction.atomic():
        for what, word in steps:
            at += timedelta(hours=1)
            try:
                act(begun, what, word, manager, at)
            except RuleBroken:
                continue
            stage = Opportunity.objects.get(pk=begun.pk).stage
            if stage != stood[-1]:
                stood.append(Stage(stage))
        rows = list(begun.moves.order_by("number"))
        row = Opportunity.objects.get(pk=begun.pk)

        assert [move.to_stage for move in rows] == stood
        assert [move.from_stage for move in rows] == ["", *stood[:-1]]
        assert [move.number for move in rows] == list(range(1, len(rows) + 1))
        assert all(
            move.to_stage not in CLOSED or (after.to_stage in OPEN and after.reason) for move, after in pairwise(rows)
        )
        assert (row.closed_at is not None) == (row.stage in CLOSED)
        assert row.version >= len(rows)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        transaction.set_rollback(True)
