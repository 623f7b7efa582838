"""What the statement of a migration report answers, and from where it takes the balances of its two days."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache as store
from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from crm.base.sql import text_of
from crm.identity.models import User
from crm.identity.scope import Scope, scope_of
from customers.models import Customer, Product
from segmentation.models import FactsMonth, Published
from segmentation.versions import scheme_versions_on

SQL = Path(__file__).parent / "sql"
MINUTE = 60
COUNTS_ALL = (User.Role.ADMIN, User.Role.APPROVER)


class Source(TextChoices):
    PUBLISHED = "published", _("the published facts")
    KEPT = "kept", _("the copy of the month end")
    LAIN = "lain", _("the accounts")


@dataclass(frozen=True)
class Asked:
    """A day, the day of its balances, and where they come from: they can't be newer than the last published night."""

    day: date
    of: date
    source: Source


@dataclass(frozen=True)
class Sums:
    """Of the customers who stood in `opened` and stand in `closed`; None is no tier. `unknown` lack a figure or a rate."""

    kind: str
    opened: int | None
    closed: int | None
    customers: int
    opening_balance: Decimal
    closing_balance: Decimal
    revenue: Decimal
    unknown: int


def asked(day: date, published: Published | None) -> Asked:
    of = min(day, published.business_date) if published else day
    if published and of == published.business_date:
        return Asked(day, of, Source.PUBLISHED)
    kept = (of + timedelta(days=1)).day == 1 and FactsMonth.objects.filter(business_date=of).exists()
    return Asked(day, of, Source.KEPT if kept else Source.LAIN)


def counts_all(user: Any) -> bool:
    """Who sees no customer but counts the whole book."""
    return getattr(user, "role", "") in COUNTS_ALL


def currencies(day: date) -> dict[str, str]:
    """By kind of customer: that of the scheme in force, else the bank's own."""
    base = dict.fromkeys(map(str, Customer.Kind), settings.CRM_BASE_CURRENCY)
    return base | {kind: version.currency for kind, version in scheme_versions_on(day).items()}


def migrated(*, opening: Asked, closing: Asked, user: Any) -> list[Sums]:
    """One statement over all customers whom the user may count; its answer is kept for a minute, by scope and days.

    Whoever looks at the counts looks at the amounts next, and they are all in the one answer.
    """
    scope = Scope(everything=True) if counts_all(user) else scope_of(user)
    key = hashlib.sha256(repr((_sorted(scope), opening, closing)).encode()).hexdigest()
    found: list[Sums] = store.get_or_set(f"migration:{key}", partial(_read, opening, closing, scope), MINUTE) or []
    return found


def _sorted(scope: Scope) -> tuple:
    return scope.everything, sorted(scope.owners), sorted(scope.branches), sorted(scope.customers)


def _read(opening: Asked, closing: Asked, scope: Scope) -> list[Sums]:
    text = text_of(SQL / "migrated.sql").format(
        opened=_balances(opening, "%(opening_of)s"), closed=_balances(closing, "%(closing_of)s"),
        paid=text_of(SQL / "fees_paid.sql"),
    )  # fmt: skip
    parameters = {
        "opening": opening.day,
        "opening_of": opening.of,
        "closing": closing.day,
        "closing_of": closing.of,
        "everything": scope.everything,
        "owners": list(scope.owners),
        "branches": list(scope.branches),
        "customers": list(scope.customers),
        "currencies": json.dumps(currencies(closing.day)),
        "base": settings.CRM_BASE_CURRENCY,
        "max_age": settings.CRM_FX_MAX_AGE,
        "assets": [str(family) for family in Product.ASSETS],
    }
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        names = [column.name for column in cursor.description]
        return [Sums(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _balances(asked: Asked, day: str) -> str:
    return text_of(SQL / f"balances_{asked.source}.sql").format(day=day)
