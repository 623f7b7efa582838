"""The table of the laws: each regime, with weekends and holidays in between, extensions, and no pause."""

from datetime import date

import pytest

from crm.base.errors import RuleBroken
from service.complaints.clock import deadlines, due
from service.complaints.regimes import Regime, pack_of, packs


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("regime", "received", "said", "stage", "due_on"),
    [
        # China: calendar days from the receipt, holidays and weekends too
        ("cn", "2026-02-10", {}, "answer", "2026-02-25"),
        ("cn", "2026-02-10", {"complex": "2026-02-25"}, "complex", "2026-03-12"),
        ("cn", "2026-02-10", {"complex": "2026-02-26"}, "answer", "2026-02-25"),
        ("cn", "2026-02-10", {"complex": "2026-02-20", "approved": "2026-03-10"}, "complex", "2026-03-12"),
        ("cn", "2026-02-10", {"complex": "2026-02-20", "approved": "2026-03-10", "noticed": "2026-03-12"}, "extended", "2026-04-11"),
        ("cn", "2026-02-10", {"complex": "2026-02-20", "approved": "2026-03-10", "noticed": "2026-03-13"}, "complex", "2026-03-12"),
        ("cn", "2026-02-10", {"approved": "2026-02-20", "noticed": "2026-02-20"}, "answer", "2026-02-25"),
        ("cn", "2028-02-20", {}, "answer", "2028-03-06"),
        # United Kingdom: eight weeks once the third business day is over
        ("uk", "2026-04-01", {}, "final", "2026-05-27"),
        ("uk", "2026-12-23", {}, "final", "2027-02-17"),
        # payments: business days, Good Friday and Easter Monday are none
        ("uk_payments", "2026-04-01", {}, "final", "2026-04-24"),
        ("uk_payments", "2026-04-01", {"holding_reply": "2026-04-24"}, "held", "2026-05-26"),
        ("uk_payments", "2026-04-01", {"holding_reply": "2026-04-25"}, "final", "2026-04-24"),
        # United States
        ("us", "2026-07-01", {}, "answer", "2026-07-16"),
        ("us", "2026-07-01", {"holding_reply": "2026-07-16"}, "final", "2026-08-30"),
        ("us", "2026-07-01", {"holding_reply": "2026-07-17"}, "answer", "2026-07-16"),
    ],
)  # fmt: skip
def test_the_last_day_for_an_answer(regime, received, said, stage, due_on) -> None:
    acts = [(act, day(on)) for act, on in said.items()]
    found = due(deadlines(packs()[regime][0], day(received), acts))
    assert (found.stage.code, found.due_on) == (stage, day(due_on))


@pytest.mark.parametrize(
    ("received", "third"),
    [
        ("2026-04-01", "2026-04-08"),
        ("2026-03-06", "2026-03-11"),
        ("2026-12-23", "2026-12-30"),
        ("2026-05-22", "2026-05-28"),
    ],
)
def test_a_summary_resolution_ends_with_the_third_business_day(received, third) -> None:
    first = deadlines(packs()["uk"][0], day(received), [])[0]
    assert (first.stage.code, first.due_on, first.stage.is_soft) == ("summary", day(third), True)


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"stages": []}, "regime.stages", "at least one stage"),
        ({"stages": None}, "regime.stages", "at least one stage"),
        ({"pauses": True}, "regime.pauses", "unknown"),
        ({"holidays": "XX"}, "regime.holidays", "country"),
        ({"stages": [{"code": "a", "days": 5, "unit": "weeks"}]}, "regime.stages[0].unit", "one of"),
        ({"stages": [{"code": "a", "days": 5, "unit": "calendar", "pauses": 1}]}, "regime.stages[0].pauses", "unknown"),
        ({"stages": [{"code": "a", "days": 0, "unit": "calendar"}]}, "regime.stages[0].days", "whole number"),
        (
            {"stages": [{"code": "a", "days": 5, "unit": "calendar", "needs": ["luck"]}]},
            "regime.stages[0].needs[0]",
            "one of",
        ),
        (
            {"stages": [{"code": "a", "days": 5, "unit": "calendar", "needs": ["complex"]}]},
            "regime.stages[0].needs",
            "receipt",
        ),
    ],
)
def test_a_pack_that_is_wrong_is_refused_with_its_place(change, path, said) -> None:
    with pytest.raises(RuleBroken, match=said) as refused:
        Regime.parse(pack_of("cn") | change)
    assert refused.value.field == path


def test_what_is_no_regime_is_refused() -> None:
    with pytest.raises(RuleBroken, match="no such regime"):
        pack_of("mars")
