"""What people did on the mornings after the nights: told once, when the nights have published the bank's past."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import override

from crm.approvals.services import approve, propose
from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.money import rounded
from crm.identity.models import User
from crm.management.demo.answers import answer_suggestions
from crm.management.demo.bank import BY
from crm.management.demo.benefits import lose_a_card, make_exceptions, use_benefits
from crm.management.demo.complaints import give_back
from crm.management.demo.desk import work_off_tickets
from crm.management.demo.make import Say, is_made
from crm.management.demo.queue import open_halls
from crm.management.demo.reception import receive
from customers.models import FeeCharge
from customers.portfolio import payer_of
from segmentation.free_accounts.services import name_account
from segmentation.leakage.services import carry_on, open_check
from segmentation.models import Published, WaiverEntry
from segmentation.outbox.services import answer, send

TOLD = "demo.mornings"
# the core answers within three days; one refund in so many comes back
DAYS, ONE_IN = 3, 173
LATE_CARD, WRONG_FEE = "柜台等候过久，客户投诉后致歉", "系统重复扣费，已核实流水"


def refund_what_was_waived(last: date) -> int:
    """All entries left for the core: most are posted, some refused, those of the last days open."""
    if not WaiverEntry.objects.exists():
        return 0
    send(value_date=last + timedelta(days=1), by=BY)
    rows = WaiverEntry.objects.filter(business_date__lte=last - timedelta(days=DAYS)).order_by("number")
    answers = [_answer(number, day) for number, day in rows.values_list("number", "business_date")]
    return answer(rows=answers, by=BY).accepted


def _answer(number: int, day: date) -> dict[str, str | int]:
    if number % ONE_IN == 0:
        return {"entry": number, "state": "refused", "reason": "收款账户已止付"}
    return {"entry": number, "state": "posted", "posted_on": str(day + timedelta(days=1 + number % DAYS))}


def spare_by_hand(last: date) -> int:
    """A manager asked for two waivers: one was granted, one waits for the approver."""
    people = User.objects.in_bulk(["manager", "approver"], field_name="username")
    charges = FeeCharge.objects.visible_to(people["manager"]).filter(waived=0, amount__gte=10)
    chosen = (
        charges.select_related("account").prefetch_related("account__holders__customer").order_by("-charged_on")[:2]
    )
    for charge, reason in zip(chosen, (LATE_CARD, WRONG_FEE), strict=False):
        customer = charge.account.holders.all()[0].customer
        proposal = propose(
            kind="manual_waiver",
            content={
                "customer": customer.number,
                "charge": charge.number,
                "amount": str(rounded(charge.amount / 2, charge.account.currency)),
            },
            title=f"手工减免：{customer.number}",
            reason=reason,
            by=people["manager"],
        )
        if reason == LATE_CARD:
            approve(proposal=proposal, content_hash=proposal.content_hash, by=people["approver"])
    return len(chosen)


def name_a_free_account(last: date) -> int:
    """At the counter: one account of a customer who pays the small-balance fee."""
    teller = User.objects.get(username="teller")
    charges = FeeCharge.objects.visible_to(teller).filter(fee__code="small_balance", waived=0, account__closed_on=None)
    for charge in charges.select_related("account").order_by("-charged_on", "pk")[:1]:
        payer = payer_of(charge.account)
        if payer:
            name_account(customer=payer, account=charge.account, since=last + timedelta(days=1), by=teller)
            return 1
    return 0


def check_the_ledger(last: date) -> int:
    """The admin looked for leaks, and tried what it would be in the tiers of today."""
    admin = User.objects.get(username="admin")
    since = (last.replace(day=1) - timedelta(days=1)).replace(day=1)
    found = 0
    for day in (None, last):
        check = open_check(since=since, through=last, by=admin, tiers_on=day)
        carry_on(check)
        check.run.refresh_from_db()
        found += check.run.result.get("leaks", 0)
    return found


STORIES: tuple[tuple[str, Callable[[date], int]], ...] = (
    ("refunds", refund_what_was_waived),
    ("waivers by hand", spare_by_hand),
    ("compensation", give_back),
    ("free accounts", name_a_free_account),
    ("leaks of the waivers", check_the_ledger),
    ("benefits used", use_benefits),
    ("gold cards lost", lose_a_card),
    ("entitlement overrides", make_exceptions),
    ("answers to suggested products", answer_suggestions),
    ("queue numbers", open_halls),
    ("bookings", receive),
    ("tickets worked off", work_off_tickets),
)


@transaction.atomic
def tell(*, say: Say) -> None:
    """Nothing where another bank's data are here, no night ran, or all was told already."""
    published = Published.objects.first()
    if published is None or not is_made() or Event.objects.filter(action=TOLD).exists():
        return
    with override("zh-hans"):
        for what, story in STORIES:
            say(f"{what}: {story(published.business_date):,}")
    audit.record(TOLD, "bank", by=BY, last=published.business_date.isoformat())
