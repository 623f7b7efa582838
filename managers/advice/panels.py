"""What advice puts on the page of a customer, and into their timeline."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from customers.models import Customer
from customers.timeline import Item, Source
from managers.advice.tables import STATES
from managers.models import Advice, AdviceAnswer, AdviceVersion

MOST = 20


def _tab(request: Any, customer: Customer) -> dict[str, Any]:
    """One query, when it is opened."""
    rows = Advice.objects.filter(customer=customer).with_state().kept().order_by("-begun_at", "-pk")[:MOST]
    states = [(each, Advice.State(each.state)) for each in rows]
    return {"advices": [(each, state.label, STATES[state]) for each, state in states]}


def _items(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    """What was handed over, and what was answered."""
    if not user.may("advice:read"):
        return []
    handed = AdviceVersion.objects.filter(advice__customer=customer).select_related("by")
    answered = AdviceAnswer.objects.filter(of__advice__customer=customer).select_related("by", "of")
    if before:
        handed, answered = handed.filter(recorded_at__lt=before), answered.filter(recorded_at__lt=before)
    newest = ("-recorded_at", "-pk")
    found = [_handed(each) for each in handed.order_by(*newest)[:limit]]
    found += [_answered(each) for each in answered.order_by(*newest)[:limit]]
    return sorted(found, key=lambda item: item.at, reverse=True)[:limit]


def _handed(version: AdviceVersion) -> Item:
    title = _("Advice handed over, version %(number)s") % {"number": version.number}
    return _item(version, version.advice_id, title, version.goals)


def _answered(answer: AdviceAnswer) -> Item:
    title = _("Advice, version %(number)s: %(answer)s") % {"number": answer.of.number, "answer": answer}
    return _item(answer, answer.of.advice_id, title, answer.words)


def _item(told: Any, advice_id: int, title: str, text: str) -> Item:
    return Item(
        at=told.recorded_at, kind="advice", title=title, text=text, by=str(told.by), icon="bulb",
        url=reverse("advice_one", args=[advice_id]),
    )  # fmt: skip


TAB = Panel("advice", "managers/advice/_tab.html", _tab, gettext_lazy("Advice"), "advice:read")
TIMELINE = Source("advice", gettext_lazy("Advice"), _items)
