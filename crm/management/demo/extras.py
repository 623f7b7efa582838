"""What makes the other pages of the demo speak: a file with mistakes in it, alerts, a household, printed statements, a customer
who is known twice."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crm.identity.services import notify
from crm.management.demo.bank import BY, Bank
from crm.management.demo.books import open_books
from crm.management.demo.cadence import arrange_meetings
from crm.management.demo.couples import TOGETHER
from crm.management.demo.events import invite_guests
from crm.management.demo.referrals import sell_to_the_referred
from crm.management.demo.span import Span
from crm.management.demo.stories import NAMED
from customers.duplicates.finding import find_duplicates
from customers.households.services import add_member, found_household
from customers.imports.services import import_file
from customers.models import AccountHolder, Customer
from customers.services import assign_manager, change_contact, change_customer
from customers.statements.forms import last_month
from customers.statements.services import print_statement

# the second row names no customer, the third has no such channel, the fourth an impossible day
MISTAKES = """customer,at,channel,direction,purpose,outcome,note,next_on
100001,{day}T10:05:00+08:00,event,out,care,reached,新春音乐会现场交流,
999999,{day}T10:10:00+08:00,event,out,care,reached,签到名单中无此客户,
100004,{day}T10:20:00+08:00,salon,out,care,reached,私行沙龙,
100006,{day}T25:61:00+08:00,event,out,sales,agreed,意向认购,
100009,{day}T11:00:00+08:00,event,out,sales,follow_up,关注美元理财,
"""


def add_extras(*, bank: Bank, span: Span, folder: Path, at: datetime) -> None:
    path = folder / "event_guests.csv"
    path.write_text(MISTAKES.format(day=span.last - timedelta(days=6)), encoding="utf-8")
    import_file(kind="interactions", path=path, by=bank.staff["admin"])
    invite_guests(bank=bank, at=at)
    _pool_a_household(span)
    _print_a_statement(bank, span, at)
    open_books(bank=bank, span=span, at=at)
    arrange_meetings(bank=bank, at=at)
    sell_to_the_referred(at=at)
    _know_one_twice(bank, at)
    pages = dict(Customer.objects.filter(number__in=["100001", "100002"]).values_list("number", "pk"))
    for place, number in enumerate(pages):
        notify(
            users=[bank.staff["manager"]],
            text=f"{NAMED[place].name}：{NAMED[place].note}"[:300],
            url=f"/customers/{pages[number]}/",
            at=at,
        )


def _pool_a_household(span: Span) -> None:
    """The couple with the joint account agreed to be counted together: the higher tier's benefits are shared."""
    couple = list(Customer.objects.filter(name__in=TOGETHER, number__lt="100020").order_by("number"))
    if len(couple) == len(TOGETHER):
        first, since = couple[0], span.first
        home = found_household(
            number="H0001", name=f"{first.name}家庭", customer=first, since=since, pools=True, by=BY, as_of=since
        )
        for member in couple[1:]:
            add_member(household=home, customer=member, since=since, pools=True, by=BY, as_of=since)


def _know_one_twice(bank: Bank, at: datetime) -> None:
    """A prospect whom somebody typed at the counter is a customer whom the bank's files had brought already."""
    people, manager = Customer.objects.filter(kind=Customer.Kind.PERSON).order_by("number"), bank.staff["manager"]
    typed = people.filter(status=Customer.Status.PROSPECT).last()
    known = people.filter(status=Customer.Status.ACTIVE, manager=manager).first()
    if typed and known:
        same: dict[str, Any] = {
            "name": known.name,
            "birth_date": known.birth_date,
            "sex": known.sex,
            "branch": known.branch,
        }
        typed = change_customer(customer=typed, by=BY, **same)
        typed = change_contact(customer=typed, phone=known.contact.phone, national_id="", by=BY)
        assign_manager(customer=typed, manager=manager, by=BY, at=at)
    find_duplicates(at=at, by=BY)


def _print_a_statement(bank: Bank, span: Span, at: datetime) -> None:
    """A customer lost the paper and came again the next day: the second is a copy."""
    owners = AccountHolder.objects.filter(customer__number="100001", role=AccountHolder.Role.OWNER)
    owner = owners.select_related("customer", "account").order_by("account__number").first()
    if owner is None:
        return
    since, until = last_month(span.last)
    for days in (2, 1):
        moment = at.replace(hour=10) - timedelta(days=days)
        print_statement(
            customer=owner.customer,
            account=owner.account,
            since=since,
            until=until,
            language="zh-hans",
            by=bank.staff["teller"],
            at=moment,
        )
