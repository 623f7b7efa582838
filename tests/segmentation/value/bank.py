"""A bank that knows what its customers are worth."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm.nightly.night import run_night
from customers.models import Account, Customer, Interaction, Product
from segmentation.models import ValueYear
from segmentation.services.policies import apply_policy
from segmentation.value.versions import last_day
from tests.factories import (
    AccountFactory,
    CustomerFactory,
    FeeChargeFactory,
    InteractionFactory,
    ProductFactory,
    UserFactory,
)
from tests.segmentation.night.bank import JANUARY, close_feeds, deposit, policy

VALUE: dict[str, Any] = {
    "discount_rate": "0.10",
    "rates": [
        {"product": "saving", "customer_rate": "0.012", "transfer_rate": "0.021"},
        {"product": "house", "customer_rate": "0.045", "transfer_rate": "0.024"},
    ],
    "costs": [{"channel": "branch", "cost": "35.00"}, {"cost": "0.00"}],
    "losses": [{"family": "mortgage", "pd": "0.01", "lgd": "0.45"}],
    "retention": [{"rate": "0.9"}],
}


def use(content: dict[str, Any] | None = None, *, since: date = JANUARY) -> None:
    """A scheme of one tier, the two products, and the assumptions."""
    product("saving", Product.Family.DEPOSIT)
    product("house", Product.Family.MORTGAGE)
    policy(("mass", None, 0))
    apply_policy(content={"effective_from": str(since), "value": content or VALUE}, by=UserFactory(admin=True))


def product(code: str, family: str) -> Product:
    return ProductFactory(code=code, family=family)


def account(holder: Customer, code: str, balances: dict[date, str], **more: Any) -> Account:
    found = AccountFactory(
        holder=holder, product=Product.objects.get(code=code), opened_on=min(balances), **{"currency": "CNY"} | more
    )
    deposit(found, balances)
    return found


def worked_example() -> Customer:
    """The customer of the worked figures, a year of whom brings in 8,580."""
    someone = CustomerFactory()
    saving = account(someone, "saving", {JANUARY: "500000"})
    account(someone, "house", {JANUARY: "-200000"})
    for number in range(12):
        FeeChargeFactory(
            account=saving, charged_on=JANUARY + timedelta(days=30 * number), amount=Decimal(150), waived=Decimal(50)
        )
        InteractionFactory(
            customer=someone,
            at=f"2026-{number + 1:02}-15T02:00:00Z",
            channel=Interaction.Channel.BRANCH,
            purpose=Interaction.Purpose.CARE,
        )
    return someone


def year_of(customer: Customer) -> ValueYear:
    """The newest."""
    return ValueYear.objects.filter(customer=customer).order_by("-month").first()


def close(*months: date) -> None:
    """The nights of the last day of each month and of the day after it: the second one closes it."""
    for month in months:
        last = last_day(month)
        close_feeds(last + timedelta(days=1))
        for day in (last, last + timedelta(days=1)):
            run = run_night(day=day)
            assert run.has_ended, (day, run.status, run.message)


def months(count: int, first: date = JANUARY) -> list[date]:
    return [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(count)]
