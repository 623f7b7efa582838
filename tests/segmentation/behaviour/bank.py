"""A bank whose January is closed, and what its customers did."""

from datetime import date
from decimal import Decimal

from customers.models import Account, Customer
from segmentation.models import Behaviour
from tests.factories import TransactionFactory
from tests.segmentation.night.bank import customer_with, nights, policy

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
LAST = date(2026, 1, 31)


def begin() -> None:
    policy(("mass", None, 0))


def somebody(**customer) -> Customer:
    return customer_with({JANUARY: "1000"}, **customer)


def account_of(customer: Customer) -> Account:
    return customer.holdings.order_by("pk").first().account


def move(customer: Customer, day: date, amount: str, **more) -> None:
    TransactionFactory(account=account_of(customer), booked_on=day, amount=Decimal(amount), **more)


def close_january() -> None:
    """The nights through the one that closes it."""
    nights(LAST, FEBRUARY)


def told(customer: Customer, month: date = JANUARY) -> Behaviour:
    return Behaviour.objects.get(customer=customer, month=month)
