"""The money-laundering risk of a customer. Up it goes at once; down only when a second person has approved."""

from calendar import monthrange
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer, KycInterval, KycReview, Risk, RiskRating
from customers.querysets.kyc import CLEARED
from customers.services.versions import locked

REASON = 500


def rating_of(customer: Customer) -> RiskRating | None:
    """The one that counts, without cases."""
    return RiskRating.objects.plain().filter(customer=customer).order_by("-rated_at", "-pk").first()


def next_due(level: str, on: date) -> date:
    """So many months later as the risk says; where that month is shorter, its last day."""
    years, month = divmod(on.month - 1 + KycInterval.objects.get(level=level).months, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


@transaction.atomic
def rate_customer(
    *,
    customer: Customer,
    level: str,
    reason: str,
    by: User | str,
    at: datetime,
    is_case: bool = False,
    approved_by: User | None = None,
) -> RiskRating:
    """A lower risk than now needs `approved_by`: it is proposed. A case is always high, and said by who is cleared."""
    customer = locked(customer, None)
    reason = said_reason(reason)
    if level not in Risk.values:
        raise RuleBroken(_("A risk is low, medium or high."), field="level")
    if is_case:
        _refuse_case(customer, level, by)
    else:
        known = rating_of(customer)
        if known and Risk(level).height < Risk(known.level).height and approved_by is None:
            text = _("A lower risk needs a second pair of eyes: propose it.")
            raise RuleBroken(text, field="level", code="needs_approval")
    person = by if isinstance(by, User) else None
    rating = RiskRating.objects.create(
        customer=customer, level=level, reason=reason, is_case=is_case, rated_at=at, by=person, approved_by=approved_by
    )
    plan_review(customer=customer, level=level, is_case=is_case, on=timezone.localdate(at))
    action = "kyc.case_opened" if is_case else "kyc.rated"
    audit.record(action, rating, by=by, level=level, approved_by=approved_by.username if approved_by else "")
    return rating


@transaction.atomic
def end_case(*, rating: RiskRating, by: User | str, at: datetime) -> RiskRating:
    """What a proposal that somebody approved does. Its review goes, unless somebody has begun it."""
    locked(rating.customer, None)
    rating = RiskRating.objects.for_change(rating)
    if not rating.is_case or rating.ended_at is not None:
        raise RuleBroken(_("There is no such case, or it has ended."))
    rating.ended_at, rating.ended_by = at, by if isinstance(by, User) else None
    rating.save(update_fields=["ended_at", "ended_by"])
    person = rating.ended_by
    due = KycReview.objects.waiting().filter(customer=rating.customer, is_case=True, state=KycReview.State.DUE)
    due.update(
        state=KycReview.State.DONE, conclusion=KycReview.Conclusion.ENDED, begun_at=at, begun_by=person, concluded_at=at,
        reviewer=person, version=F("version") + 1,
    )  # fmt: skip
    audit.record("kyc.case_ended", rating, by=by)
    return rating


def plan_review(*, customer: Customer, level: str, is_case: bool, on: date) -> KycReview:
    """The review that is not concluded yet, moved to the day that the risk asks for; or a new one.

    A higher risk brings it forward, a lower one puts it off; what somebody has begun keeps its day.
    """
    due_on = next_due(level, on)
    review = KycReview.objects.waiting().filter(customer=customer, is_case=is_case).first()
    if review is None:
        return KycReview.objects.create(customer=customer, level=level, is_case=is_case, due_on=due_on)
    is_higher = Risk(level).height >= Risk(review.level).height
    if review.state == KycReview.State.DUE:
        review.due_on = min(review.due_on, due_on) if is_higher else due_on
    review.level = level
    review.version += 1
    review.save(update_fields=["due_on", "level", "version"])
    return review


def said_reason(reason: str, *, field: str = "reason") -> str:
    reason = " ".join(reason.split())
    if not 5 <= len(reason) <= REASON:
        raise RuleBroken(_("Say why, in 5 to %(count)s characters.") % {"count": REASON}, field=field)
    return reason


def _refuse_case(customer: Customer, level: str, by: User | str) -> None:
    if isinstance(by, User) and not by.may(CLEARED):
        raise RuleBroken(_("Only who is cleared for such cases opens one."), field="is_case")
    if level != Risk.HIGH:
        raise RuleBroken(_("The risk of a case is high."), field="level")
    if RiskRating.objects.cases().filter(customer=customer).exists():
        raise RuleBroken(_("There is such a case already."), field="is_case")
