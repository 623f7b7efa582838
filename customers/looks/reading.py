"""Looks from the audit trail against the books and branches of today. An agent has neither, and is left out.

Whoever covers a colleague, or opened a customer by a look-up at the counter, looked outside too: the report shows it, and
does not judge it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from crm.base.days import midnight
from crm.base.sql import rows_of, rows_of_text, text_of
from crm.identity.models import User
from customers.documents.revealing import REVEALED, SHOWN
from customers.models import Customer
from customers.services.known import TOLD

SQL = Path(__file__).with_name("sql")
ROLES = [User.Role.MANAGER, User.Role.TELLER, User.Role.HEAD]
MOST = 500
DAYS = 30


@dataclass(frozen=True)
class Looked:
    """What a person looked at: all customers and looks, and of them those outside."""

    person: User
    customers: int
    looks: int
    outside: int
    looks_outside: int
    revealed_outside: int
    last_at: datetime | None


@dataclass(frozen=True)
class Outside:
    """A customer outside; None where the reader does not reach them either."""

    customer: Customer | None
    looks: int
    revealed: int
    last_at: datetime


def persons_of(reader: User) -> Any:
    """Whose looks the reader may see: a head those of the own branch and below, an auditor everybody's."""
    persons = User.objects.filter(role__in=ROLES)
    if reader.role == User.Role.AUDITOR:
        return persons
    return persons.filter(branch__path__startswith=reader.branch.path) if reader.branch else persons.none()


def report(reader: User, since: date, through: date) -> list[Looked]:
    """Of each person who looked at anybody between the days; who looked outside most comes first. Two queries."""
    if not persons_of(reader).exists():
        return []
    looks = text_of(SQL / "looks.sql")
    rows = rows_of_text(text_of(SQL / "outside.sql").format(looks=looks), **_asked(reader, since, through))
    persons = User.objects.select_related("branch").in_bulk([row["person"] for row in rows])
    return [Looked(person=persons[row.pop("person")], **row) for row in rows]


def outside(reader: User, person: User, since: date, through: date) -> list[Outside]:
    """The customers outside at whom the person looked, the last first; at most MOST."""
    rows = rows_of(SQL / "looks.sql", **_asked(reader, since, through) | {"person": person.pk})
    found = sorted((row for row in rows if row["is_outside"]), key=lambda row: row["last_at"], reverse=True)[:MOST]
    seen = Customer.objects.visible_to(reader).in_bulk([row["customer_id"] for row in found])
    return [Outside(seen.get(row["customer_id"]), row["looks"], row["revealed"], row["last_at"]) for row in found]


def _asked(reader: User, since: date, through: date) -> dict[str, Any]:
    is_whole = reader.role == User.Role.AUDITOR
    return {
        "roles": [str(role) for role in ROLES],
        "below": None if is_whole else getattr(reader.branch, "path", None),
        "person": None,
        "revealed": ["contact.revealed", REVEALED, SHOWN],
        "told": TOLD,
        "since": midnight(since),
        "until": midnight(through + timedelta(days=1)),
    }
