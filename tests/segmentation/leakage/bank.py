"""What tests of corrections ask for and say."""

from datetime import date
from decimal import Decimal

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from customers.models import Account, AccountHolder, Customer, FeeCharge
from segmentation.leakage.proposals import content_of
from segmentation.leakage.services import check_waivers
from segmentation.ledger import first_wrong
from segmentation.models import Leak, WaiverCheck
from tests.factories import FeeChargeFactory, FeeTypeFactory

D1, D2, D3, D4 = (date(2026, 2, day) for day in (10, 11, 12, 13))
FEBRUARY = date(2026, 2, 1)
HALF = {"tier": "gold", "fee": "statement", "percent": "0.50", "cap_per_month": "20.00", "currency": "CNY"}
TENTH = {"tier": "mass", "fee": "statement", "percent": "0.10"}


def charge(account: Account, day: date, amount: str) -> FeeCharge:
    fee = FeeTypeFactory(code="statement")
    return FeeChargeFactory(account=account, fee=fee, charged_on=day, amount=Decimal(amount))


def checked(**fields) -> WaiverCheck:
    check = check_waivers(**{"since": FEBRUARY, "through": D1, "by": "test"} | fields)
    assert check.run.has_ended, check.run.message
    return check


def found(check: WaiverCheck) -> list[tuple]:
    rows = Leak.objects.filter(waiver_check=check).order_by("charge_id")
    return list(rows.values_list("customer__number", "waived", "due"))


def proposed(check: WaiverCheck, admin) -> Proposal:
    return propose(
        kind="waiver_correction", content=content_of(check), title="-", reason="The holder was wrong", by=admin
    )


def corrected(check: WaiverCheck, admin, approver) -> Proposal:
    proposal = proposed(check, admin)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    assert first_wrong() == ""
    return proposal


def waived() -> list[Decimal]:
    return list(FeeCharge.objects.order_by("pk").values_list("waived", flat=True))


def pass_on(account: Account, number: str) -> None:
    """The holder was wrong: the account is another customer's."""
    holder = account.holders.get()
    holder.delete()
    AccountHolder.objects.create(account=account, customer_id=pk_of(number), role="owner")


def pk_of(number: str) -> int:
    return Customer.objects.get(number=number).pk
