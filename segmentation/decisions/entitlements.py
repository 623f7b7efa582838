"""Entitlement overrides, as the slot tells them: on the day from which they hold."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from segmentation.decisions.slot import Decision, Source
from segmentation.models import EntitlementOverride
from segmentation.standards.saying import quota_of
from segmentation.why import spoken_day

KIND = "entitlement"
GRANT = EntitlementOverride.Kind.GRANT


def newest(customer: Customer, user: Any, before: date | None, limit: int) -> list[Decision]:
    rows = overrides_of(customer, user)
    if before:
        rows = rows.filter(since__lt=before)
    return [decision_of(row) for row in rows[:limit]]


def one(customer: Customer, user: Any, key: str) -> Decision | None:
    row = overrides_of(customer, user).filter(pk=key).first() if key.isdecimal() else None
    return decision_of(row) if row else None


def overrides_of(customer: Customer, user: Any) -> QuerySet[EntitlementOverride]:
    if not user.may("entitlement-overrides:read"):
        return EntitlementOverride.objects.none()
    rows = EntitlementOverride.objects.filter(customer=customer).select_related("benefit", "approved_by", "proposal")
    return rows.order_by("-since", "-pk")


def decision_of(row: EntitlementOverride) -> Decision:
    words = {
        "benefit": row.benefit,
        "quota": quota_of(row.quota, row.per),
        "since": spoken_day(row.since, year=True),
        "last": spoken_day((row.ended_on or row.until) - timedelta(days=1), year=True),
    }
    said = _("“%(benefit)s” by an override, %(quota)s, from %(since)s until %(last)s.")
    told = _("You may use “%(benefit)s”, %(quota)s, from %(since)s until %(last)s.")
    if row.kind != GRANT:
        said = _("“%(benefit)s” taken away by an override, from %(since)s until %(last)s.")
        told = _("You can't use “%(benefit)s” from %(since)s until %(last)s.")
    return Decision(
        kind=KIND,
        key=str(row.pk),
        on=row.since,
        sentence=said % words,
        told=told % words,
        label=row.get_kind_display(),
        colour="purple",
        version_url=reverse("proposal", args=[row.proposal_id]),
        version=_("Proposal %(number)s") % {"number": row.proposal_id},
        changes=(_("From the day after, the service standards alone decide."),),
        by=str(row.approved_by or ""),
        reason=row.reason,
        details={
            "benefit": row.benefit.code,
            "override": row.kind,
            "since": row.since,
            "until": row.ended_on or row.until,
        },
    )


ENTITLEMENTS = Source(KIND, gettext_lazy("Entitlements"), newest, one)
