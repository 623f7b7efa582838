"""What may stand in a cell, and what becomes of absent columns, empty cells, keys and repeated files."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from customers.models import Account, Balance, Customer, Interaction
from tests.customers.imports.conftest import codes
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["12", "12.5", "12.50", "-0.01", "0", "007.10", "9999999999999999.99"])
def test_an_amount_has_a_decimal_point(bring, accounts, text):
    bring("balances", "account,date,balance", f"A1,2024-03-01,{text}")
    assert Balance.objects.get().amount == Decimal(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"1,000.00"', "amount"), ("1 000", "amount"), ("1e3", "amount"), ("NaN", "amount"), ("1_000", "amount"),
        ("0x10", "amount"), ("１２", "amount"), ("--1", "amount"), (".", "amount"), ("12345678901234567", "amount"),
        ("1.234", "digits"), ("1.000", "digits"), ("", "required"),
    ],
)  # fmt: skip
def test_anything_else_is_no_amount(bring, accounts, text, code):
    result = bring("balances", "account,date,balance", f"A1,2024-03-01,{text}", encoding="utf-8")
    assert codes(result) == [(2, "balance", code)]


def test_digits_are_those_of_the_currency(bring, accounts):
    result = bring("balances", "account,date,balance", "J1,2024-03-01,100", "J1,2024-03-02,100.5")
    assert codes(result) == [(3, "balance", "digits")]


@pytest.mark.parametrize("text", ["2024-02-29", "20240229"])
def test_a_date_is_iso_or_eight_digits(bring, accounts, text):
    bring("balances", "account,date,balance", f"A1,{text},1")
    assert Balance.objects.get().on == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2023-02-29", "29.02.2024", "24-02-29", "now", "infinity", "2024-2-9", "0001-01-01"])
def test_anything_else_is_no_date(bring, accounts, text):
    result = bring("balances", "account,date,balance", f"A1,{text},1")
    assert codes(result) == [(2, "date", "date")]


@pytest.mark.parametrize(
    ("text", "hour"),
    [("2024-03-01T10:00", 2), ("2024-03-01 10:00:00", 2), ("2024-03-01T10:00+08:00", 2), ("2024-03-01T10:00Z", 10)],
)
def test_a_moment_without_an_offset_is_in_the_banks_own_time(bring, customers, text, hour):
    bring("interactions", "customer,at,channel", f"N1,{text},phone")
    assert Interaction.objects.get().at == datetime(2024, 3, 1, hour, tzinfo=UTC)


def test_an_absent_column_leaves_the_field_and_an_empty_cell_clears_it(bring):
    CustomerFactory(number="N1", name="Ada", region="East", status="frozen", birth_date=date(1990, 1, 1))
    bring("customers", "number,kind,region,birth_date", "N1,person,,")
    ada = Customer.objects.get(number="N1")
    assert (ada.name, ada.status, ada.region, ada.birth_date) == ("Ada", "frozen", "", None)


def test_preferences_come_in_as_words(bring):
    result = bring(
        "customers", "number,kind,preferred_channel,preferred_time", "N1,person,sms,morning", "N2,person,owl,"
    )
    assert [(error.row, error.code) for error in result.errors] == [(3, "choice")]
    one = Customer.objects.get()
    assert (one.preferred_channel, one.preferred_time) == ("sms", "morning")


def test_a_second_row_with_the_same_key_is_rejected_however_it_is_written(bring, accounts):
    result = bring("balances", "account,date,balance", "A1,2024-03-01,1", "A1,20240301,2", "A2,2024-03-01,3")
    assert codes(result) == [(3, "account", "duplicate")]
    assert Balance.objects.get(account__number="A1").amount == 1


def test_rows_that_name_what_is_unknown_are_rejected_with_that_word(bring, accounts, customers):
    result = bring("accounts", "number,product,currency,opened_on,branch", "B1,gold-dust,CNY,2024-01-01,NOWHERE")
    assert codes(result) == [(2, "branch", "unknown_branch"), (2, "product", "unknown_product")]
    result = bring("holders", "account,customer", "Z,Z")
    assert codes(result) == [(2, "account", "unknown_account"), (2, "customer", "unknown_customer")]


def test_rows_are_accepted_or_rejected_and_unchanged_ones_are_accepted(bring, accounts):
    lines = ["account,date,balance", "A1,2024-03-01,1", "A2,2024-03-01,x"]
    assert bring("balances", *lines).counts() == {"rows": 2, "accepted": 1, "rejected": 1, "unchanged": 0}
    again = bring("balances", *lines, "A2,2024-03-02,5")
    assert again.counts() == {"rows": 3, "accepted": 2, "rejected": 1, "unchanged": 1}


def test_nothing_unchanged_is_written(bring, accounts):
    lines = ["number,kind,name,phone", "N1,person,Ada,13812345678"]
    bring("customers", *lines)
    before = Customer.objects.values("version", "updated_at").get()
    assert bring("customers", *lines).unchanged == 1
    assert Customer.objects.values("version", "updated_at").get() == before


def test_an_account_never_closes_before_it_opens(bring, accounts):
    head = "number,product,currency,opened_on,closed_on"
    result = bring("accounts", head, "A1,current,CNY,2024-02-01,2024-01-01", "A2,current,CNY,2024-01-01,2024-01-01")
    assert codes(result) == [(2, "closed_on", "closed_before_opened")]
    result = bring("accounts", "number,product,currency,opened_on", "A2,current,CNY,2024-02-01")
    assert codes(result) == [(2, "closed_on", "closed_before_opened")]


def test_currency_stays_once_there_is_money(bring, accounts):
    bring("balances", "account,date,balance", "A1,2024-03-01,1")
    result = bring("accounts", "number,product,currency,opened_on", "A1,current,USD,2020-01-01")
    assert codes(result) == [(2, "currency", "currency_changed")]
    assert Account.objects.get(number="A1").currency == "CNY"
