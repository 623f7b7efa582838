"""A board: a line for each tier, kind, team or channel, and one of all; what a figure leads to adds up to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.sql import rows_of_text, text_of
from customers.models import Interaction
from segmentation.models import Tier
from service.boards.figures import Span, concerned
from service.models import TicketQueue
from service.words import Kind

SQL = Path(__file__).parent / "sql" / "board.sql"
TIMES = ("p50", "p90")


@dataclass(frozen=True)
class By:
    """`key` is the path that tells the lines apart, `names` how each is called and their order; `without` the filter of the list
    for those that have none, `nobody` how these are called."""

    label: str | Promise
    key: str
    names: Callable[[], dict[str, Any]]
    without: str = ""
    nobody: str | Promise = ""


def _tiers() -> dict[str, str]:
    return dict(Tier.objects.order_by("-rank", "pk").values_list("code", "name"))


def _teams() -> dict[str, str]:
    return dict(TicketQueue.objects.order_by("team__name").values_list("team__code", "team__name"))


BYS = {
    "tier": By(_("Tier when opened"), "tier_code", _tiers, "no_tier", _("Without a tier")),
    "kind": By(pgettext_lazy("a ticket", "Kind"), "kind", lambda: dict(Kind.choices)),
    "team": By(_("Team"), "queue__team__code", _teams, "no_team", _("In no queue: the customer's manager")),
    "channel": By(_("Channel"), "channel", lambda: dict(Interaction.Channel.choices)),
}
Line = dict[str, Any]


@dataclass(frozen=True)
class Board:
    by: str
    span: Span
    lines: list[Line]
    total: Line


def board(rows: Any, by: str, span: Span) -> Board:
    """Each line has `key`, `label`, the figures, `share` (at first contact, in percent), `p50` and `p90`; the last two None where nothing
    was solved. One statement over these tickets."""
    what = BYS[by]
    text, parameters = _named(
        rows.filter(concerned(span)).order_by().values_list("pk", what.key, "opened_at", "ended_at")
    )
    statement = text_of(SQL).format(tickets=text)
    found = rows_of_text(statement, since=span.starts, until=span.ends, **parameters)
    whole = next(row for row in found if row["is_total"])
    told = {row["line"]: row for row in found if not row["is_total"]}
    names = what.names()
    order = [key for key in names if key in told] + [key for key in told if key not in names]
    lines = [_line(told[key], key or "", names.get(key, key) or what.nobody) for key in order]
    return Board(by, span, lines, _line(whole, "", _("Together")))


def _named(rows: Any) -> tuple[str, dict[str, Any]]:
    """A query with parameters by name, to stand within a statement."""
    text, values = rows.query.get_compiler(rows.db, elide_empty=False).as_sql()
    names = [f"p{place}" for place in range(len(values))]
    return text % tuple(f"%({name})s" for name in names), dict(zip(names, values, strict=True))


def _line(row: Line, key: str, label: Any) -> Line:
    share = 100 * row["first_contact"] // row["solved"] if row["solved"] else None
    return row | {"key": key, "label": label, "share": share}


def minutes(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds()) // 60
