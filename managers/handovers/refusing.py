"""Who leaves takes on nobody: slot "customer.taken_on"."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from managers.models import Leaving


def refuse_leaver(*, manager: Any, customers: Sequence[int], on: date, field: str = "manager") -> None:
    found = Leaving.objects.standing().filter(manager=manager).first()
    if found:
        words = {"user": manager, "day": said_day(found.last_day)}
        text = (
            _("%(user)s has left, the last day was %(day)s.")
            if found.done_at
            else _("%(user)s leaves, the last day is %(day)s.")
        )
        raise RuleBroken(text % words, field=field, code="leaves")
