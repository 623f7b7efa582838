"""What the boards count, each as a condition on tickets: the board and the list that a figure leads to ask the same."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.days import midnight
from service.words import ClockKind

DAYS = 30
FIGURES: dict[str, tuple[str | Promise, str | Promise]] = {
    "opened": (pgettext_lazy("tickets", "New"), _("Opened in the period.")),
    "backlog": (_("Backlog"), _("Opened by the end of the period and not solved by then; what was solved and opened again counts as unsolved all the while.")),
    "breached": (_("Breached"), _("With a response or solution that fell due in the period and was not there in time; while the bank waits for the customer nothing falls due.")),
    "solved": (pgettext_lazy("tickets", "Solved"), _("Solved in the period, and not opened again since.")),
    "first_contact": (_("At first contact"), _("Of the solved ones, those whose first answer was the solution.")),
    "reopened": (pgettext_lazy("tickets", "Reopened"), _("Opened again in the period by a word of the customer.")),
}  # fmt: skip
DURATIONS = _(
    "Time to resolve is from opening to the last solution, by the clock on the wall, of those that were solved in the period:"
    " half of them, and nine of ten, took no longer."
)


@dataclass(frozen=True)
class Span:
    """Whole days, both ends included, as they stand at a moment: of today what has passed."""

    since: date
    through: date
    now: datetime

    @classmethod
    def of(cls, since: date | None, through: date | None) -> "Span":
        """The last thirty days, where nothing else is asked."""
        now = timezone.now()
        last = through or timezone.localdate(now)
        return cls(since or last - timedelta(days=DAYS - 1), last, now)

    @property
    def starts(self) -> datetime:
        return midnight(self.since)

    @property
    def ends(self) -> datetime:
        """The first moment that counts no more."""
        return min(midnight(self.through + timedelta(days=1)), self.now)

    def holds(self, column: str) -> Q:
        return Q(**{f"{column}__gte": self.starts, f"{column}__lt": self.ends})


def condition(figure: str, span: Span) -> Q:
    solved = span.holds("ended_at")
    match figure:
        case "opened":
            return span.holds("opened_at")
        case "backlog":
            return Q(opened_at__lt=span.ends) & (Q(ended_at=None) | Q(ended_at__gte=span.ends))
        case "breached":
            late = Q(ended_at__gt=F("due_at")) | Q(ended_at=None, is_paused=False)
            return Q(_some("TicketClock", span.holds("due_at") & late))
        case "solved":
            return solved
        case "first_contact":
            first = Q(kind=ClockKind.FIRST_RESPONSE, ended_at=OuterRef("ended_at"))
            return solved & Q(_some("TicketClock", first))
        case "reopened":
            return Q(_some("TicketStep", span.holds("at") & Q(act="reopened")))
    raise ValueError(figure)


def concerned(span: Span) -> Q:
    """A condition of all that are in some figure."""
    return Q(opened_at__lt=span.ends) & (Q(ended_at=None) | Q(ended_at__gte=span.starts))


def _some(model: str, only: Q) -> Any:
    return Exists(apps.get_model("service", model).objects.filter(only, ticket=OuterRef("pk")))
