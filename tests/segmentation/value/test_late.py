"""What comes late into closed months reaches them with the next night, and only those whom it concerns."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.base.sql import run_text, text_of
from crm.jobs.models import Partition
from crm.nightly.night import run_night
from customers import changes
from customers.models import Account, Customer, ExchangeRate, FeeCharge, Interaction, PastChange, Product
from segmentation.models import ClosedMonth, StagedValue, ValueMonth, ValueYear
from segmentation.night.context import Night
from segmentation.night.months import known_month
from segmentation.value import late
from segmentation.value.late import WHOLE
from segmentation.value.reckoning import SQL, make_room, prepare, reckon, said_of, valued, write_year
from segmentation.value.versions import last_day
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    CustomerFactory,
    ExchangeRateFactory,
    FeeChargeFactory,
    InteractionFactory,
    RunFactory,
)
from tests.segmentation.night.bank import JANUARY, close_feeds, deposit
from tests.segmentation.value.bank import account, close, months, use

MONTHS = months(3)
DAYS = st.dates(JANUARY, date(2026, 3, 31))
AMOUNTS = st.decimals("-500", "5000", places=2, allow_nan=False).map(str)


def bank() -> None:
    use()
    for number in range(80):
        ExchangeRateFactory(currency="USD", on=JANUARY + timedelta(days=number), rate=Decimal(7))
    for place in range(3):
        someone = CustomerFactory(number=f"C{place}")
        saving = account(someone, "saving", {JANUARY: "1000", date(2026, 2, 5): "3000"})
        FeeChargeFactory(number=f"F{place}", account=saving, charged_on=date(2026, 2, 9), amount=Decimal(30))
    account(Customer.objects.get(number="C1"), "saving", {JANUARY: "200"}, number="USD", currency="USD")
    account(Customer.objects.get(number="C2"), "house", {date(2026, 1, 10): "-7000"}, number="HOUSE")


def stored() -> tuple[list, list]:
    return tuple(list(model.objects.order_by("month", "customer").values()) for model in (ValueMonth, ValueYear))


def from_scratch() -> tuple[list, list]:
    """All closed months reckoned anew over the whole book, in a transaction that is taken back."""
    with transaction.atomic():
        ValueMonth.objects.all().delete()
        for month in ClosedMonth.objects.order_by("month").values_list("month", flat=True):
            said = said_of(month) | WHOLE
            prepare(said)
            run_text(text_of(SQL / "month_written.sql").format(valued=valued()), **said)
            write_year(said)
        found = stored()
        transaction.set_rollback(True)
    return found


def balance(day: date, amount: str, place: int) -> None:
    """On any of the accounts; an account that opens later has no balance before it."""
    account = list(Account.objects.order_by("pk"))[place % Account.objects.count()]
    deposit(account, {max(day, account.opened_on): amount})


def fee(day: date, amount: str, place: int) -> None:
    charge = list(FeeCharge.objects.order_by("pk"))[place % FeeCharge.objects.count()]
    charge.amount, charge.charged_on = abs(Decimal(amount)) + charge.waived, day
    charge.save()


def new_fee(day: date, amount: str, place: int) -> None:
    account = list(Account.objects.order_by("pk"))[place % Account.objects.count()]
    FeeChargeFactory(account=account, charged_on=day, amount=abs(Decimal(amount)))


def waive(day: date, amount: str, place: int) -> None:
    """By hand, or taken back: the sum of the ledger stands on the charge."""
    charge = list(FeeCharge.objects.order_by("pk"))[place % FeeCharge.objects.count()]
    FeeCharge.objects.filter(pk=charge.pk).update(waived=min(abs(Decimal(amount)), charge.amount))


def contact(day: date, amount: str, place: int) -> None:
    someone = list(Customer.objects.order_by("pk"))[place % 3]
    InteractionFactory(customer=someone, at=f"{day}T02:00:00Z", channel=Interaction.Channel.BRANCH)


def no_contact(day: date, amount: str, place: int) -> None:
    Interaction.objects.filter(at__date=day).delete()


def rate(day: date, amount: str, place: int) -> None:
    ExchangeRate.objects.update_or_create(on=day, currency="USD", defaults={"rate": abs(Decimal(amount)) + 1})


def no_rates(day: date, amount: str, place: int) -> None:
    ExchangeRate.objects.filter(on__gte=day, on__lte=day + timedelta(days=9)).delete()


def closing(day: date, amount: str, place: int) -> None:
    account = list(Account.objects.order_by("pk"))[place % Account.objects.count()]
    account.closed_on = max(day, account.opened_on)
    account.save()


def joint(day: date, amount: str, place: int) -> None:
    """A holder more, with a part of the first one's share."""
    account = list(Account.objects.order_by("pk"))[place % Account.objects.count()]
    someone = list(Customer.objects.order_by("pk"))[(place + 1) % 3]
    if not account.holders.filter(customer=someone).exists():
        account.holders.update(share=Decimal("0.25"))
        AccountHolderFactory(account=account, customer=someone, role="joint", share=Decimal("0.5"))


