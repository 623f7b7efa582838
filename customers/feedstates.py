"""How each feed stands: through when it is closed, by whom, with which figures, and whether the night waits for it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.slots import contributions
from crm.base.sql import row_of
from customers.models import Feed, FeedClosing

AWAITED = "balances"
KINDS = {
    "balances": _("Balances"),
    "transactions": _("Transactions"),
    "fees": _("Fees"),
    "fx_rates": _("Exchange rates"),
    "interactions": _("Contacts"),
    "branches": _("Branches"),
    "customers": _("Customers"),
    "accounts": _("Accounts"),
    "holders": _("Holders"),
}


class Standing(TextChoices):
    IN_TIME = "in_time", _("in time")
    LATE = "late", _("late")
    NEVER = "never", _("never closed")


@dataclass(frozen=True)
class FeedState:
    """A feed with its last closing; `due` is the business date that the night runs next."""

    kind: str
    feed: Feed | None
    last: FeedClosing | None
    due: date | None

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])

    @property
    def is_awaited(self) -> bool:
        """Whether a night without it lowers nobody."""
        return self.kind == AWAITED

    @property
    def closed_through(self) -> date | None:
        return self.feed.closed_through if self.feed else None

    @property
    def standing(self) -> Standing:
        """Late where a date is due that the feed is not closed through; a feed that nobody ever closed is not awaited."""
        if self.closed_through is None:
            return Standing.LATE if self.is_awaited and self.due else Standing.NEVER
        return Standing.LATE if self.due and self.closed_through < self.due else Standing.IN_TIME

    @property
    def rows_off(self) -> int | None:
        return difference(self.last.received_rows, self.last.rows) if self.last else None

    @property
    def total_off(self) -> Decimal | None:
        return difference(self.last.received_total, self.last.total) if self.last else None


def difference(received, announced):
    """What came in beyond what was announced; None where either is not known."""
    return None if received is None or announced is None else received - announced


def due_date() -> date | None:
    """The next business date of the night, where its day is over; None where nothing is due, or nothing was published."""
    published = next(filter(None, row_of(*contributions("data_date"))), None)
    day = published + timedelta(days=1) if published else None
    return day if day and day < timezone.localdate() else None


def states(due: date | None) -> list[FeedState]:
    """Every kind of feed, the one that the night waits for first."""
    feeds = {feed.kind: feed for feed in Feed.objects.all()}
    newest = FeedClosing.objects.order_by("feed_id", "-through", "-pk").distinct("feed_id").select_related("feed")
    closings = {closing.feed.kind: closing for closing in newest}
    return [FeedState(kind, feeds.get(kind), closings.get(kind), due) for kind in KINDS]


def state_of(kind: str, due: date | None) -> FeedState:
    return next(state for state in states(due) if state.kind == kind)
