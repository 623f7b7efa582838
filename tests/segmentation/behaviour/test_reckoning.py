"""What a closed month tells of a customer."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from customers.models import Loan, StandingOrder
from segmentation.models import Behaviour, FactsMonth
from segmentation.segments.versions import versions_on
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    CustomerFactory,
    ExchangeRateFactory,
    HouseholdMemberFactory,
    InteractionFactory,
    ProductFactory,
    TransactionFactory,
)
from tests.segmentation.behaviour.bank import (
    FEBRUARY,
    JANUARY,
    LAST,
    account_of,
    begin,
    close_january,
    move,
    somebody,
    told,
)
from tests.segmentation.night.bank import deposit, nights
from tests.segmentation.segments.bank import periods, segment, use

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bank(db: None) -> None:
    begin()


def test_recency_frequency_and_turnover_are_of_the_twelve_months_through_the_closed_one() -> None:
    someone = somebody()
    move(someone, date(2025, 1, 31), "-500")  # a month too old
    move(someone, date(2025, 2, 1), "-10")
    move(someone, date(2026, 1, 20), "300")
    move(someone, date(2026, 2, 1), "-7")  # of the open month

    close_january()

    found = told(someone)
    assert (found.recency_days, found.transactions_year, found.turnover_year) == (11, 2, Decimal(310))


def test_what_the_bank_books_by_itself_tells_nothing_of_the_customer() -> None:
    someone = somebody()
    move(someone, date(2026, 1, 5), "-10", kind="card")
    move(someone, date(2026, 1, 21), "3", kind="interest")

    close_january()

    found = told(someone)
    assert (found.recency_days, found.transactions_year, found.turnover_year) == (26, 1, Decimal(10))


def test_who_never_moved_is_unknown_in_recency_and_none_in_frequency() -> None:
    still, without = somebody(), CustomerFactory()

    close_january()

    assert (told(still).recency_days, told(still).transactions_year) == (None, 0)
    assert (told(without).recency_days, told(without).transactions_year) == (None, None)


def test_a_year_goes_on_from_what_was_kept() -> None:
    someone = somebody()
    move(someone, date(2025, 3, 3), "-100")
    move(someone, date(2026, 1, 20), "-40")
    nights(LAST, FEBRUARY)
    move(someone, date(2026, 2, 11), "-2")

    nights(date(2026, 2, 2), date(2026, 3, 1))

    found = told(someone, FEBRUARY)
    assert (found.recency_days, found.transactions_year, found.turnover_year) == (17, 3, Decimal(142))
    nights(date(2026, 3, 2), date(2026, 4, 1))
    assert told(someone, date(2026, 3, 1)).transactions_year == 2


def test_a_joint_account_counts_each_share_and_another_currency_at_each_days_rate() -> None:
    ExchangeRateFactory(on=date(2026, 1, 9), rate=Decimal(7))
    ExchangeRateFactory(on=date(2026, 1, 12), rate=Decimal(8))
    someone = somebody()
    abroad = AccountFactory(currency="USD", opened_on=JANUARY)
    AccountHolderFactory(account=abroad, customer=someone, joint=True)
    TransactionFactory(account=abroad, booked_on=date(2026, 1, 10), amount=Decimal(-100))
    TransactionFactory(account=abroad, booked_on=date(2026, 1, 12), amount=Decimal(100))

    close_january()

    assert told(someone).turnover_year == Decimal(750)


def test_turnover_without_a_rate_is_unknown_and_never_one_to_one() -> None:
    someone = somebody()
    abroad = AccountFactory(currency="USD", opened_on=JANUARY, holder=someone)
    TransactionFactory(account=abroad, booked_on=date(2026, 1, 10), amount=Decimal(-100), channel="online")

    close_january()

    found = told(someone)
    assert (found.turnover_year, found.online_share, found.transactions_year) == (None, None, 1)


def test_slopes_are_least_squares_of_the_month_averages_and_unknown_with_fewer_months() -> None:
    someone = somebody()
    nights(LAST, LAST)
    row = FactsMonth.objects.filter(customer=someone).values().get()
    for back, average in enumerate((130, 150, 90, 100, 80, 60)):
        year, month = divmod(2026 * 12 - back, 12)
        on = LAST if not back else date(year, month + 1, [31, 31, 30, 31, 30, 31][back])
        _month_end(row, on, average)

    nights(FEBRUARY, FEBRUARY)

    found = told(someone)
    # 90, 150, 130; and 60, 80, 100, 90, 150, 130
    assert (found.slope_3_months, found.trend_3_months) == (Decimal(20), Decimal("16.22"))
    assert (found.slope_6_months, found.trend_6_months) == (Decimal("15.71"), Decimal("15.46"))


def _month_end(row: dict, on: date, average: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT segmentation_ensure_month(%s)", [on])
    FactsMonth.objects.filter(customer_id=row["customer_id"], business_date=on).delete()
    FactsMonth.objects.create(**row | {"business_date": on, "aum_month_average": Decimal(average)})


def test_a_slope_needs_each_of_its_months() -> None:
    someone = somebody()

    close_january()

    found = told(someone)
    assert found.slope_3_months is found.trend_3_months is found.slope_6_months is None


def test_habits_tell_how_and_where_a_customer_pays() -> None:
    someone = somebody()
    for day, amount, kind, channel, country in (
        (3, "-100", "card", "online", "CN"),
        (4, "-50", "card", "terminal", "US"),
        (5, "-50", "cash", "machine", ""),
        (6, "-900", "transfer", "", ""),
        (7, "8000", "payroll", "online", "US"),
    ):
        move(someone, date(2026, 1, day), amount, kind=kind, channel=channel, country=country)

    close_january()

    found = told(someone)
    assert (found.spending_kind, found.payments_monthly) == ("card", Decimal("0.33"))
    assert (found.online_share, found.abroad_share) == (Decimal(50), Decimal("33.33"))
    assert (found.salary, found.salary_months) == (Decimal(8000), 1)


def test_where_the_core_does_not_tell_it_the_shares_are_unknown() -> None:
    someone = somebody()
    move(someone, date(2026, 1, 3), "-100")

    close_january()

    assert told(someone).online_share is told(someone).abroad_share is None


def test_the_channel_used_most_and_the_newest_between_equals() -> None:
    someone, nobody = somebody(), somebody()
    for day, channel, outcome in ((3, "phone", "reached"), (9, "app", "agreed"), (12, "visit", "not_reached")):
        InteractionFactory(customer=someone, channel=channel, outcome=outcome, at=datetime(2026, 1, day, 3, tzinfo=UTC))
    InteractionFactory(customer=someone, channel="phone", at=datetime(2024, 1, 1, 3, tzinfo=UTC))

    close_january()

    assert (told(someone).main_channel, told(someone).digital_share) == ("app", Decimal(50))
    assert told(nobody).main_channel is told(nobody).digital_share is None


def test_use_of_credit_lines_is_of_the_limit_else_of_what_was_granted() -> None:
    someone = somebody()
    card = ProductFactory(code="card", family="card")
    deposit(AccountFactory(holder=someone, product=card, opened_on=JANUARY, credit_limit=1000), {LAST: "-250"})
    loan = AccountFactory(holder=someone, product__loan=True, opened_on=JANUARY)
    deposit(loan, {LAST: "-750"})
    Loan.objects.create(
        number="1", account=loan, granted_on=JANUARY, amount=3000, payment=1, months=1, status="running"
    )
    StandingOrder.objects.create(number="1", account=account_of(someone), amount=Decimal(120))

    close_january()

    found = told(someone)
    assert found.credit_use == Decimal(25)
    assert (found.standing_orders, found.standing_amount) == (1, Decimal(120))


@pytest.mark.parametrize(
    ("born", "earns", "has_family", "stage"),
    [
        (date(2001, 2, 1), False, False, "student"),
        (date(2001, 2, 1), True, False, "starting"),
        (date(1991, 1, 31), True, False, "peak"),
        (date(1991, 2, 1), True, False, "starting"),
        (date(1980, 1, 1), True, True, "family"),
        (date(1970, 1, 1), True, True, "peak"),
        (date(1966, 1, 31), False, False, "retired"),
        (date(1966, 1, 31), True, False, "peak"),
        (date(1956, 1, 31), True, False, "retired"),
        (None, True, True, None),
    ],
)
def test_the_stage_of_life_follows_from_age_salary_household_and_mortgage(born, earns, has_family, stage) -> None:
    someone = somebody(birth_date=born)
    if earns:
        move(someone, date(2026, 1, 8), "5000", kind="payroll")
    if has_family:
        home = HouseholdMemberFactory(customer=someone, since=JANUARY).household
        HouseholdMemberFactory(household=home, since=JANUARY)

    close_january()

    assert told(someone).life_stage == stage


def test_a_segment_reads_a_month_from_the_night_after_it_is_closed() -> None:
    someone = somebody(number="A")
    move(someone, date(2026, 1, 8), "5000", kind="payroll")
    somebody(number="B")
    use(segment("earners", {"field": "salary", "op": ">", "value": "0"}))
    assert versions_on(LAST)

    nights(LAST, date(2026, 2, 2))

    assert periods("earners") == [("A", date(2026, 2, 2), None)]


def test_a_month_that_is_reckoned_again_stands_once() -> None:
    somebody()
    close_january()

    assert Behaviour.objects.filter(month=JANUARY).count() == 1
