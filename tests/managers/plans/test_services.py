"""Plans are drawn up for few, measured against what is actual, and never rewritten behind somebody's back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from managers.models import CustomerPlan, PlanGoal, PlanReview
from managers.plans.reckoning import against_actual, half_a_year_after, month_ends, share_of, standing_of
from managers.plans.services import change_plan, close_plan, draw_up, look_back
from managers.plans.steps import close_action, drop_goal, set_action, set_goal
from segmentation.models import FactsMonth
from tests.factories import (
    AssignmentFactory,
    CustomerPlanFactory,
    PlanActionFactory,
    PlanGoalFactory,
    TierFactory,
    TierPeriodFactory,
)
from tests.managers.staff.test_scorecard import average

pytestmark = pytest.mark.django_db


def refused(verb, **said) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as refusal, transaction.atomic():
        verb(at=timezone.now(), **said)
    return refusal.value.field or "", refusal.value.code


def drawn(customer, by, **said) -> CustomerPlan:
    until = timezone.localdate() + timedelta(400)
    return draw_up(customer=customer, by=by, at=timezone.now(), **{"until": until} | said)


def test_plans_are_for_companies_the_highest_tier_and_who_has_a_sponsor(own, other, manager, manager2):
    gold = TierFactory(gold=True)
    TierFactory(scheme=gold.scheme, code="black", rank=gold.rank + 1)
    TierPeriodFactory(customer=own.customer, tier=gold)
    person = {"customer": own.customer, "by": manager, "until": timezone.localdate() + timedelta(400)}
    assert refused(draw_up, **person) == ("customer", "not_planned")
    sponsor = AssignmentFactory(customer=own.customer, role="sponsor", until=timezone.localdate())
    assert refused(draw_up, **person) == ("customer", "not_planned")  # until today
    sponsor.until = None
    sponsor.save()
    assert drawn(own.customer, manager).review_on == half_a_year_after(timezone.localdate())
    TierPeriodFactory(customer=other.customer, tier=gold.scheme.tiers.get(code="black"))
    assert drawn(other.customer, manager2).is_open


def test_one_plan_is_open_and_the_database_says_so_too(plan, company, manager):
    assert refused(draw_up, customer=company, by=manager, until=date(2099, 1, 1)) == ("customer", "open")
    with pytest.raises(IntegrityError, match="customer_plan_one_open"), transaction.atomic():
        CustomerPlanFactory(customer=company)
    close_plan(plan=plan, reason="Sold", by=manager, at=timezone.now(), version=1)
    assert drawn(company, manager).is_open
    assert refused(close_plan, plan=plan, reason="Again", by=manager) == ("", "closed")


def test_a_plan_is_of_one_to_three_years_with_a_wallet_that_has_a_source(company, manager):
    today = timezone.localdate()
    said = {"customer": company, "by": manager, "until": today + timedelta(400)}
    assert refused(draw_up, **said | {"until": today})[0] == "until"
    assert refused(draw_up, **said | {"until": today + timedelta(1099)})[0] == "until"
    assert refused(draw_up, **said, wallet=Decimal(5)) == ("wallet_source", "required")
    assert refused(draw_up, **said, wallet_source="Report")[0] == "wallet"
    assert refused(draw_up, **said, wallet=Decimal("0.001"), wallet_source="Report")[0] == "wallet"
    assert refused(draw_up, **said, wallet=Decimal(5), wallet_source="Report", currency="XXX")[0] == "currency"
    assert CustomerPlan.objects.count() == 0


def test_who_was_overtaken_is_told(plan, manager, head):
    change_plan(plan=plan, needs=" Credit line ", by=head, at=timezone.now(), version=1)
    assert refused(change_plan, plan=plan, needs="Other", by=manager, version=1) == ("", "stale")
    assert refused(set_goal, plan=plan, kind="products", figure=Decimal(3), due_on=plan.until, by=manager, version=1) == ("", "stale")  # fmt: skip
    plan.refresh_from_db()
    assert (plan.needs, plan.version) == ("Credit line", 2)
    assert "Credit" not in str(Event.objects.get(action="plan.changed").data)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "balance"}, "figure"),
        ({"kind": "balance", "figure": Decimal("-1")}, "figure"),
        ({"kind": "wallet", "figure": Decimal("100.01")}, "figure"),
        ({"kind": "products", "figure": Decimal("2.5")}, "figure"),
        ({"kind": "other", "words": " "}, "words"),
        ({"kind": "other", "words": "Payroll", "figure": Decimal(1)}, "figure"),
        ({"kind": "cake", "figure": Decimal(1)}, "kind"),
        ({"kind": "products", "figure": Decimal(1), "due_on": date(2001, 1, 1)}, "due_on"),
    ],
)
def test_a_goal_is_measured_as_its_kind_says(plan, manager, said, field):
    assert refused(set_goal, plan=plan, by=manager, **{"due_on": plan.until} | said)[0] == field
    assert not PlanGoal.objects.exists()


def test_goals_stand_beside_what_is_actual_and_what_is_missing(plan, company, holds):
    goals = [
        PlanGoalFactory(plan=plan, figure=Decimal(5_000_000)),
        PlanGoalFactory(plan=plan, kind="wallet", currency="", figure=Decimal(30)),
        PlanGoalFactory(plan=plan, kind="products", currency="", figure=Decimal(5)),
        PlanGoalFactory(plan=plan, currency="USD", figure=Decimal(1)),
        PlanGoalFactory(plan=plan, kind="other", currency="", figure=None, words="Payroll"),
    ]
    nothing = against_actual(plan, goals, standing_of(company))
    assert [line.missing for line in nothing] == [None] * 5
    holds(company, 3_200_000, products=2)
    lines = against_actual(plan, goals, standing_of(company))
    assert [(line.actual, line.missing) for line in lines] == [
        (Decimal(3_200_000), Decimal(1_800_000)),
        (Decimal("32.00"), Decimal(0)),
        (Decimal(2), Decimal(3)),
        (None, None),
        (None, None),
    ]
    assert lines[1].is_reached and share_of(plan, Decimal(-5)) == 0


def test_month_ends_tell_the_balance_and_the_share_of_then(plan, company):
    for day in (date(2026, 1, 31), date(2026, 2, 28)):
        average(company, day, "1")
        FactsMonth.objects.filter(business_date=day).update(balance=Decimal(day.month * 1_000_000))
    found = [(each.on, each.balance, each.share) for each in month_ends(plan)]
    assert found == [(date(2026, 2, 28), Decimal(2_000_000), Decimal(20)), (date(2026, 1, 31), Decimal(1_000_000), Decimal(10))]  # fmt: skip


def test_a_goal_is_dropped_for_a_reason_and_never_rewritten(plan, manager):
    goal = PlanGoalFactory(plan=plan)
    assert refused(drop_goal, goal=goal, reason=" ", by=manager) == ("reason", "required")
    drop_goal(goal=goal, reason="Too high", by=manager, at=timezone.now(), version=1)
    assert refused(drop_goal, goal=goal, reason="Again", by=manager) == ("", "dropped")
    with pytest.raises(InternalError), transaction.atomic():
        PlanGoal.objects.update(figure=Decimal(1))


def test_an_action_is_of_somebody_who_looks_after_the_customer_and_ends_done_or_dropped(
    plan, manager, manager2, teller
):
    said = {"plan": plan, "what": "Call the owner", "due_on": timezone.localdate(), "by": manager}
    assert refused(set_action, **said, who=manager2)[0] == "who"
    assert refused(set_action, **said, who=teller)[0] == "who"
    assert refused(set_action, **said | {"due_on": timezone.localdate() - timedelta(1)})[0] == "due_on"
    assert refused(set_action, **said | {"what": " "}) == ("what", "required")
    action = set_action(**said, at=timezone.now())
    assert (action.who, action.state) == (manager, "open")
    assert refused(close_action, action=action, state="open", by=manager)[0] == "state"
    assert refused(close_action, action=action, state="dropped", by=manager) == ("reason", "required")
    close_action(action=action, state="done", by=manager, at=timezone.now(), version=2)
    assert refused(close_action, action=action, state="done", by=manager) == ("", "closed")
    assert PlanActionFactory(plan=plan).is_late


def test_a_review_is_kept_with_the_figures_of_the_day_and_asks_for_the_next_one(plan, company, manager, holds):
    holds(company, 3_200_000)
    today = timezone.localdate()
    assert refused(look_back, plan=plan, words="  ", by=manager) == ("words", "required")
    review = look_back(plan=plan, words="On the way", by=manager, at=timezone.now(), version=1)
    assert (review.on, review.balance, review.share) == (today, Decimal(3_200_000), Decimal("32.00"))
    plan.refresh_from_db()
    assert (plan.review_on, plan.version) == (half_a_year_after(today), 2)
    assert refused(look_back, plan=plan, words="Twice", by=manager) == ("", "same")
    with pytest.raises(InternalError), transaction.atomic():
        PlanReview.objects.update(words="Better")


def test_half_a_year_ends_with_a_shorter_month():
    days = [date(2026, 8, 31), date(2026, 3, 4), date(2026, 12, 31), date(2027, 6, 30)]
    assert [half_a_year_after(day) for day in days] == [
        date(2027, 2, 28), date(2026, 9, 4), date(2027, 6, 30), date(2027, 12, 30),
    ]  # fmt: skip
