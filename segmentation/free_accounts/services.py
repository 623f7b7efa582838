"""The one account that a customer names as free of the small-balance fee: named at the counter, and taken back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from customers.models import Account, Customer
from customers.portfolio import payer_of
from segmentation.models import FreeAccount
from segmentation.services.policies import first_due


@transaction.atomic
def name_account(*, customer: Customer, account: Account, since: date, by: Any) -> FreeAccount:
    """From a day on, until it is ended. Raises RuleBroken beside the field that is wrong."""
    customer = Customer.objects.for_change(customer)
    if payer_of(account) != customer:
        raise RuleBroken(_("This account is not the customer's own."), field="account")
    if account.closed_on is not None and account.closed_on <= since:
        raise RuleBroken(_("This account is closed."), field="account")
    check_open(since)
    named = FreeAccount.objects.filter(Q(until=None) | Q(until__gt=since), customer=customer).select_related("account")
    if other := named.first():
        raise RuleBroken(
            _("The customer has named the account %(account)s; a second one is not free. End that first.")
            % {"account": other.account},
            field="account",
        )
    free = FreeAccount.objects.create(
        customer=customer, account=account, since=since, named_by=by if hasattr(by, "pk") else None
    )
    audit.record("free_account.named", free, by=by, account=account.number, since=str(since))
    return free


@transaction.atomic
def end_naming(*, free: FreeAccount, until: date, by: Any) -> FreeAccount:
    """`until` is the first day on which it is free no longer. Raises RuleBroken."""
    free = FreeAccount.objects.select_for_update(of=("self",), no_key=True).get(pk=free.pk)
    if free.until is not None:
        raise RuleBroken(_("This has ended already."), field="until")
    if until <= free.since:
        raise RuleBroken(_("It ends after it starts."), field="until")
    check_open(until, field="until")
    free.until = until
    free.save(update_fields=["until"])
    audit.record("free_account.ended", free, by=by, account=free.account.number, until=str(until))
    return free


def check_open(day: date, *, field: str = "since") -> None:
    """What a night has decided stays decided."""
    due = first_due()
    if due and day < due:
        text = _("The nights before %(day)s have run; choose that day or a later one.")
        raise RuleBroken(text % {"day": said_day(due)}, field=field)
