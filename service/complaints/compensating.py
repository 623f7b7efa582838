"""Compensation: a fee given back through the waiver ledger, as a waiver by hand that somebody else approves."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from crm.approvals.kinds import Content
from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer, FeeCharge
from customers.portfolio import charged_to
from segmentation.purposes import Purpose, key_of
from service.models import Compensation, Complaint

WORD = "complaint"


def charges_of(customer: Customer) -> QuerySet[FeeCharge]:
    """Those of which something is left to give back, the newest first."""
    rows = FeeCharge.objects.filter(account__in=charged_to(customer), waived__lt=F("amount"))
    return rows.select_related("account", "fee").order_by("-charged_on", "-pk")


@transaction.atomic
def ask_compensation(
    *, complaint: Complaint, charge: FeeCharge, amount: Decimal, reason: str, by: User, at: datetime
) -> Proposal:
    """Raises RuleBroken: more than is left of the fee is never given back, however often it is asked for."""
    ticket = complaint.ticket
    if ticket.customer is None:
        raise RuleBroken(_("Fees are given back to a customer; it is not known who this is."), code="customer")
    content = {
        "customer": ticket.customer.number, "charge": charge.number, "amount": f"{amount:f}", "for": f"{WORD}:{complaint.pk}",
    }  # fmt: skip
    title = _("Compensation for complaint %(number)s") % {"number": ticket.number_said}
    return propose(kind="manual_waiver", content=content, title=title, reason=reason, by=by, at=at)


def _complaint(content: Content) -> Complaint:
    rows = Complaint.objects.select_related("ticket__customer")
    found = rows.filter(pk=key_of(content), ticket__customer__number=str(content.get("customer"))).first()
    if found is None:
        raise RuleBroken(_("There is no such complaint."), field="for")
    return found


def _check(content: Content, by: User) -> None:
    if not Complaint.objects.visible_to(by).filter(pk=_complaint(content).pk).exists():
        raise RuleBroken(_("There is no such complaint."), field="for")


def _about(content: Content) -> int | None:
    return _complaint(content).ticket.about_id


def _made(proposal: Proposal) -> None:
    complaint = _complaint(proposal.content)
    Compensation.objects.create(complaint=complaint, proposal=proposal)
    audit.record(
        "complaint.compensation_asked",
        complaint,
        by=proposal.maker,
        number=complaint.ticket.number,
        proposal=proposal.pk,
    )


PURPOSE = Purpose(WORD, check=_check, subject=_about, made=_made)
