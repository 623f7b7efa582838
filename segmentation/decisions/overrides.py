"""Overrides, as the slot tells them: on the day from which they hold."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from segmentation.decisions.slot import Decision, Source
from segmentation.models import TierOverride
from segmentation.why import spoken_day

KIND = "override"
Kind = TierOverride.Kind


def newest(customer: Customer, user: Any, before: date | None, limit: int) -> list[Decision]:
    rows = overrides_of(customer, user)
    if before:
        rows = rows.filter(since__lt=before)
    return [decision_of(row) for row in rows[:limit]]


def one(customer: Customer, user: Any, key: str) -> Decision | None:
    row = overrides_of(customer, user).filter(pk=key).first() if key.isdecimal() else None
    return decision_of(row) if row else None


def overrides_of(customer: Customer, user: Any) -> QuerySet[TierOverride]:
    if not user.may("tier-overrides:read"):
        return TierOverride.objects.none()
    rows = TierOverride.objects.filter(customer=customer).select_related("tier", "approved_by", "proposal")
    return rows.order_by("-since", "-pk")


def decision_of(row: TierOverride) -> Decision:
    last = (row.ended_on or row.until) - timedelta(days=1)
    words = {
        "tier": row.tier,
        "since": spoken_day(row.since, year=True),
        "last": spoken_day(last, year=True),
    }
    return Decision(
        kind=KIND,
        key=str(row.pk),
        on=row.since,
        sentence=_said(row) % words,
        told=_told(row) % words,
        label=row.get_kind_display(),
        colour="purple",
        version_url=reverse("proposal", args=[row.proposal_id]) if row.proposal_id else "",
        version=_("Proposal %(number)s") % {"number": row.proposal_id} if row.proposal_id else "",
        changes=(_("From the day after, the next review decides."),),
        by=str(row.approved_by or ""),
        reason=row.reason,
        details={"tier": row.tier.code, "override": row.kind, "since": row.since, "until": row.ended_on or row.until},
    )


def _said(row: TierOverride) -> str:
    if row.kind == Kind.GRANT:
        return _("At least %(tier)s by an override, from %(since)s until %(last)s.")
    if row.kind == Kind.HOLD:
        return _("Not below %(tier)s by an override, from %(since)s until %(last)s.")
    return _("Not above %(tier)s by an override, from %(since)s until %(last)s.")


def _told(row: TierOverride) -> str:
    """To the customer: a cap is the bank's own affair and is told as the tier itself."""
    if row.kind == Kind.CAP:
        return _("Your tier was set by hand from %(since)s until %(last)s.")
    return _("You have at least the tier %(tier)s from %(since)s until %(last)s.")


OVERRIDES = Source(KIND, gettext_lazy("Overrides"), newest, one)
