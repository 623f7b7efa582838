"""Tasks of a customer's plan, each as one sentence."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.base.templatetags.frame import said_day


def action(figures: dict[str, Any]) -> str:
    """Figures: what, and who does it."""
    return _("From the plan: %(what)s (%(who)s)") % {"what": figures["what"], "who": figures["who"]}


def review(figures: dict[str, Any]) -> str:
    """Figures: since when the plan holds, due_on."""
    words = {
        "since": said_day(date.fromisoformat(figures["since"])),
        "day": said_day(date.fromisoformat(figures["due_on"])),
    }
    return _("Review of the plan of %(since)s, due on %(day)s: goals against figures, and what is next.") % words
