"""A published day, rules from the beginning of the year, and money that moves."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection

from crm.jobs.models import Run
from segmentation.changes.services import notice_due
from segmentation.models import Change, Published
from segmentation.services.policies import apply_policy
from tests.factories import AccountFactory, BalanceFactory, CustomerFactory, RunFactory, TransactionFactory

FIRST = date(2026, 3, 1)
OUT = {"code": "out", "name": "Outflow", "kind": "outflow", "amount": "1000", "currency": "CNY", "days": 7}
IN = OUT | {"code": "in", "name": "Inflow", "kind": "inflow"}
LEFT = {"code": "left", "name": "Money left", "kind": "money_left", "amount": "1000", "currency": "CNY", "share": "0.50",
        "days": 30}  # fmt: skip
BIRTHDAY = {"code": "birthday", "name": "Birthday", "kind": "birthday", "days": 7}


def rules(*contents: dict, since: date = FIRST) -> None:
    apply_policy(content={"effective_from": str(since), "change_rules": list(contents)}, by="setup")


def published(day: date, *, slot: int = 0) -> Run:
    """Its night ran, without all that a night does."""
    run = Run.objects.filter(business_date=day).first() or RunFactory(business_date=day)
    values = {"business_date": day, "slot": slot, "run": run}
    Published.objects.update_or_create(pk=1, defaults=values)
    return run


def looked(day: date) -> list[Change]:
    """Everything up to the day is looked at on the morning after."""
    published(day)
    notice_due(at=morning(day))
    return list(Change.objects.filter(day=day).order_by("code", "customer", "about"))


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 0, tzinfo=UTC) + timedelta(hours=1)


def owner(balance: str = "10000", *, on: date = date(2026, 1, 1), currency: str = "CNY", **more):
    """Somebody with an account on which so much lies; the account is in `account`."""
    customer = CustomerFactory(**more)
    customer.account = AccountFactory(holder=customer, opened_on=on, currency=currency)
    BalanceFactory(account=customer.account, on=on, amount=balance)
    return customer


def move(account, amount: str, on: date, **more) -> None:
    TransactionFactory(account=account, amount=amount, booked_on=on, **more)


def known(customer, balance: str, *, slot: int = 0) -> None:
    """The balance in the customer's facts."""
    text = "INSERT INTO segmentation_facts (slot, customer_id, currency, balance) VALUES (%s, %s, 'CNY', %s)"
    with connection.cursor() as cursor:
        cursor.execute(text, [slot, customer.pk, balance])
