"""What stands above the rows of a table: headings that sort, and the menu of columns. Plain values, drawn once for all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django_tables2.columns import BoundColumn

from crm.base.keyset import Order


@dataclass(frozen=True)
class Head:
    """A cell of the header. `ordering` is what a click asks for; "" where the column doesn't sort."""

    label: str
    attributes: str
    ordering: str
    direction: str


class Headed:
    """Of a table, which has `columns` and may have an order."""

    columns: Any
    request: Any
    order: Order | None
    ordering_fields: Mapping[str, Any]
    available: list[BoundColumn]
    headings: dict[str, str]

    @property
    def choices(self) -> tuple[tuple[str, str, bool], ...]:
        """For the menu of columns: name, heading, and whether it shows."""
        return tuple((column.name, self.headings[column.name], column.visible) for column in self.available)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What the address asks for beside columns and page."""
        return self._asked_beside("columns", "cursor")

    @property
    def asked(self) -> str:
        """The beginning of an address that changes the order."""
        pairs = self._asked_beside("ordering", "cursor")
        return f"{urlencode(pairs)}&" if pairs else ""

    def _asked_beside(self, *names: str) -> tuple[tuple[str, str], ...]:
        asked = self.request.GET if self.request else {}
        return tuple((key, value) for key in asked if key not in names for value in asked.getlist(key))

    @property
    def heads(self) -> tuple[Head, ...]:
        return tuple(self._heads())

    def _heads(self) -> Iterator[Head]:
        current = self.order.name if self.order else ""
        for column in self.columns.itervisible():
            said = self.headings[column.name], column.attrs["th"].as_html()
            if column.name not in self.ordering_fields:
                yield Head(*said, "", "")
            elif column.name == current.removeprefix("-"):
                rises = current == column.name
                yield Head(*said, f"-{column.name}" if rises else column.name, "ascending" if rises else "descending")
            else:
                yield Head(*said, getattr(column.column, "first_order", "") + column.name, "none")
