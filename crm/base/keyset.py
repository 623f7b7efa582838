"""Keyset paging over (ordering field..., unique key): NULLs last, both ways, the last page as fast as the first.

No OFFSET and no unbounded count. All columns of an order run in one direction; only the first may be NULL. A page with
NULLs is read as two ranges, those with a value and those without, so that a plain index over (field, key) serves both
directions and the far end.
"""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.core import signing
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value

from crm.base.prepared import Prepared

MAX_PAGE_SIZE = 200
COUNT_CAP = 10_000
LAST = "last"


class BadCursor(ValueError):
    """The cursor was not made for this list and order."""


class _Beyond(Func):
    """Row comparison, `(a, b) > (x, y)`: what an index over (a, b) answers at once."""

    output_field = BooleanField()

    def __init__(self, columns: tuple[str, ...], values: list[Any], descending: bool) -> None:
        super().__init__(*map(F, columns), *map(Value, values))
        self.sign = "<" if descending else ">"

    def as_sql(self, compiler, connection, **extra):
        parts = [compiler.compile(part) for part in self.source_expressions]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _ in side) for side in (parts[:half], parts[half:]))
        return f"({left}) {self.sign} ({right})", [param for _, params in parts for param in params]


@dataclass(frozen=True)
class Order:
    """`name` as in the URL, with a minus for descending. `columns` are lookup paths that end in the unique key."""

    name: str
    columns: tuple[str, ...]

    @property
    def descending(self) -> bool:
        return self.name.startswith("-")


def order_named(name: str, fields: dict[str, Any], unique: tuple[str, ...]) -> Order | None:
    """The order that a URL asks for; None where it is not listed. A field maps to one path, or to a tuple of paths.

    `unique` holds every part of the primary key.
    """
    paths = fields.get(name.removeprefix("-"))
    if paths is None:
        return None
    leading = (paths,) if isinstance(paths, str) else tuple(paths)
    return Order(name, leading + tuple(path for path in unique if path not in leading))


@dataclass(frozen=True)
class KeysetPage:
    rows: list[Any]
    next: str | None
    previous: str | None


class Keyset:
    """Pages of a queryset in an order, whose rows `prepared` reads if it is given."""

    def __init__(self, queryset: QuerySet, order: Order, size: int, prepared: Prepared | None = None) -> None:
        self.queryset = queryset.order_by()
        self.order = order
        self.size = size
        self.prepared = prepared
        self.nullable = _may_be_null(queryset, order.columns[0])
        self.salt = f"keyset:{queryset.model._meta.label_lower}:{order.name}"

    def page(self, cursor: str = "") -> KeysetPage:
        backwards, start = self._decoded(cursor)
        found = self._keys(start, backwards)
        more = len(found) > self.size
        keys = found[: self.size]
        if backwards:
            keys.reverse()
        has_next = bool(start) if backwards else more
        has_previous = more if backwards else bool(start)
        rows = self._rows([key for key, _ in keys], [row for _, row in keys])
        return KeysetPage(
            rows,
            next=self._encoded(False, keys[-1][0]) if keys and has_next else None,
            previous=self._encoded(True, keys[0][0]) if keys and has_previous else None,
        )

    def _keys(self, start: list[Any] | None, backwards: bool) -> list[tuple[list[Any], Any]]:
        """At most size + 1 pairs of (values of the order's columns, row or None), in the direction of reading."""
        found: list[tuple[list[Any], Any]] = []
        for part in self._parts(start, backwards):
            part = part[: self.size + 1 - len(found)]
            if self._is_lean():
                found += [(self._values(row), row) for row in part]
            else:
                found += [(list(values), None) for values in part.values_list(*self.order.columns)]
            if len(found) > self.size:
                break
        return found

    def _parts(self, start: list[Any] | None, backwards: bool) -> list[QuerySet]:
        """The ranges to read one after the other: rows with a value, then those without; reversed when backwards."""
        first, *rest = self.order.columns
        descending = self.order.descending != backwards
        ordered = self.queryset.order_by(*(F(path).desc() if descending else F(path) for path in self.order.columns))
        if not self.nullable:
            return [ordered.filter(_Beyond(self.order.columns, start, descending)) if start else ordered]
        valued = ordered.filter(**{f"{first}__isnull": False})
        unknown = ordered.filter(**{f"{first}__isnull": True})
        if start is None:
            return [unknown, valued] if backwards else [valued, unknown]
        if start[0] is None:
            beyond = unknown.filter(_Beyond(tuple(rest), start[1:], descending))
            return [beyond, valued] if backwards else [beyond]
        beyond = valued.filter(_Beyond(self.order.columns, start, descending))
        return [beyond] if backwards else [beyond, unknown]

    def _is_lean(self) -> bool:
        """Joins and annotations make the planner leave the index: then the keys come first, and the rows by key."""
        if self.prepared is not None:
            return False
        query = self.queryset.query
        return not (query.select_related or query.annotations or any("__" in path for path in self.order.columns))

    def _values(self, row: Model) -> list[Any]:
        return [attrgetter(path.replace("__", "."))(row) for path in self.order.columns]

    def _rows(self, keys: list[list[Any]], rows: list[Any]) -> list[Any]:
        if not keys or rows[0] is not None:
            return rows
        unique = self._unique()
        wanted = [tuple(key[at] for at in unique) for key in keys]
        path = "pk" if len(unique) > 1 else self.order.columns[unique[0]]
        pks = self._pks(wanted)
        found = self.prepared.rows(pks) if self.prepared else self.queryset.filter(**{f"{path}__in": pks})
        names = [self.order.columns[at].replace("__", ".") for at in unique]
        by_key = {tuple(attrgetter(name)(row) for name in names): row for row in found}
        return [by_key[key] for key in wanted if key in by_key]

    def _unique(self) -> list[int]:
        """Where the primary key's parts stand among the columns, in the model's own order."""
        pk = self.queryset.model._meta.pk
        parts = [field.attname for field in getattr(pk, "fields", ())] or ["pk"]
        aliases = [{part, part.removesuffix("_id")} if part != "pk" else {"pk", "id"} for part in parts]
        return [next(at for at, path in enumerate(self.order.columns) if path in names) for names in aliases]

    def _pks(self, keys: list[tuple[Any, ...]]) -> list[Any]:
        return [key[0] for key in keys] if len(keys[0]) == 1 else list(keys)

    def _encoded(self, backwards: bool, values: list[Any]) -> str:
        return signing.dumps([backwards, *map(_plain, values)], salt=self.salt)

    def _decoded(self, cursor: str) -> tuple[bool, list[Any] | None]:
        if not cursor or cursor == LAST:
            return cursor == LAST, None
        try:
            backwards, *values = signing.loads(cursor, salt=self.salt)
        except signing.BadSignature as error:
            raise BadCursor(cursor) from error
        return bool(backwards), values


def _plain(value: Any) -> Any:
    """JSON that PostgreSQL reads back exactly: the server knows the column's type."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _may_be_null(queryset: QuerySet, path: str) -> bool:
    """Whether the column can be NULL: said so by its field, or by a relation on the way, or computed."""
    first, *rest = path.split("__")
    if first in queryset.query.annotations:
        return True
    field = queryset.model._meta.pk if first == "pk" else queryset.model._meta.get_field(first)
    if getattr(field, "null", True) or not field.concrete:
        return True
    return bool(rest) and _may_be_null(field.related_model._default_manager.all(), "__".join(rest))


def capped_count(queryset: QuerySet) -> int:
    """The number of rows, at most COUNT_CAP + 1: a million are never counted."""
    return queryset.order_by()[: COUNT_CAP + 1].count()
