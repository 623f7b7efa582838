"""The month that a night closes: what only a whole month tells of a customer is reckoned once, from rows that stand.

The first night after a month whose balance feed is closed through its last day reckons it; rules and pages read it once
that night is published (docs/adr).
"""

from collections.abc import Callable
from datetime import date, timedelta

from crm.jobs.models import Partition, Run
from segmentation.behaviour import reckoning as behaviour
from segmentation.models import ClosedMonth
from segmentation.next_product import reckoning as next_product
from segmentation.night.context import Night
from segmentation.value import reckoning as value

# what is reckoned of a partition; each writes rows of `night.closing` anew and returns how many
RECKONED: tuple[Callable[[Night, Partition], int], ...] = (value.reckon, behaviour.reckon, next_product.stage)
# what is found over all customers together in the publishing transaction
FOUND: tuple[Callable[[Night], object], ...] = (behaviour.find_quintiles, next_product.find)
# what makes the partitions of the tables in which it is kept
ROOM: tuple[Callable[[str], object], ...] = (value.make_room, behaviour.make_room)


def closing_on(day: date, *, known: date | None, fed: date | None) -> date | None:
    """The earliest month that is not closed yet and may be: one a night, in order.

    `known` is the newest that is closed, `fed` the day through which the balance feed is.
    """
    month = _next(known) if known else _previous(day)
    last = _next(month) - timedelta(days=1)
    is_over = last < day and fed is not None and last <= fed
    return month if is_over and Run.objects.nights().published().filter(business_date=last).exists() else None


def known_month() -> date | None:
    """The newest month whose figures may be read."""
    newest = ClosedMonth.objects.first()
    return newest.month if newest else None


def make_room(closing: str) -> None:
    """Made once before the workers begin: while a partition is made nobody reads the table."""
    for make in ROOM:
        make(closing)


def close(night: Night, partition: Partition) -> int:
    return sum(reckon(night, partition) for reckon in RECKONED) if night.closing else 0


def publish(night: Night) -> None:
    if night.closing:
        for find in FOUND:
            find(night)
        ClosedMonth.objects.create(month=night.closing, run=night.run)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _previous(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
