"""Verbs on households. Who belongs to one, and who agreed that the own balances count for all of it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer, Household, HouseholdMember


@transaction.atomic
def create_household(*, number: str, name: str, by: User | str) -> Household:
    for field, text, most in (("number", number, 32), ("name", name, 120)):
        if not 1 <= len(text.strip()) <= most:
            raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": most}, field=field)
    if Household.objects.filter(number=number.strip()).exists():
        raise RuleBroken(_("There is a household with this number already."), field="number")
    household = Household.objects.create(number=number.strip(), name=name.strip())
    audit.record("household.created", household, by=by)
    return household


@transaction.atomic
def add_member(
    *, household: Household, customer: Customer, since: date, pools: bool, by: User | str, until: date | None = None
) -> HouseholdMember:
    """`pools`: the customer agreed that all members' balances are counted together, and each told the total."""
    Customer.objects.for_change(customer)
    if until is not None and until <= since:
        raise RuleBroken(_("A membership can't end before it starts."), field="until")
    others = HouseholdMember.objects.filter(customer=customer).exclude(until__lte=since)
    if (others.filter(since__lt=until) if until else others).exists():
        raise RuleBroken(_("On these days the customer belongs to a household already."), field="customer")
    member = HouseholdMember.objects.create(
        household=household, customer=customer, since=since, until=until, pools=pools
    )
    audit.record("household.member_added", member, by=by, household=household.number, since=str(since), pools=pools)
    return member


@transaction.atomic
def end_membership(*, member: HouseholdMember, until: date, by: User | str) -> None:
    """`until` is the first day on which the customer no longer belongs to the household."""
    member = HouseholdMember.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    if until < member.since:
        raise RuleBroken(_("A membership can't end before it starts."), field="until")
    if member.until is not None and member.until <= until:
        raise RuleBroken(_("This membership has ended already."), field="until")
    member.until = until
    member.save(update_fields=["until"])
    audit.record("household.member_left", member, by=by, until=str(until))
