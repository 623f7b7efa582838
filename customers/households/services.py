"""Verbs on households. Who belongs to one, who is its head, and who agreed that the own balances count for all of it."""

from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer, Household, HouseholdMember
from customers.services.versions import locked


@transaction.atomic
def create_household(*, name: str, by: User | str, number: str = "") -> Household:
    """Without a number it gets one of ours, H and eight digits."""
    number = number.strip() or _next_number()
    for field, text, most in (("number", number, 32), ("name", name, 120)):
        if not 1 <= len(text.strip()) <= most:
            raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": most}, field=field)
    household, is_new = Household.objects.get_or_create(number=number, defaults={"name": name.strip()})
    if not is_new:
        raise RuleBroken(_("There is a household with this number already."), field="number")
    audit.record("household.created", household, by=by)
    return household


@transaction.atomic
def found_household(
    *, name: str, customer: Customer, since: date, pools: bool, by: User | str, as_of: date, number: str = ""
) -> Household:
    """A household and its first member, who is the head."""
    household = create_household(name=name, number=number, by=by)
    add_member(household=household, customer=customer, since=since, pools=pools, is_head=True, by=by, as_of=as_of)
    return household


@transaction.atomic
def add_member(
    *,
    household: Household,
    customer: Customer,
    since: date,
    pools: bool,
    by: User | str,
    as_of: date,
    until: date | None = None,
    is_head: bool = False,
) -> HouseholdMember:
    """`pools`: the customer agreed that all members' balances are counted together, and each told the total."""
    _locked(household)
    locked(customer, None)
    _begun("since", since, as_of)
    if customer.kind != Customer.Kind.PERSON:
        raise RuleBroken(_("Only persons belong to a household."), field="customer")
    if until is not None and until <= since:
        raise RuleBroken(_("A membership can't end before it starts."), field="until")
    others = HouseholdMember.objects.filter(customer=customer).exclude(until__lte=since)
    if (others.filter(since__lt=until) if until else others).exists():
        raise RuleBroken(_("On these days the customer belongs to a household already."), field="customer")
    if is_head:
        household.members.filter(is_head=True).update(is_head=False)
    member = HouseholdMember.objects.create(
        household=household, customer=customer, since=since, until=until, pools=pools, is_head=is_head
    )
    audit.record("household.member_added", member, by=by, household=household.number, since=str(since), pools=pools)
    return member


@transaction.atomic
def end_membership(*, member: HouseholdMember, until: date, by: User | str, as_of: date) -> None:
    """`until` is the first day on which the customer no longer belongs to the household."""
    member = _for_change(member)
    _begun("until", until, as_of)
    if until < member.since:
        raise RuleBroken(_("A membership can't end before it starts."), field="until")
    if member.until is not None and member.until <= until:
        raise RuleBroken(_("This membership has ended already."), field="until")
    member.until = until
    member.save(update_fields=["until"])
    audit.record("household.member_left", member, by=by, until=str(until))


@transaction.atomic
def change_pooling(
    *, member: HouseholdMember, pools: bool, since: date, by: User | str, as_of: date
) -> HouseholdMember:
    """From `since` on the customer agrees, or no longer agrees; what held before stays told. The membership of before ends
    and one with the other answer begins.
    """
    member = _for_change(member)
    _begun("since", since, as_of)
    if member.pools == pools:
        raise RuleBroken(_("That is what the customer said already."), field="pools")
    if since < member.since or member.until is not None:
        raise RuleBroken(_("Only a membership that holds can change, from a day in it on."), field="since")
    is_head = member.is_head
    member.until, member.is_head = since, False
    member.save(update_fields=["until", "is_head"])
    audit.record("household.pooling_changed", member, by=by, since=str(since), pools=pools)
    return HouseholdMember.objects.create(
        household_id=member.household_id, customer_id=member.customer_id, since=since, pools=pools, is_head=is_head
    )


@transaction.atomic
def make_head(*, member: HouseholdMember, by: User | str) -> None:
    member = _for_change(member)
    if member.until is not None:
        raise RuleBroken(_("Who has left can't be the head."))
    member.household.members.filter(is_head=True).update(is_head=False)
    member.is_head = True
    member.save(update_fields=["is_head"])
    audit.record("household.head_changed", member, by=by)


def _locked(household: Household) -> None:
    """First of all, in every verb: two at once wait for each other here, and nowhere else."""
    Household.objects.select_for_update(of=("self",), no_key=True).order_by("pk").get(pk=household.pk)


def _for_change(member: HouseholdMember) -> HouseholdMember:
    _locked(member.household)
    return HouseholdMember.objects.for_change(member)


def _begun(field: str, day: date, as_of: date) -> None:
    if day > as_of:
        raise RuleBroken(_("This is told on the day itself or later, not before."), field=field)


def _next_number() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('customers_household', 'id'))")
        return f"H{cursor.fetchone()[0]:08}"