def opened(day: date, amount: str, place: int) -> None:
    someone = list(Customer.objects.order_by("pk"))[place % 3]
    saving = Product.objects.get(code="saving")
    deposit(AccountFactory(holder=someone, product=saving, opened_on=day), {day: amount})


KINDS: tuple[Callable[[date, str, int], None], ...] = (
    balance, fee, new_fee, waive, contact, no_contact, rate, no_rates, closing, joint, opened,
)  # fmt: skip
CHANGES = st.tuples(st.sampled_from(KINDS), DAYS, AMOUNTS, st.integers(0, 9))


def night(number: int, day: date, closing: date | None = None) -> None:
    """What a night does for value, from its planning to its publishing."""
    known = known_month()
    changes.take_past(number=number, through=known)
    pinned = {"slot": 0, "closed": True, "versions": [], "newest_policy": 0, "taking": number}
    pinned |= {"closing": closing and str(closing), "known_month": known and str(known)}
    own = Night.of(RunFactory(business_date=day, parameters={"pinned": pinned}))
    whole = Partition(low=0, high=2**62)
    if closing:
        make_room(str(closing))
        reckon(own, whole)
    late.stage(own, whole)
    if closing:
        ClosedMonth.objects.create(month=closing, run=own.run)
    late.write(own)
    changes.forget(through=number)


@pytest.fixture
def _two_months(db):
    bank()
    for number, month in enumerate(MONTHS[:2], start=1):
        night(number, last_day(month) + timedelta(days=1), closing=month)


@pytest.mark.usefixtures("_two_months")
@given(nights=st.lists(st.lists(CHANGES, max_size=3), min_size=1, max_size=2))
def test_after_any_late_changes_the_months_are_as_reckoned_from_scratch(nights):
    with transaction.atomic():
        for number, changed_rows in enumerate(nights, start=3):
            for change, on, amount, place in changed_rows:
                change(on, amount, place)
            night(number, date(2026, 3, number))
        assert stored() == from_scratch()
        assert not StagedValue.objects.exists()
        transaction.set_rollback(True)


@pytest.fixture
def closed(db):
    bank()
    close(*MONTHS[:2])
    close_feeds(date(2026, 3, 2))
    run_night(day=date(2026, 3, 2))


def changed(before: list, after: list) -> set[tuple]:
    return {(row["customer_id"], row["month"]) for row in after if row not in before}


@pytest.mark.django_db(transaction=True)
def test_a_late_waiver_concerns_its_customer_and_month_alone(closed):
    before = stored()
    charge = FeeCharge.objects.get(number="F1")
    FeeCharge.objects.filter(pk=charge.pk).update(waived=Decimal(10))
    run = run_night(day=date(2026, 3, 3))
    after, payer = stored(), Customer.objects.get(number="C1").pk
    assert changed(before[0], after[0]) == {(payer, date(2026, 2, 1))}
    assert changed(before[1], after[1]) == {(payer, date(2026, 2, 1))}
    steps = [step for partition in run.partitions.all() for step in partition.steps]
    assert next(step for step in steps if step["step"] == "late_values")["rows"] == 1
    assert not PastChange.objects.exists(), "a night that is published has told it"


@pytest.mark.django_db(transaction=True)
def test_a_contact_that_is_logged_late_reaches_its_month(closed):
    contact(date(2026, 1, 20), "0", 2)
    run_night(day=date(2026, 3, 3))
    found = ValueMonth.objects.filter(customer__number="C2").order_by("month").values_list("activities", flat=True)
    assert list(found) == [Decimal(35), Decimal(0)]


@pytest.mark.django_db(transaction=True)
def test_what_comes_late_is_not_seen_before_its_night_is_published(closed):
    before = stored()
    FeeCharge.objects.update(waived=Decimal(10))
    assert stored() == before


@pytest.mark.django_db(transaction=True)
def test_the_feed_of_the_open_month_asks_for_nothing(closed):
    deposit(Account.objects.order_by("pk").first(), {date(2026, 3, 3): "77"})
    run = run_night(day=date(2026, 3, 3))
    steps = [step for partition in run.partitions.all() for step in partition.steps]
    assert next(step for step in steps if step["step"] == "late_values")["rows"] == 0
    assert not PastChange.objects.filter(taken__isnull=False).exists()
