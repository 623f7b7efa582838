"""What a night carries forward, and when it reads everybody (any sequence of changes: segments/test_kept.py)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from crm.base.sql import rows_of_text
from crm.jobs.models import Partition, Run
from customers.models import Account, AccountHolder, BalanceMonth, Customer, HoldingChange, Product, TransactionMonth
from segmentation.models import Published
from segmentation.night import facts, publish
from segmentation.night.context import Night
from segmentation.night.pinning import newest, pin, take_changes
from segmentation.segments.classification import classify
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    CustomerFactory,
    ExchangeRateFactory,
    ProductFactory,
)
from tests.segmentation.night.bank import customer_with, deposit, nights, policy

pytestmark = pytest.mark.django_db
MONTH = date(2026, 3, 1)
IDLE, PEOPLE = 30, 3
WRITTEN = "SELECT {} FROM segmentation_facts f JOIN segmentation_published p USING (slot) ORDER BY customer_id"
READ = "SELECT {} FROM night_figures ORDER BY customer_id"
FIGURES = """customer_id, currency, balance, aum_month_average, aum_weighted_average, loan_balance, mortgage_balance,
    credits_month, debits_month, payroll_month, transactions_month, accounts_held, products_held, first_opened_on, carry"""

DAYS = st.integers(0, 26).map(lambda n: MONTH + timedelta(days=n))
AMOUNTS = st.decimals("-500", "900000", places=2, allow_nan=False)
WHO = st.integers(0, PEOPLE - 1)
CHANGES = st.one_of(
    st.tuples(st.just("lies"), WHO, DAYS, AMOUNTS),
    st.tuples(st.just("moves"), WHO, DAYS, AMOUNTS),
    st.tuples(st.just("opens"), WHO, DAYS, AMOUNTS),
    st.tuples(st.just("closes"), WHO, DAYS),
    st.tuples(st.just("shares"), WHO, st.sampled_from(["0", "0.3333", "1"])),
    st.tuples(st.just("goes to"), WHO, WHO),
    st.tuples(st.just("joins in"), WHO, WHO),
    st.tuples(st.just("leaves"), WHO),
    st.tuples(st.just("joins")),
    st.tuples(st.just("weighs"), st.sampled_from(["0.5", "0.8", "1"])),
    st.tuples(st.just("becomes"), st.sampled_from(["fund", "loan", "mortgage"])),
    st.tuples(st.just("is planned in vain")),
)


def night_of(day: date, *, meanwhile: Callable[[], object] = lambda: None) -> Night:
    """One night without schemes, through the same verbs; `meanwhile` something happens before it is published."""
    run = Run.objects.create(kind=Run.Kind.NIGHT, business_date=day)
    run.parameters = {"pinned": pin(day, newest()) | take_changes(day, newest(), None)}
    run.save()
    night = Night.of(run)
    facts.make_room(day)
    facts.compute(night, everybody())
    facts.keep(night, everybody())
    classify(night, everybody())
    meanwhile()
    publish.publish(night)
    return night


def everybody() -> Partition:
    ids = Customer.objects.order_by("pk").values_list("pk", flat=True)
    return Partition(low=ids[0], high=ids.last() + 1)


def read_anew(night: Night) -> list[dict]:
    facts.compute(replace(night, base=None), everybody())
    return rows_of_text(READ.format(FIGURES))


def written() -> list[dict]:
    return rows_of_text(WRITTEN.format(FIGURES))


def fill() -> list[Customer]:
    """Three people with an account each, and many of whom nothing is heard; what lies on some changed in the month."""
    product = ProductFactory(code="main", family="deposit")
    people = [CustomerFactory() for _number in range(PEOPLE)]
    for place, someone in enumerate(people):
        account = AccountFactory(product=product, currency="CNY", opened_on=date(2026, 2, 1), number=f"A{place}")
        AccountHolderFactory(account=account, customer=someone)
        deposit(account, {date(2026, 2, 27): Decimal(100 + place), date(2026, 3, 2): Decimal("300.55")})
    Customer.objects.bulk_create([Customer(number=f"I{n}") for n in range(IDLE)])
    return people


def change(people: list[Customer], today: date, kind: str, *said) -> None:
    holders = AccountHolder.objects.order_by("pk")
    of = {"customer": people[said[0]]} if said and isinstance(said[0], int) else {}
    account = Account.objects.filter(holders__in=holders.filter(**of)).first() if of else None
    match kind:
        case "lies" if account:
            deposit(account, {said[1]: said[2]})
        case "moves" if account:
            sums = {
                "credits": max(said[2], 0),
                "debits": max(-said[2], 0),
                "payroll": 0,
                "count": 1,
                "last_on": said[1],
            }
            TransactionMonth.objects.update_or_create(account=account, month=MONTH, defaults=sums)
        case "opens":
            account = AccountFactory(product=Product.objects.get(code="main"), currency="CNY", opened_on=said[1])
            AccountHolderFactory(account=account, customer=people[said[0]])
            deposit(account, {said[1]: said[2]})
        case "closes" if account:
            Account.objects.filter(pk=account.pk, opened_on__lte=said[1]).update(closed_on=said[1])
        case "shares":
            holders.filter(**of).update(share=said[1])
        case "goes to" if account and said[0] != said[1]:
            account.holders.filter(customer=people[said[1]]).delete()
            account.holders.filter(**of).update(customer=people[said[1]])
        case "joins in" if account and said[0] != said[1]:
            AccountHolder.objects.get_or_create(account=account, customer=people[said[1]], defaults={"share": "0.5"})
        case "leaves" if account:
            account.holders.filter(**of).delete()
        case "joins":
            CustomerFactory()
        case "weighs":
            Product.objects.update(coefficient=said[0])
        case "becomes":
            Product.objects.update(family=said[0])
        case "is planned in vain":
            take_changes(today, newest(), None)


def silently(**changed: str) -> None:
    """What no statement of the product does: roll-ups that change and nobody is told."""
    BalanceMonth.objects.update(**changed)
    HoldingChange.objects.all().delete()


def balances() -> set[Decimal]:
    return {row["balance"] for row in written() if row["balance"]}


def test_a_night_in_the_month_does_not_read_who_changed_nothing():
    fill()
    night_of(date(2026, 3, 2))
    silently(closing="7")

    night_of(date(2026, 3, 3))
    assert balances() == {Decimal("300.55")}
    night_of(date(2026, 3, 31))
    assert balances() == {Decimal(7)}


def test_the_first_night_of_a_month_reads_everybody():
    fill()
    night_of(date(2026, 3, 30))
    silently(closing="7")

    night_of(date(2026, 4, 1))
    assert balances() == {Decimal(7)}


@pytest.mark.parametrize(("changed", "balance"), [(11, "300.55"), (12, "7")])
def test_where_more_than_a_third_changed_everything_is_read(changed, balance):
    fill()
    night_of(date(2026, 3, 2))
    silently(closing="7")
    account, idle = Account.objects.get(number="A0"), Customer.objects.filter(number__startswith="I")[:changed]
    AccountHolder.objects.bulk_create(AccountHolder(account=account, customer=each, share=0) for each in idle)

    night_of(date(2026, 3, 3))
    assert balances() == {Decimal(balance)}


@pytest.mark.parametrize("pinned", [{"figures": 0}, {"taking": 10**9}, {"taking": 0}])
def test_nothing_is_carried_from_another_way_to_reckon_or_where_numbers_went_back(pinned):
    fill()
    night = night_of(date(2026, 3, 2))
    night.run.parameters["pinned"] |= pinned
    night.run.save()
    silently(closing="7")

    night_of(date(2026, 3, 3))
    assert balances() == {Decimal(7)}


def test_whoever_closed_an_account_before_the_month_is_carried():
    fill()
    Account.objects.filter(number="A0").update(closed_on=MONTH)
    someone = Customer.objects.get(holdings__account__number="A0")
    night_of(date(2026, 3, 2))

    mine = next(row for row in written() if row["customer_id"] == someone.pk)
    assert (mine["balance"], mine["aum_month_average"], mine["accounts_held"]) == (0, 0, 0)
    assert mine["carry"] == [0, 0, 0, 0]


def test_changes_are_dropped_when_a_night_that_took_them_is_published():
    fill()
    assert HoldingChange.objects.exists()
    night = night_of(date(2026, 3, 2))
    assert not HoldingChange.objects.exists()

    Account.objects.filter(number="A0").update(branch=None)
    take_changes(date(2026, 3, 3), newest(), None)
    publish.publish(night)
    assert HoldingChange.objects.get().customers == [Account.objects.get(number="A0").holders.get().customer_id]


def test_what_comes_in_the_middle_of_a_night_is_read_by_the_next():
    fill()
    night_of(date(2026, 3, 2))
    night_of(date(2026, 3, 3), meanwhile=lambda: BalanceMonth.objects.update(closing="7"))
    assert balances() == {Decimal("300.55")}

    night_of(date(2026, 3, 4))
    assert balances() == {Decimal(7)}


def test_nothing_is_carried_from_a_night_that_is_no_longer_the_published_one():
    fill()
    first = night_of(date(2026, 3, 2))
    second = night_of(date(2026, 3, 3))
    silently(closing="7")

    facts.compute(replace(second, base=first.run.pk, slot=1 - second.slot), everybody())
    assert {row["balance"] for row in rows_of_text(READ.format(FIGURES)) if row["balance"]} == {Decimal(7)}


def test_whoever_is_counted_in_another_currency_is_read_again():
    policy(("mass", None, 0), currency="USD")
    someone = CustomerFactory()
    nights(date(2026, 3, 2), date(2026, 3, 2))
    assert Published.objects.get() and someone.facts.currency == "USD"

    Customer.objects.update(kind=Customer.Kind.COMPANY)
    nights(date(2026, 3, 3), date(2026, 3, 3))
    someone = Customer.objects.get()
    assert someone.facts.currency == "CNY"


def test_a_review_day_reads_everybody():
    policy(("mass", None, 0), review={"dates": ["03-10"]})
    someone = customer_with({MONTH: "100"})
    nights(date(2026, 3, 8), date(2026, 3, 9))
    silently(closing="7")

    nights(date(2026, 3, 10), date(2026, 3, 10))
    assert someone.facts.balance == 7


def test_money_in_another_currency_is_read_each_night_for_its_rate():
    policy(("mass", None, 0))
    someone = customer_with({date(2026, 3, 2): "100"}, currency="USD")
    for number, rate in ((2, "7.0"), (3, "7.0"), (4, "7.5")):
        ExchangeRateFactory(on=date(2026, 3, number), rate=rate)
    nights(date(2026, 3, 2), date(2026, 3, 4))

    assert (someone.facts.balance, someone.facts.aum_month_average) == (750, Decimal("537.50"))
