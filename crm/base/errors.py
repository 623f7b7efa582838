"""The one exception with which a service refuses."""

from django.utils.functional import Promise


class RuleBroken(Exception):
    """A business rule forbids this: a message on a page, 409 over REST, exit 2 from a command.

    `field` names the input beside which a form shows the sentence; None puts it above the form.
    """

    def __init__(self, message: str | Promise, *, field: str | None = None, code: str = "rule_broken") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code

    def __str__(self) -> str:
        return str(self.message)
