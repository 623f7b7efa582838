"""Keyset paging for REST. The view says `ordering_fields = {"name": "sort_key"}`, `ordering = "name"`, and, where the
primary key is not what makes the order unique, `unique_key = ("booked_on", "number")`."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from crm.base.keyset import MAX_PAGE_SIZE, BadCursor, Keyset, KeysetPage, Order, order_named

PAGE_SIZE = 50


def order_of(view: Any, asked: str) -> Order | None:
    """The order that was asked for, else the view's own; None where what was asked for is not listed.

    Without `ordering_fields` a list stands in the order of its unique key.
    """
    unique = tuple(getattr(view, "unique_key", ("pk",)))
    fields = getattr(view, "ordering_fields", None) or {}
    default = getattr(view, "ordering", "") or ""
    if asked:
        return order_named(asked, fields, unique)
    return order_named(default, fields, unique) or Order("-" if default.startswith("-") else "", unique)


class KeysetPagination(BasePagination):
    """Answers `{"next", "previous", "results"}`."""

    page: KeysetPage

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        order = order_of(view, request.query_params.get("ordering", ""))
        if order is None:
            raise ValidationError({"ordering": [_("This list can't be put in that order.")]})
        self.url = request.build_absolute_uri()
        try:
            self.page = Keyset(queryset, order, self._size(request)).page(request.query_params.get("cursor", ""))
        except BadCursor:
            raise ValidationError({"cursor": [_("This cursor is not one of this list.")]}) from None
        return self.page.rows

    def _size(self, request: Request) -> int:
        asked = request.query_params.get("page_size", str(PAGE_SIZE))
        if not asked.isdecimal() or not 1 <= int(asked) <= MAX_PAGE_SIZE:
            text = _("A page has from 1 to %(most)s rows.") % {"most": MAX_PAGE_SIZE}
            raise ValidationError({"page_size": [text]})
        return int(asked)

    def _link(self, cursor: str | None) -> str | None:
        return cursor and replace_query_param(remove_query_param(self.url, "cursor"), "cursor", cursor)

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self._link(self.page.next), "previous": self._link(self.page.previous)}
        return Response({**links, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        properties = {"next": link, "previous": link, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}
        found = [_query("cursor", {"type": "string"}), _query("page_size", size)]
        names = [sign + name for name in getattr(view, "ordering_fields", None) or {} for sign in ("", "-")]
        return [*found, _query("ordering", {"type": "string", "enum": names})] if names else found


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}
