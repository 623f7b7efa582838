"""Tasks about companies, each as one sentence."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.base.templatetags.frame import said_day
from customers.companies.wording import change_said
from customers.models import CreditLimit, Guarantee, Renewal
from customers.models.figures import NAMES
from customers.periods import Period
from segmentation.rules.sentences import money

KINDS = {"renewal": Renewal.Kind, "limit": CreditLimit.Kind, "guarantee": Guarantee.Kind}


def renewal(figures: dict[str, Any]) -> str:
    """Figures: of (renewal, limit, guarantee), its kind, due_on, and what, or amount and currency."""
    kind = KINDS[figures["of"]](figures["kind"]).label
    what = figures.get("what") or money(Decimal(figures["amount"]), figures["currency"])
    words = {"kind": kind, "what": what, "day": said_day(date.fromisoformat(figures["due_on"]))}
    if figures["of"] == "limit":
        return _("The credit limit “%(kind)s” of %(what)s ends on %(day)s.") % words
    if figures["of"] == "guarantee":
        return _("The guarantee (%(kind)s) of %(what)s ends on %(day)s.") % words
    return _("To be renewed by %(day)s: %(kind)s, %(what)s.") % words


def figure_alert(figures: dict[str, Any]) -> str:
    """Figures: figure (the code of its kind), name, since and months of the period, change as a fraction."""
    words = {
        "figure": NAMES.get(figures["figure"], figures["name"]),
        "period": Period(date.fromisoformat(figures["since"]), figures["months"]),
        "change": change_said(Decimal(figures["change"])),
    }
    return _("%(figure)s of %(period)s: %(change)s against the period before.") % words
