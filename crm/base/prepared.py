"""Rows by key, with their relations and annotations, through a statement that is put together once per process.

For fifty rows Django takes longer to word such a statement than the server to answer it, and nothing in it changes but
the keys. What it says must follow from the code alone: no user and no language is in it.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet

from crm.base.among import Among

HOLE = object()
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class _Worded:
    """All that Django asks of a query when it makes rows of the answer."""

    compiler: Any

    def get_compiler(self, using: str) -> Any:
        return self.compiler


class Prepared(Generic[Row]):
    """`queryset` is called once, when the first rows are asked for: by then all apps have said what they add."""

    def __init__(self, queryset: Callable[[], QuerySet[Row]]) -> None:
        self._queryset = queryset

    def rows(self, keys: list[Any]) -> list[Row]:
        """In no order; keys that are not there are left out."""
        model, using, compiler, sql, params = self._parts
        told = copy(compiler)
        told.connection = connections[using]
        told.as_sql = lambda *args, **kwargs: (sql, tuple(keys if param is HOLE else param for param in params))
        worded: Any = _Worded(told)
        return list(QuerySet(model, query=worded, using=using))

    @cached_property
    def _parts(self) -> tuple[type[Row], str, Any, str, tuple[Any, ...]]:
        queryset = self._queryset().order_by().filter(Among("pk", HOLE))
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        return queryset.model, queryset.db, compiler, sql, tuple(params)
