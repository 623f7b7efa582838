"""The one exception with which a service refuses."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RuleBroken(Exception):
    """A business rule forbids this: a message on a page, 409 over REST, exit 2 from a command.

    `field` names the input beside which a form shows the sentence; None puts it above the form. `afterwards` is what is
    kept of the refusal itself: pages and REST call it (`conclude`) when everything else is rolled back.
    """

    def __init__(
        self,
        message: str | Promise,
        *,
        field: str | None = None,
        code: str = "rule_broken",
        afterwards: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code
        self.afterwards = afterwards

    @property
    def errors(self) -> dict[str, str]:
        """The sentence by its field, where it has one."""
        return {self.field: str(self)} if self.field else {}

    def conclude(self) -> None:
        if self.afterwards:
            self.afterwards()

    def __str__(self) -> str:
        return str(self.message)


class RowsRefused(RuleBroken):
    """Some of several that are done together or not at all: what is said of each of these, by its place from 0 on."""

    def __init__(self, rows: Mapping[int, RuleBroken]) -> None:
        super().__init__(_("Some rows are refused, and nothing was done."), code="rows_refused")
        self.rows = rows

    @property
    def errors(self) -> dict[str, str]:
        return {
            f"{place}.{row.field}" if row.field else str(place): str(row) for place, row in sorted(self.rows.items())
        }
