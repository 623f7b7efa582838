"""Rows by key, with their relations and annotations, through a statement that is put together once per process.

For fifty rows Django takes longer to word such a statement than the server to answer it, and for one customer the
server longer to read and plan it than to run it. So it is worded once per process and prepared once per connection;
nothing in it changes but the keys and perhaps a day. What it says must follow from the code alone: no user and no
language is in it.

    STANDING = Prepared(lambda: TierPeriod.objects.holding(DAY).filter(Among("customer_id", KEYS)))
    STANDING.rows([customer.pk], day=today)
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import connections
from django.db.models import BigIntegerField, Model, QuerySet
from psycopg2.extensions import AsIs

from crm.base.among import Among


class _Day(date):
    """A date, so that every field takes it; known by what it is, not by which day."""


KEYS: Any = object()
DAY = _Day(1, 1, 1)
Row = TypeVar("Row", bound=Model)
_known: WeakKeyDictionary[Any, dict[Any, str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class _Worded:
    """All that Django asks of a query when it makes rows of the answer."""

    compiler: Any

    def get_compiler(self, using: str) -> Any:
        return self.compiler


def by_key(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.order_by().filter(Among("pk", KEYS))


class Prepared(Generic[Row]):
    """`queryset` has `KEYS` and `DAY` where they are told later; it is called once, when the first rows are asked for.

    By then all apps have said what they add.
    """

    def __init__(self, queryset: Callable[[], QuerySet[Row]]) -> None:
        self._queryset = queryset

    def rows(self, keys: list[Any], *, day: date | None = None) -> list[Row]:
        """In the order of the queryset; keys that are not there are left out."""
        model, using, compiler, converters, _said = self._parts
        told = copy(compiler)
        told.connection = connections[using]
        asked = ([key for key in keys if _may_be(key)], day)
        statement = f"EXECUTE {self._name_in(told.connection)}(%s, %s)"
        told.as_sql = lambda *args, **kwargs: (statement, asked)
        told.get_converters = lambda expressions: converters
        worded: Any = _Worded(told)
        return list(QuerySet(model, query=worded, using=using))

    def _name_in(self, connection: Any) -> str:
        """What this connection's server calls the statement: told to it, and forgotten, with the connection."""
        connection.ensure_connection()
        names = _known.setdefault(connection.connection, {})
        if self not in names:
            name = f"prepared_{len(names)}"
            sql, params = self._parts[-1]
            said = [AsIs("$1") if param is KEYS else AsIs("$2") if param is DAY else param for param in params]
            with connection.wrap_database_errors, connection.connection.cursor() as cursor:
                cursor.execute(f"PREPARE {name}(unknown, date) AS {sql}", said)
            names[self] = name
        return names[self]

    @cached_property
    def _parts(self) -> tuple[type[Row], str, Any, dict[int, Any], tuple[str, tuple[Any, ...]]]:
        queryset = self._queryset()
        compiler = queryset.query.get_compiler(using=queryset.db)
        worded = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_said in compiler.select])
        return queryset.model, queryset.db, compiler, converters, worded


def _may_be(key: Any) -> bool:
    """The server refuses a number that no key can be, where it is to be left out."""
    return not isinstance(key, int) or abs(key) <= BigIntegerField.MAX_BIGINT
