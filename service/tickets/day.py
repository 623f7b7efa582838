"""Overdue tickets on the day page of a manager."""

from datetime import date
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from managers.day.sources import Source
from service.tickets.numbers import spoken
from service.words import ClockKind


def said(figures: dict[str, Any], due_on: date) -> str:
    words = {
        "number": spoken(figures["number"]), "subject": figures["subject"], "what": ClockKind(figures["what"]).label,
    }  # fmt: skip
    return _("Ticket %(number)s, “%(subject)s”: overdue (%(what)s)") % words


OVERDUE = Source(
    "ticket", gettext_lazy("Overdue tickets"), "ticket", 890, Path(__file__).parent / "sql" / "overdue.sql", said, "tickets:read",
    url=lambda figures: reverse("ticket", args=[figures["id"]]), purpose="service",
)  # fmt: skip
