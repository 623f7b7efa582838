"""Home, by role: panels that the apps contribute to the slot "home" (`panels.Panel`, its object being the user)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Page
from crm.base.panels import Panel
from crm.base.slots import contributions
from crm.identity.models import User
from crm.jobs.models import Run
from customers.models import Customer, Interaction
from segmentation.models import Published, TierPeriod

NEXT_DAYS, SHOWN = 7, 12


@dataclass(frozen=True)
class Shown:
    panel: Panel
    context: dict[str, Any]


@dataclass(frozen=True)
class Tile:
    label: str | Promise
    figure: Any
    url: str = ""
    tier: str = ""


def tiers(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """How many customers in reach stand in each tier."""
    if user.role not in (User.Role.MANAGER, User.Role.HEAD, User.Role.AUDITOR):
        return None
    periods = TierPeriod.objects.visible_to(user).open()
    counted = (
        periods.values("tier__name", "tier__code", "tier__rank")
        .annotate(n=Count("pk"))
        .order_by("tier__scheme", "-tier__rank")
    )
    rows = [(row["tier__name"], row["tier__code"], row["n"]) for row in counted]
    return {"tiers": rows, "most": max((n for _name, _code, n in rows), default=1)} if rows else None


def book(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """The size of what is in reach, by status."""
    if user.role not in (User.Role.MANAGER, User.Role.HEAD, User.Role.TELLER, User.Role.AUDITOR):
        return None
    counted = Customer.objects.visible_to(user).unmerged().values("status").annotate(n=Count("pk")).order_by()
    numbers = {row["status"]: row["n"] for row in counted}
    labels = dict(Customer.Status.choices)
    url = _url("customers")
    tiles = [Tile(_("Customers"), sum(numbers.values()), url)]
    shown = (Customer.Status.ACTIVE, Customer.Status.DORMANT, Customer.Status.FROZEN)
    tiles += [Tile(labels[status], numbers.get(status, 0), f"{url}?status={status}") for status in shown]
    return {"tiles": tiles}


def next_steps(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """What the user promised to do next, the overdue first."""
    today = timezone.localdate()
    mine = Interaction.objects.visible_to(user).filter(by=user)
    steps = mine.unanswered(today + timedelta(days=NEXT_DAYS)).select_related("customer")
    return {"steps": steps[:SHOWN], "today": today}


def runs(request: HttpRequest, user: User) -> dict[str, Any] | None:
    return {"runs": Run.objects.nights()[:6], "published": Published.objects.first(), "runs_url": _url("runs")}


def audit(request: HttpRequest, user: User) -> dict[str, Any] | None:
    url = _url("audit_events")
    return {"url": url} if url else None


PANELS = (
    Panel("book", "home/_tiles.html", book, permission="customers:read"),
    Panel("next_steps", "home/_next_steps.html", next_steps, _("Next steps"), "interactions:write"),
    Panel("tiers", "home/_tiers.html", tiers, _("Customers per tier"), "tier-periods:read"),
    Panel("runs", "home/_runs.html", runs, _("Nights"), "runs:read"),
    Panel("audit", "home/_audit.html", audit, _("Audit trail"), "audit-events:read"),
)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class Home(Page):
    template_name = "home/home.html"
    title = _("Home")

    def shown(self) -> list[Shown]:
        user = self.request.user
        panels = [
            panel for panel in (*contributions("home"), *PANELS) if not panel.permission or user.may(panel.permission)
        ]
        found = [(panel, panel.context(self.request, user)) for panel in panels]
        return [Shown(panel, context) for panel, context in found if context is not None]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.shown()
        wide = [one for one in shown if not one.panel.title]
        cards = [one for one in shown if one.panel.title]
        return super().get_context_data(wide=wide, cards=cards, may_find=self._find_url(), **kwargs)

    def _find_url(self) -> str:
        """The box for whoever stands at the counter."""
        return _url("customer_find") if self.request.user.may("look-ups:write") else ""
