"""Plans when two records become one customer: of two open ones that of the record that stays goes on, with what was to be done in both."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.duplicates.moves import Moves, moved_by
from customers.models import Merge
from managers.models import CustomerPlan, PlanAction, Task
from managers.plans.keeping import record

UNSAID: dict[str, Any] = {"closed_at": None, "closed_by": None, "closed_because": ""}


class PlanMoves(Moves):
    """The other one comes along closed, with its goals and reviews to read; its open actions go on in the one that stays."""

    def move(self, merge: Merge) -> dict[str, Any]:
        plans = CustomerPlan.objects.open().filter(customer__in=(merge.survivor_id, merge.absorbed_id)).order_by("pk")
        found = {plan.customer_id: plan for plan in plans.select_for_update(of=("self",), no_key=True)}
        joined = self._join(merge, *found.values()) if len(found) == 2 else {}
        return joined | {"moved": super().move(merge)}

    def _join(self, merge: Merge, *plans: CustomerPlan) -> dict[str, Any]:
        second, first = sorted(plans, key=lambda plan: plan.customer_id == merge.survivor_id)
        actions = list(second.actions.filter(state=PlanAction.State.OPEN).values_list("pk", flat=True))
        PlanAction.objects.filter(pk__in=actions).update(plan=first)
        because = _("The record was merged with one that has a plan: the open actions go on in that one.")
        _say(second, closed_at=merge.at, closed_by=merge.by, closed_because=because)
        _say(first)
        record("plan.joined", second, by=merge.by, into=first.pk, actions=len(actions))
        return {"joined": second.pk, "into": first.pk, "actions": actions}

    def undo(self, merge: Merge, kept: Any) -> list[str]:
        moved = moved_by(merge, self.name)
        left = super().undo(merge, moved)
        if isinstance(kept, dict) and "joined" in kept:
            self._part(merge, kept)
        _bring_tasks(merge, moved)
        return left

    def _part(self, merge: Merge, kept: dict[str, Any]) -> None:
        """Open again, with its actions as they are by now."""
        first, second = (CustomerPlan.objects.for_change(CustomerPlan(pk=kept[name])) for name in ("into", "joined"))
        _say(second, **UNSAID)
        PlanAction.objects.filter(pk__in=kept["actions"], plan=first).update(plan=second)
        _say(first)
        assert merge.undone_by
        record("plan.parted", second, by=merge.undone_by, of=first.pk)


def _say(plan: CustomerPlan, **said: Any) -> None:
    CustomerPlan.objects.filter(pk=plan.pk).update(version=F("version") + 1, **said)


def _bring_tasks(merge: Merge, plans: list[int]) -> None:
    """What became a task since the merge goes with what it is about."""
    actions = map(str, PlanAction.objects.filter(plan__in=plans).values_list("pk", flat=True))
    days = CustomerPlan.objects.filter(pk__in=plans).values_list("pk", "review_on")
    for kind, about in (
        (Task.Kind.PLAN_ACTION, list(actions)),
        (Task.Kind.PLAN_REVIEW, [f"{key}:{day}" for key, day in days]),
    ):
        Task.objects.filter(kind=kind, about__in=about, customer=merge.survivor_id).update(customer=merge.absorbed_id)


MOVES = PlanMoves("plans", gettext_lazy("Plans"), CustomerPlan)
