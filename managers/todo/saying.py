"""A task as one sentence, in the reader's language."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.base.templatetags.frame import said_day
from customers.models import Document, Risk
from managers.models.requests import Condition, ResourceRequest
from managers.models.staff import Certificate
from managers.todo import company_words, handover_words, plan_words
from segmentation.changes.saying import said_of as said_of_change
from segmentation.rules.sentences import money


def refused_posting(figures: dict[str, Any]) -> str:
    """Figures: amount (negative where it was to be taken back), currency, fee, charged_on, account, reason of the core."""
    amount = Decimal(figures["amount"])
    words = figures | {
        "amount": money(abs(amount), figures["currency"]),
        "day": said_day(date.fromisoformat(figures["charged_on"])),
    }
    if amount < 0:
        return (
            _("The core did not take back %(amount)s of “%(fee)s” of %(day)s from account %(account)s: %(reason)s")
            % words
        )
    return _("The core did not refund %(amount)s of “%(fee)s” of %(day)s to account %(account)s: %(reason)s") % words


def document_expiring(figures: dict[str, Any]) -> str:
    """Figures: type and valid_until of the document."""
    until = date.fromisoformat(figures["valid_until"])
    text = _("%(document)s ends on %(day)s: ask for the new one.")
    if until < timezone.localdate():
        text = _("%(document)s ended on %(day)s: ask for the new one.")
    return text % {"document": Document.Type(figures["type"]).label, "day": said_day(until)}


def kyc_due(figures: dict[str, Any]) -> str:
    """Figures: level of the risk, due_on."""
    words = {"day": said_day(date.fromisoformat(figures["due_on"])), "risk": Risk(figures["level"]).label}
    return _("KYC review due on %(day)s (risk: %(risk)s)") % words


def change(figures: dict[str, Any]) -> str:
    """Figures: name of the rule, kind of the change, and the figures by which it is said."""
    return f"{figures['rule']}: {said_of_change(figures['kind'], figures['figures'])}"


def event_follow_up(figures: dict[str, Any]) -> str:
    """Figures: event, its id, began_at, and how many companions came along."""
    day = said_day(timezone.localdate(datetime.fromisoformat(figures["began_at"])))
    return _("“%(event)s” of %(day)s: ask how it was, and what comes next.") % {"event": figures["event"], "day": day}


def certificate_lapse(figures: dict[str, Any]) -> str:
    """Figures: kind and valid_until of the certificate."""
    until = date.fromisoformat(figures["valid_until"])
    text = _("The certificate “%(kind)s” ends on %(day)s: renew it.")
    if until < timezone.localdate():
        text = _("The certificate “%(kind)s” ended on %(day)s: there are no new customers of tiers that ask for it.")
    return text % {"kind": Certificate.Kind(figures["kind"]).label, "day": said_day(until)}


def resource_end(figures: dict[str, Any]) -> str:
    """Figures: kind and what it is of, until when."""
    words = {
        "kind": ResourceRequest.Kind(figures["kind"]).label,
        "of": figures["of"],
        "day": said_day(date.fromisoformat(figures["until"])),
    }
    return _("The grant ends on %(day)s: %(kind)s, %(of)s. Ask again, or tell the customer.") % words


def condition_broken(figures: dict[str, Any]) -> str:
    """Figures: kind and amount of the condition, the figure of the day it was looked at, currency."""
    words = {
        "condition": Condition.Kind(figures["kind"]).label,
        "amount": money(Decimal(figures["amount"]), figures["currency"]),
        "figure": money(Decimal(figures["figure"]), figures["currency"]),
        "day": said_day(date.fromisoformat(figures["on"])),
    }
    return _("Not kept on %(day)s: %(condition)s, %(amount)s; it was %(figure)s.") % words


def advice_review(figures: dict[str, Any]) -> str:
    """Figures: number of the version, when it was handed over, when it is to be reviewed."""
    days = {name: said_day(date.fromisoformat(figures[name])) for name in ("handed_on", "review_on")}
    return _("Review the advice of %(handed_on)s with the customer, due on %(review_on)s.") % days


def call_back(figures: dict[str, Any]) -> str:
    """Figures: when it was promised, and its topic."""
    at = timezone.localtime(datetime.fromisoformat(figures["at"]))
    words = {"day": said_day(at.date()), "at": date_format(at, "H:i"), "topic": figures["topic"]}
    return _("Call back on %(day)s at %(at)s: %(topic)s") % words


SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "refused_posting": refused_posting,
    "document_expiring": document_expiring,
    "kyc_due": kyc_due,
    "renewal": company_words.renewal,
    "change": change,
    "event_follow_up": event_follow_up,
    "certificate_lapse": certificate_lapse,
    "resource_end": resource_end,
    "condition_broken": condition_broken,
    "advice_review": advice_review,
    "figure_alert": company_words.figure_alert,
    "handover_meeting": handover_words.meeting,
    "handover_check": handover_words.check,
    "handover_loss": handover_words.loss,
    "plan_action": plan_words.action,
    "plan_review": plan_words.review,
    "call_back": call_back,
}


def said_of(kind: str, figures: dict[str, Any]) -> str:
    return SENTENCES[kind](figures)
