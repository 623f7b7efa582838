"""What a group is planned with: its customers, its managers and what they carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from crm.base.sql import rows_of
from managers.assigning.dealing import Person
from managers.assigning.planning import with_kin
from managers.models import AssignmentGroup

SQL = Path(__file__).parent / "sql"
# the reason of assignments that a night made
GIVEN = gettext_noop("Assigned in the night")
# who was given to somebody, or was to move, stays so long where they are
SETTLED = timedelta(days=90)


@dataclass(frozen=True)
class Book:
    """`planned` is the load with what was suggested."""

    customers: int = 0
    load: int = 0
    planned: int = 0


def people_of(group: AssignmentGroup, *, at: datetime) -> list[Person]:
    homeless = not group.branches and not group.teams
    of_group = {"branches": group.branches, "teams": group.teams, "homeless": homeless}
    rows = rows_of(SQL / "people.sql", **of_group, given=GIVEN, settled=at - SETTLED)
    return with_kin([_person(row) for row in rows])


def _person(row: dict[str, Any]) -> Person:
    team = ("team", row["team"]) if row["team"] else ("branch", row["branch"]) if row["branch"] else None
    return Person(
        key=row["key"],
        team=team,
        tier=row["tier"],
        weight=row["weight"],
        language=row["language"],
        manager=row["manager"],
        wishes=(row["last"],) if row["last"] and not row["manager"] else (),
        household=row["household"],
        since=row["since"].toordinal() if row["since"] else 0,
        stays=row["stays"],
    )


def books_of(managers: Iterable[int]) -> dict[int, Book]:
    rows = rows_of(SQL / "loads.sql", managers=sorted(managers))
    return {row.pop("manager"): Book(**row) for row in rows}
