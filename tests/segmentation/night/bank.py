"""A bank small enough to reckon by hand: balances with their roll-ups, policies, nights."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm.jobs.models import Run
from crm.nightly.night import run_night
from customers.models import Account, AccountHolder, Balance, BalanceMonth, Customer, Feed
from segmentation.models import TierPeriod
from segmentation.services.policies import apply_policy
from tests.factories import AccountFactory, AccountHolderFactory, CustomerFactory, ProductFactory, UserFactory

JANUARY = date(2026, 1, 1)


def policy(*tiers: tuple[str, str | None, int], lines: list[dict] | None = None, **extra) -> None:
    """`policy(("mass", None, 0), ("gold", "200000", 3))` publishes a scheme from January 2026."""
    scheme = {
        "customer_kind": "person",
        "currency": "CNY",
        "measure": "aum_month_average",
        "review": "monthly",
        "tiers": [_tier(*tier) for tier in tiers],
    } | extra
    content = {"effective_from": str(JANUARY), "tier_scheme": scheme}
    if lines is not None:
        content["waiver_policy"] = {"ceiling": "0.50", "lines": lines}
    apply_policy(content=content, by=UserFactory(admin=True))


def _tier(code: str, threshold: str | None, grace: int) -> dict:
    tier: dict = {"code": code, "name": code.title()}
    if threshold is not None:
        when = {"field": "aum_month_average", "op": ">=", "value": threshold}
        tier |= {"when": when, "grace_months": grace}
    return tier


def customer_with(balances: dict[date, str], *, currency: str = "CNY", **customer) -> Customer:
    """A customer with one account on which these end-of-day balances were reported."""
    someone = CustomerFactory(**customer)
    deposit(AccountFactory(holder=someone, currency=currency, opened_on=min(balances)), balances)
    return someone


def customers_with(courses: list[dict[date, str]]) -> None:
    """A customer for each course of balances, all at once."""
    product = ProductFactory()
    people = Customer.objects.bulk_create(CustomerFactory.build_batch(len(courses)))
    accounts = Account.objects.bulk_create(
        AccountFactory.build(product=product, opened_on=min(balances)) for balances in courses
    )
    pairs = list(zip(accounts, people, strict=True))
    AccountHolder.objects.bulk_create(
        AccountHolderFactory.build(account=one, customer=someone) for one, someone in pairs
    )
    written = [(account, _typed(balances)) for account, balances in zip(accounts, courses, strict=True)]
    Balance.objects.bulk_create(
        Balance(account=one, on=on, amount=x) for one, days in written for on, x in days.items()
    )
    BalanceMonth.objects.bulk_create(month for one, days in written for month in rolled_up(one, days))


def deposit(account: Account, balances: dict[date, str]) -> None:
    """Balances, and their roll-ups reckoned day by day."""
    rows = [Balance(account=account, on=on, amount=amount) for on, amount in _typed(balances).items()]
    Balance.objects.bulk_create(rows, **over("on", "amount"))
    reported = dict(Balance.objects.filter(account=account).order_by("on").values_list("on", "amount"))
    months = rolled_up(account, reported)
    BalanceMonth.objects.bulk_create(months, **over("month", "opening", "closing", "day_sum", "last_on"))


def _typed(balances: dict[date, str]) -> dict[date, Decimal]:
    return {on: Decimal(amount) for on, amount in balances.items()}


def rolled_up(account: Account, reported: dict[date, Decimal]) -> list[BalanceMonth]:
    """The roll-ups of the balances of an account, day by day."""
    months, before = [], Decimal(0)
    for month in sorted({on.replace(day=1) for on in reported}):
        last = max(on for on in reported if on.replace(day=1) == month)
        opening, day_sum, lying = before, Decimal(0), before
        for number in range((last - month).days + 1):
            lying = reported.get(month + timedelta(days=number), lying)
            day_sum += lying
        told = {"opening": opening, "closing": lying, "day_sum": day_sum, "last_on": last}
        months.append(BalanceMonth(account=account, month=month, **told))
        before = lying
    return months


def over(day: str, *fields: str) -> dict[str, Any]:
    """What bulk_create writes over rows of the account that are there."""
    return {"update_conflicts": True, "unique_fields": ["account", day], "update_fields": fields}


def close_feeds(through: date) -> None:
    Feed.objects.update_or_create(kind="balances", defaults={"closed_through": through})


def nights(first: date, last: date, *, closed: bool = True) -> Run:
    """Every night from the first through the last; the last run."""
    if closed:
        close_feeds(last)
    day = first
    while day <= last:
        run = run_night(day=day)
        assert run.has_ended, (day, run.status, run.message)
        day += timedelta(days=1)
    return run


def tier_on(customer: Customer, day: date) -> str:
    return TierPeriod.objects.filter(customer=customer).holding(day).get().tier.code
