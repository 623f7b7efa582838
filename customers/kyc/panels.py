"""What the risk and the reviews put on the page of a customer."""

from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from crm.identity.models import User
from customers.kyc.filters import SOON
from customers.kyc.tables import RISKS, STATES
from customers.models import Customer, KycReview, RiskRating
from customers.querysets.kyc import CLEARED
from customers.timeline import Item, Source

SHOWN = 10


def with_kyc() -> dict[str, Any]:
    """`kyc_next`: the review that is not concluded; `kyc_case`: the key of an open case, for the eyes of the cleared."""
    own = KycReview.objects.waiting().plain().filter(customer=OuterRef("pk"))
    cases = RiskRating.objects.cases().filter(customer=OuterRef("pk"))
    said = JSONObject(pk="pk", due_on="due_on", level="level", state="state")
    return {"kyc_next": Subquery(own.values(said=said)[:1]), "kyc_case": Subquery(cases.values("pk")[:1])}


def _next(customer: Customer) -> KycReview | None:
    said = getattr(customer, "kyc_next", None)
    return said and KycReview(**said | {"due_on": date.fromisoformat(said["due_on"])})


def _badge(request: Any, customer: Customer) -> dict[str, Any] | None:
    review, user = _next(customer), request.user
    is_late = review is not None and review.due_on < timezone.localdate()
    is_case = bool(getattr(customer, "kyc_case", None)) and user.may(CLEARED)
    return {"is_late": is_late, "is_case": is_case} if is_late or is_case else None


def _now(request: Any, customer: Customer) -> dict[str, Any] | None:
    review, today = _next(customer), timezone.localdate()
    if review is None or review.due_on > today + SOON:
        return None
    return {"review": review, "is_late": review.due_on < today}


def _kyc(request: Any, customer: Customer) -> dict[str, Any]:
    """Three queries."""
    user: Any = request.user
    ratings = RiskRating.objects.cleared_for(user).filter(customer=customer)
    found = KycReview.objects.cleared_for(user).filter(customer=customer).select_related("reviewer", "begun_by")
    reviews = list(found.order_by("-concluded_at", "due_on"))  # those that wait first
    known = list(ratings.select_related("by", "approved_by", "ended_by")[: SHOWN * 2])
    plain = [rating for rating in known if not rating.is_case]
    today = timezone.localdate()
    return {
        "rating": plain[0] if plain else None,
        "cases": [rating for rating in known if rating.is_case and rating.ended_at is None],
        "ratings": known[:SHOWN],
        "waiting": [review for review in reviews if review.state != KycReview.State.DONE],
        "done": [review for review in reviews if review.concluded_at][:SHOWN],
        "today": today,
        "colours": RISKS,
        "states": STATES,
        "may_write": user.may("kyc-reviews:write") and not customer.merged_into_id,
        "is_cleared": user.may(CLEARED),
    }


def _events(customer: Customer, user: User, before: datetime | None, limit: int) -> list[Item]:
    """Reviews that were concluded and risks that were said. A case stands in no timeline."""
    if not user.may("kyc-reviews:read"):
        return []
    rated = RiskRating.objects.plain().filter(customer=customer).select_related("by")
    done = KycReview.objects.plain().done().filter(customer=customer).select_related("reviewer")
    if before:
        rated, done = rated.filter(rated_at__lt=before), done.filter(concluded_at__lt=before)
    found = [
        _item(row.rated_at, _("Money-laundering risk: %(level)s") % {"level": row}, row.by, row.reason)
        for row in rated[:limit]
    ]
    return found + [
        _item(row.concluded_at, _("KYC review: %(conclusion)s") % {"conclusion": row.get_conclusion_display()},
              row.reviewer, row.remark)
        for row in done.order_by("-concluded_at", "-pk")[:limit]
    ]  # fmt: skip


def _item(at: datetime | None, title: str, by: User | None, text: str) -> Item:
    assert at is not None  # of what has happened
    return Item(at=at, kind="kyc", title=title, text=text, by=str(by or ""), icon="shield-check")


BADGE = Panel("kyc", "customers/kyc/_badge.html", _badge, permission="kyc-reviews:read")
NOW = Panel("kyc", "customers/kyc/_now.html", _now, gettext_lazy("KYC"), "kyc-reviews:read")
KYC = Panel("kyc", "customers/kyc/_kyc.html", _kyc, gettext_lazy("KYC"), "kyc-reviews:read")
EVENTS = Source("kyc", gettext_lazy("KYC"), _events)
