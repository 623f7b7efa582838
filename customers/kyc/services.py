"""Verbs on reviews: begun, worked on, concluded. The next one follows from the risk that was found."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.kyc.rating import next_due, rate_customer, rating_of, said_reason
from customers.models import Customer, Document, KycReview, Risk, RiskRating
from customers.services.versions import STALE, locked

Check, Result, State, Conclusion = KycReview.Check, KycReview.Result, KycReview.State, KycReview.Conclusion
KEPT = (Result.OK, Result.NOT_NEEDED)
ESSENTIAL = (Check.IDENTITY, Check.SCREENING)
Checks = Mapping[str, Mapping[str, str]]


@transaction.atomic
def begin_review(*, review: KycReview, by: User, at: datetime) -> KycReview:
    """Before its day too, where something has happened."""
    review = _for_change(review, None)
    if review.state != State.DUE:
        raise RuleBroken(_("Somebody has begun this review already."))
    review.state, review.begun_at, review.begun_by = State.BEGUN, at, by
    _save(review, "state", "begun_at", "begun_by")
    audit.record("kyc.review_begun", review, by=by)
    return review


@transaction.atomic
def save_checks(*, review: KycReview, checks: Checks, by: User, version: int | None = None) -> KycReview:
    """What was found so far."""
    review = _for_change(review, version)
    if review.state != State.BEGUN:
        raise RuleBroken(_("Begin the review first."))
    review.checks = _told(review.customer, checks)
    _save(review, "checks")
    audit.record("kyc.review_saved", review, by=by, checks=sorted(review.checks))
    return review


@transaction.atomic
def conclude_review(
    *,
    review: KycReview,
    checks: Checks,
    conclusion: str,
    remark: str,
    by: User,
    at: datetime,
    level: str = "",
    version: int | None = None,
) -> Proposal | None:
    """Every check is answered. `level` is the risk that was found: a higher one counts at once, a lower one is proposed, and
    the proposal returned; until somebody approves it, the next review comes by the present one.
    """
    review = save_checks(review=review, checks=checks, by=by, version=version)
    level = level or review.level
    _refuse_conclusion(review, conclusion, level, timezone.localdate(at))
    remark = said_reason(remark, field="remark")
    is_lower = Risk(level).height < Risk(review.level).height
    found = review.level if is_lower else level
    review.state, review.conclusion, review.remark = State.DONE, Conclusion(conclusion), remark
    review.concluded_at, review.reviewer, review.level = at, by, found
    _save(review, "state", "conclusion", "remark", "concluded_at", "reviewer", "level")
    audit.record("kyc.review_concluded", review, by=by, conclusion=conclusion, level=found)
    if not review.is_case or RiskRating.objects.cases().filter(customer=review.customer).exists():
        due_on = next_due(found, timezone.localdate(at))
        KycReview.objects.create(customer=review.customer, level=found, is_case=review.is_case, due_on=due_on)
    if review.is_case:
        return None
    known = rating_of(review.customer)
    if known is None or known.level != found:
        rate_customer(customer=review.customer, level=found, reason=remark, by=by, at=at)
    return propose_lower(customer=review.customer, level=level, reason=remark, by=by, at=at) if is_lower else None


def propose_lower(*, customer: Customer, level: str, reason: str, by: User, at: datetime) -> Proposal:
    title = _("Lower money-laundering risk: %(number)s") % {"number": customer.number}
    content = {"customer": customer.number, "level": str(level)}
    return propose(kind="kyc_downgrade", content=content, title=title, reason=reason, by=by, at=at)


def propose_end_of_case(*, customer: Customer, rating_id: int, reason: str, by: User, at: datetime) -> Proposal:
    title = _("End of an anti-money-laundering case: %(number)s") % {"number": customer.number}
    content = {"customer": customer.number, "rating": rating_id}
    return propose(kind="aml_case_end", content=content, title=title, reason=reason, by=by, at=at)


def has_valid_document(customer: Customer, on: Any) -> bool:
    """By which the customer itself is identified, and that has not ended."""
    rows = Document.objects.open().personal().filter(customer=customer)
    return any(not row.is_expired(on) for row in rows.only("type", "valid_until"))


def _told(customer: Customer, checks: Checks) -> dict[str, dict[str, str]]:
    known, found = KycReview.OF_KIND[customer.kind], {}
    for name, said in checks.items():
        if name not in known:
            raise RuleBroken(_("There is no such check of this customer."), field="checks")
        result, note = said.get("result", ""), " ".join(said.get("note", "").split())
        if result not in ("", *Result.values) or (result == Result.HIT and name != Check.SCREENING) or len(note) > 300:
            raise RuleBroken(_("This is no result of the check."), field=name)
        if result or note:
            found[str(name)] = {"result": str(result), "note": note}
    return found


def _refuse_conclusion(review: KycReview, conclusion: str, level: str, today: Any) -> None:
    if conclusion not in KycReview.SAID:
        raise RuleBroken(_("Say how the review ends."), field="conclusion")
    if level not in Risk.values:
        raise RuleBroken(_("A risk is low, medium or high."), field="level")
    results = {name: said["result"] for name, said in review.checks.items()}
    for check in KycReview.OF_KIND[review.customer.kind]:
        if not results.get(check):
            raise RuleBroken(_("Answer every check."), field=str(check))
        if results[check] == Result.NOT_NEEDED and check in ESSENTIAL:
            raise RuleBroken(_("This check is always needed."), field=str(check))
    if results[Check.IDENTITY] == Result.OK and not has_valid_document(review.customer, today):
        raise RuleBroken(_("No valid identity document is on file."), field=str(Check.IDENTITY))
    owners = Document.objects.open().filter(customer=review.customer, type=Document.Type.BENEFICIAL_OWNER)
    if results.get(Check.OWNERS) == Result.OK and not owners.exists():
        raise RuleBroken(_("No beneficial owner is on file."), field=str(Check.OWNERS))
    if conclusion == Conclusion.KEEP and any(result not in KEPT for result in results.values()):
        raise RuleBroken(_("Something is missing: it can't go on as before."), field="conclusion")
    if results[Check.SCREENING] == Result.HIT and level != Risk.HIGH:
        raise RuleBroken(_("Whoever the screening hits is of high risk."), field="level")


def _for_change(review: KycReview, version: int | None) -> KycReview:
    locked(review.customer, None)
    review = KycReview.objects.for_change(review)
    if review.state == State.DONE:
        raise RuleBroken(_("This review is concluded already."))
    if version is not None and review.version != version:
        raise RuleBroken(_("Somebody changed this review in the meantime. Look at it again."), code=STALE)
    return review


def _save(review: KycReview, *fields: str) -> None:
    review.version += 1
    review.save(update_fields=[*fields, "version"])
