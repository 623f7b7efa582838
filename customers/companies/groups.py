"""Verbs on groups of companies: who belongs to one, and what the bank lends them together at most."""

from datetime import date, datetime
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.companies.promises import promised
from customers.companies.refusing import refuse_amount, refuse_person
from customers.companies.services import person
from customers.models import CompanyGroup, Customer, GroupLimit, GroupMember
from customers.services.versions import locked


@transaction.atomic
def found_group(
    *, name: str, customer: Customer, since: date, by: User | str, as_of: date, number: str = ""
) -> CompanyGroup:
    """A group and its first member. Without a number it gets one of ours, G and eight digits."""
    number, name = number.strip() or _next_number(), " ".join(name.split())
    for field, text, most in (("number", number, 32), ("name", name, 120)):
        if not 1 <= len(text) <= most:
            raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": most}, field=field)
    group, is_new = CompanyGroup.objects.get_or_create(number=number, defaults={"name": name})
    if not is_new:
        raise RuleBroken(_("There is a group with this number already."), field="number")
    audit.record("group.founded", group, by=by)
    join_group(group=group, customer=customer, since=since, by=by, as_of=as_of)
    return group


@transaction.atomic
def join_group(*, group: CompanyGroup, customer: Customer, since: date, by: User | str, as_of: date) -> GroupMember:
    CompanyGroup.objects.for_change(group)
    customer = locked(customer, None)
    refuse_person(customer)
    _begun("since", since, as_of)
    with promised():
        member = GroupMember.objects.create(group=group, customer=customer, since=since)
    audit.record("group.joined", member, by=by, group=group.number, since=str(since))
    return member


@transaction.atomic
def leave_group(*, member: GroupMember, until: date, by: User | str, as_of: date) -> None:
    """`until` is the first day on which the company no longer belongs to the group."""
    CompanyGroup.objects.for_change(member.group)
    member = GroupMember.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    _begun("until", until, as_of)
    if until < member.since:
        raise RuleBroken(_("A membership can't end before it starts."), field="until")
    if member.until is not None and member.until <= until:
        raise RuleBroken(_("This membership has ended already."), field="until")
    member.until = until
    member.save(update_fields=["until"])
    audit.record("group.left", member, by=by, until=str(until))


@transaction.atomic
def limit_group(
    *,
    group: CompanyGroup,
    amount: Decimal,
    currency: str,
    since: date,
    by: User | str,
    at: datetime,
    until: date | None = None,
) -> GroupLimit:
    """From `since` on; the limit that holds then ends on that day, and stays told for the days before."""
    CompanyGroup.objects.for_change(group)
    refuse_amount(amount, currency)
    if until is not None and until <= since:
        raise RuleBroken(_("It can't end before it begins."), field="until")
    before = GroupLimit.objects.filter(group=group, since__lte=since).exclude(until__lte=since)
    before.update(until=since)
    with promised():
        limit = GroupLimit.objects.create(
            group=group, amount=amount, currency=currency, since=since, until=until, by=person(by), noted_at=at
        )
    audit.record("group.limited", group, by=by, amount=str(amount), currency=currency, since=str(since))
    return limit


def _begun(field: str, day: date, as_of: date) -> None:
    if day > as_of:
        raise RuleBroken(_("This is told on the day itself or later, not before."), field=field)


def _next_number() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('customers_companygroup', 'id'))")
        return f"G{cursor.fetchone()[0]:08}"
