"""What a run did to the books, before and after."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum

from crm.jobs.models import Run
from managers.books.querysets import ManagerQuerySet
from managers.books.tables import share
from managers.models import ManagedCustomer, Manager

MOST = 200
SUMMED = ("customers", "load", "came", "came_load", "taken", "taken_load", "given", "given_load")


@dataclass(frozen=True)
class Side:
    """A manager before and after; `after` with what is suggested."""

    name: str
    key: int
    customers: int
    came: int
    taken: int
    given: int
    load: int
    after: int
    capacity: int

    @property
    def customers_after(self) -> int:
        return self.customers + self.came + self.taken - self.given

    @property
    def used(self) -> int:
        return share(self.load, self.capacity)

    @property
    def used_after(self) -> int:
        return share(self.after, self.capacity)


def sides_of(run: Run, user: Any) -> list[Side]:
    """Of the managers whom the user may see, those first whose load changes most; at most MOST."""
    seen: ManagerQuerySet = Manager.objects.visible_to(user)
    summed = {f"{name}_sum": Sum(name) for name in SUMMED}
    rows = run.books.filter(manager__in=seen.values("pk")).order_by().values("manager").annotate(**summed)  # type: ignore[attr-defined]
    rows = rows.annotate(moves=F("came_load_sum") + F("taken_load_sum") - F("given_load_sum"))
    people = {each.pk: each for each in seen.with_capacity()}
    found = [_side(dict(row), people[row["manager"]]) for row in rows]
    return sorted(found, key=lambda side: (-abs(side.after - side.load), side.name, side.key))[:MOST]


def _side(row: dict[str, Any], manager: Any) -> Side:
    return Side(
        name=str(manager),
        key=manager.pk,
        customers=row["customers_sum"],
        came=row["came_sum"],
        taken=row["taken_sum"],
        given=row["given_sum"],
        load=row["load_sum"],
        after=row["load_sum"] + row["moves"],
        capacity=manager.capacity,
    )


def spread(sides: list[Side]) -> tuple[int, int, int, int]:
    """The least and the most that is used, before and after."""
    before, after = [side.used for side in sides], [side.used_after for side in sides]
    return (min(before), max(before), min(after), max(after)) if sides else (0, 0, 0, 0)


def reasons_of(run: Run) -> list[tuple[str, int]]:
    """Why customers are left with nobody, in words, the commonest first."""
    left = run.result.get("left", {})
    named = [(str(ManagedCustomer.Reason(reason).label), count) for reason, count in left.items()]
    return sorted(named, key=lambda pair: (-pair[1], pair[0]))
