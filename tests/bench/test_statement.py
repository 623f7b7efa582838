"""A statement of 5,000 movements, from the request of the service to the finished PDF: at most three seconds."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from time import perf_counter

import pytest
from django.utils import timezone

from customers.models import Transaction
from customers.statements.services import print_statement
from tests.factories import AccountFactory, CustomerFactory, UserFactory

LINES, SECONDS = 5_000, 3
NOW = datetime(2026, 7, 1, 10, tzinfo=timezone.get_default_timezone())


@pytest.mark.bench
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_statement_of_five_thousand_lines(language: str) -> None:
    customer, teller, start = CustomerFactory(name="张伟"), UserFactory(teller=True), date(2026, 1, 1)
    account = AccountFactory(holder=customer, opened_on=start)
    moved = ("transfer", "张伟有限公司", "rent for the month")
    Transaction.objects.bulk_create(
        Transaction(
            number=f"S{number}",
            account=account,
            booked_on=start + timedelta(days=number * 180 // LINES),
            amount=Decimal(number % 700 - 300),
            **dict(zip(("kind", "counterparty", "description"), moved, strict=True)),
        )
        for number in range(LINES)
    )
    period = {"since": start, "until": date(2026, 6, 30)}
    began = perf_counter()
    printed, pdf = print_statement(customer=customer, account=account, language=language, by=teller, at=NOW, **period)
    seconds = perf_counter() - began
    print(f"\nstatement of {printed.lines} lines, {language}: {seconds:.2f} s, {len(pdf) // 1024} KiB")
    assert printed.lines == LINES
    assert seconds <= SECONDS
