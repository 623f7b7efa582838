from django.utils.functional import Promise

from crm.base.errors import RuleBroken


class Refused(RuleBroken):
    """The file as a whole can't be taken: exit 4, and nothing was written. `code` says why in one word."""

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(message, field="file", code=code)
