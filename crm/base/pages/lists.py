"""A list: filtered, scoped, ordered by listed fields, paged by key, and exported as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django_filters import FilterSet

from crm.base.exports import EXPORTS
from crm.base.keyset import BadCursor, Keyset, KeysetPage, capped_count
from crm.base.pages.access import Action, Page, Text, is_fragment
from crm.base.pages.chips import Chip, chips_of
from crm.base.pages.sheets import SearchBox, drawn, is_chosen, is_narrowed, remembered, search_box
from crm.base.paging import order_of
from crm.base.prepared import Prepared
from crm.base.tables import Table


@dataclass(frozen=True)
class Empty:
    """What a list says when there is nothing in it at all: what this is, and the one button that fills it."""

    title: Text
    text: Text = ""
    action: Action | None = None
    icon: str = "inbox"


def in_reach(queryset: QuerySet, user: Any, *, scoped: bool) -> QuerySet:
    """Scope first: a model without `visible_to` must be said to be unscoped."""
    if not scoped:
        return queryset.all()
    if not hasattr(queryset, "visible_to"):
        raise ImproperlyConfigured(f"{queryset.model.__name__} has no visible_to(user); or say scoped = False")
    return queryset.visible_to(user)


class ListPage(Page):
    template_name = "base/list.html"
    fragment_name = "base/_rows.html"
    queryset: ClassVar[QuerySet]
    scoped: ClassVar[bool] = True
    filterset_class: ClassVar[type[FilterSet] | None] = None
    table_class: ClassVar[type[Table]]
    ordering_fields: ClassVar[Mapping[str, Any]] = {}
    ordering: ClassVar[str] = ""
    unique_key: ClassVar[tuple[str, ...]] = ("pk",)
    page_size: ClassVar[int] = 50
    exportable: ClassVar[bool] = True
    empty: ClassVar[Empty | None] = None
    prepared: ClassVar[Prepared | None] = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = request.GET.get("export", "")
        if self.exportable and kind in EXPORTS:
            return EXPORTS[kind](self)
        try:
            context = self.get_context_data(**kwargs)
        except BadCursor:
            return redirect(request.path)
        return self.render_to_response(context)

    def get_template_names(self) -> list[str]:
        return [self.fragment_name if is_fragment(self.request) else self.template_name]

    def get_queryset(self) -> QuerySet:
        return in_reach(self.queryset, self.request.user, scoped=self.scoped)

    @cached_property
    def filterset(self) -> FilterSet:
        """Of a list that has one."""
        assert self.filterset_class is not None
        return self.filterset_class(self.request.GET, queryset=self.get_queryset(), request=self.request)

    @cached_property
    def search_box(self) -> SearchBox | None:
        return search_box(self.filterset_class, self.request.GET) if self.filterset_class else None

    def sheet_key(self) -> str:
        """Names those who are offered the same choices, for a minute; "" draws the sheet anew each time."""
        return ""

    @cached_property
    def sheet(self) -> SafeString:
        """The fields of the filters."""
        key = self.sheet_key()
        if not key or is_chosen(self.request.GET):
            return drawn(self.filterset)
        return remembered(key, lambda: drawn(self.filterset))

    @cached_property
    def rows(self) -> QuerySet:
        """What the filter leaves, in no order."""
        if self.filterset_class is None or not is_narrowed(self.request.GET):
            return self.get_queryset()
        return self.filterset.qs

    @cached_property
    def order(self):
        order = order_of(self, self.request.GET.get("ordering", "")) or order_of(self, "")
        return order

    @cached_property
    def shown(self) -> KeysetPage:
        keyset = Keyset(self.keyed, self.order, self.page_size, self.prepared)
        return keyset.page(self.request.GET.get("cursor", ""))

    @property
    def keyed(self) -> QuerySet:
        """What is put in order."""
        return self.rows

    def count(self) -> int:
        """The rows that the filter leaves, at most 10,001; a list of one page needs no counting."""
        whole = self.shown.next is None and self.shown.previous is None and "cursor" not in self.request.GET
        return len(self.shown.rows) if whole else capped_count(self.rows)

    def chips(self) -> list[Chip]:
        if self.filterset_class is None or not is_narrowed(self.request.GET):
            return []
        return chips_of(self.filterset.form, self.request.GET)

    def table_options(self) -> dict[str, Any]:
        """More arguments of the table, such as extra columns."""
        return {}

    def table(self, rows: Any) -> Table:
        return self.table_class(
            rows,
            request=self.request,
            order=self.order,
            ordering_fields=self.ordering_fields,
            chosen=self.request.GET.getlist("columns"),
            **self.table_options(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = {
            "table": self.table(self.shown.rows),
            "has_filters": self.filterset_class is not None,
            "chips": self.chips(),
            "shown": self.shown,
            "count": self.count(),
            "exportable": self.exportable,
            "empty": self.empty,
            "fragment_name": self.fragment_name,
        }
        return super().get_context_data(**listed | kwargs)
