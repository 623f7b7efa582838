"""What became of a month's suggestions, product by product; no cell tells of fewer than five customers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from crm.base.sql import rows_of
from crm.base.statistics import wilson
from crm.identity.scope import Scope, scope_of
from segmentation.migration.figures import counts_all
from segmentation.migration.suppression import hidden
from segmentation.models import ClosedMonth, ProductAnswer

SQL = Path(__file__).parent / "sql"
ALL = "*"
UNASKED, SILENT = "unasked", "silent"
Answer, Reason = ProductAnswer.Answer, ProductAnswer.Reason


@dataclass(frozen=True)
class Line:
    """A product, or all of them under ALL. `cells` has a count per outcome, `suggested` their sum; None is hidden.

    Unasked is an account that opened although nobody had offered it, silent a suggestion that nothing became of.
    """

    code: str
    name: str
    suggested: int | None
    cells: dict[str, int | None]

    @property
    def offered(self) -> int | None:
        """How many of the suggestions somebody spoke of with the customer."""
        unasked, silent = self.cells[UNASKED], self.cells[SILENT]
        known = self.suggested is not None and unasked is not None and silent is not None
        return self.suggested - unasked - silent if known else None  # type: ignore[operator]  # known

    @property
    def rate(self) -> Decimal | None:
        """Taken of offered, in percent with one digit."""
        taken = self.cells[Answer.TAKEN]
        return round(Decimal(100 * taken) / self.offered, 1) if self.offered and taken is not None else None

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Of the rate, at 95 %: Wilson's."""
        taken = self.cells[Answer.TAKEN]
        if not self.offered or taken is None:
            return None
        low, high = wilson(taken, self.offered)
        return round(100 * low, 1), round(100 * high, 1)


@dataclass(frozen=True)
class Results:
    month: date
    lines: list[Line]
    hides: bool


def outcomes() -> list[tuple[str, Any]]:
    """(code, label): taken, refused for each reason, later, never again, and what nobody had spoken of."""
    refused = [(f"{Answer.REFUSED}:{reason}", f"{Answer.REFUSED.label}: {reason.label}") for reason in Reason]
    others = [(str(each), each.label) for each in (Answer.LATER, Answer.NEVER)]
    return [
        (str(Answer.TAKEN), Answer.TAKEN.label),
        *refused,
        *others,
        (UNASKED, _("Opened unasked")),
        (SILENT, _("Not offered")),
    ]


def months() -> list[date]:
    """The closed months, the newest first."""
    return list(ClosedMonth.objects.values_list("month", flat=True)[:24])


def results(month: date, user: Any) -> Results:
    """Within the reach of who asks; over the whole book for who counts it."""
    scope = Scope(everything=True) if counts_all(user) else scope_of(user)
    rows = rows_of(
        SQL / "results.sql", month=month, everything=scope.everything, owners=list(scope.owners),
        branches=list(scope.branches), customers=list(scope.customers),
    )  # fmt: skip
    counts: Counter[tuple[str, str]] = Counter()
    names = {row["code"]: row["name"] for row in rows}
    for row in rows:
        for key in product((row["code"], ALL), (row["outcome"], ALL)):
            counts[key] += row["customers"]
    gone = hidden(counts, ALL)
    return Results(month, list(_lines(names, counts, gone)), bool(gone))


def _lines(names: dict[str, str], counts: Counter, gone: set[tuple[str, str]]) -> Iterator[Line]:
    """By name, all products last."""

    def shown(code: str, outcome: str) -> int | None:
        return None if (code, outcome) in gone else counts[code, outcome]

    total = [(ALL, _("All products"))] if names else []
    for code, name in [*sorted(names.items(), key=itemgetter(1)), *total]:
        yield Line(code, name, shown(code, ALL), {outcome: shown(code, outcome) for outcome, _label in outcomes()})
