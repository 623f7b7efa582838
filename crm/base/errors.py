"""The one exception with which a service refuses."""

from collections.abc import Callable

from django.utils.functional import Promise


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

    def conclude(self) -> None:
        if self.afterwards:
            self.afterwards()

    def __str__(self) -> str:
        return str(self.message)
