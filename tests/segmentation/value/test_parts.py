"""A line is what its accounts, charges, movements and contacts are, to the cent: the year, and each month of it."""

from datetime import date
from decimal import Decimal

import pytest

from customers.models import Interaction, Product
from segmentation.models import ValueYear
from segmentation.value.parts import parts_of
from segmentation.value.worth import worth_of
from tests.factories import (
    AccountHolderFactory,
    CustomerFactory,
    ExchangeRateFactory,
    FeeChargeFactory,
    InteractionFactory,
    TransactionFactory,
)
from tests.segmentation.night.bank import JANUARY
from tests.segmentation.value.bank import VALUE, account, close, months, product, use

pytestmark = pytest.mark.django_db(transaction=True)
FEBRUARY = date(2026, 2, 1)


def mixed() -> dict:
    """Odd shares, a foreign account, one that opens and one that closes, a card, charges, contacts and commissions."""
    product("fund", Product.Family.FUND)
    use(VALUE | {"commissions": [{"kind": "fund_purchase", "percent": "0.015"}]})
    for number in range(70):
        ExchangeRateFactory(
            currency="USD", on=date.fromordinal(JANUARY.toordinal() + number - 3), rate=Decimal("7.1234") + number
        )
    one, two = CustomerFactory(number="C1"), CustomerFactory(number="C2")
    joint = account(one, "saving", {JANUARY: "1234.56", date(2026, 1, 20): "777.77", date(2026, 2, 3): "-12.34"})
    joint.holders.update(share=Decimal("0.33333333"))
    AccountHolderFactory(account=joint, customer=two, role="joint", share=Decimal("0.66666667"))
    account(one, "saving", {date(2026, 1, 7): "555.55"}, currency="USD")
    account(two, "house", {JANUARY: "-98765.43", date(2026, 2, 10): "-90000"}, closed_on=date(2026, 2, 20))
    fund = account(two, "fund", {JANUARY: "1000"})
    TransactionFactory(account=fund, booked_on=date(2026, 2, 5), amount=Decimal("-333.33"), kind="fund_purchase")
    FeeChargeFactory(account=joint, charged_on=date(2026, 1, 9), amount=Decimal("12.35"), waived=Decimal("1.11"))
    for at in ("2026-01-31T16:30:00Z", "2026-01-05T02:00:00Z"):
        InteractionFactory(customer=two, at=at, channel=Interaction.Channel.BRANCH)
    close(*months(2))
    return {"one": one, "two": two}


def test_every_line_is_the_sum_of_its_parts():
    for someone in mixed().values():
        worth = worth_of(someone)
        assert worth is not None and worth.months == [JANUARY, FEBRUARY]
        told = [(worth.year, worth.months), *((each, [each.month]) for each in worth.by_month)]
        for each, asked in told:
            for line in each.lines:
                parts = parts_of(someone, line.name, asked)
                assert sum(part.amount for part in parts) == line.amount, (someone.number, line.name, asked)


def test_whose_a_line_is_follows_shares_payers_and_local_days():
    people = mixed()
    one, two = (worth_of(someone) for someone in people.values())
    lines = {line.name: line.amount for line in one.year.lines}
    assert (lines["fees"], lines["waivers"]) == (Decimal("12.35"), Decimal("-1.11")), "the owner pays"
    theirs = {line.name: line.amount for line in two.year.lines}
    assert (theirs["fees"], theirs["commissions"]) == (Decimal("0.00"), Decimal("5.00")), "333.33 x 1.5 %"
    by_month = [{line.name: line.amount for line in each.lines}["activities"] for each in two.by_month]
    assert by_month == [Decimal("-35.00"), Decimal("-35.00")], "the last evening in London is the first morning here"


def test_a_missing_exchange_rate_is_unknown_and_said_never_one():
    use()
    someone = CustomerFactory()
    account(someone, "saving", {JANUARY: "100"}, currency="USD")
    close(JANUARY)
    year = ValueYear.objects.get(customer=someone)
    assert (year.deposits, year.value, year.lifetime, year.fees) == (None, None, None, Decimal(0))
    part = parts_of(someone, "deposits", [JANUARY])[0]
    assert (part.amount, part.note) == (None, "an exchange rate is missing")


def test_a_product_without_a_rate_is_unknown_where_something_lay_on_it():
    product("bond", Product.Family.DEPOSIT)
    use()
    rich, empty = CustomerFactory(), CustomerFactory()
    account(rich, "bond", {JANUARY: "100"})
    account(empty, "bond", {JANUARY: "0"})
    close(JANUARY)
    values = dict(ValueYear.objects.values_list("customer", "value"))
    assert values == {rich.pk: None, empty.pk: Decimal(0)}


def test_who_has_nothing_with_the_bank_has_no_value():
    use()
    someone = CustomerFactory()
    close(JANUARY)
    worth = worth_of(someone)
    assert worth is not None and worth.year is None
