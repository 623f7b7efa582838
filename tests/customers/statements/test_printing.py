"""Each print is numbered and logged; from the second on, at any branch and in any language, it is a copy and says so."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Account, AccountHolder, Customer, Feed, StatementPrint
from customers.statements import services
from customers.statements.pdf import FONT, SIZE, WHAT_WIDTH, wrapped
from customers.statements.services import print_statement
from tests.at_once import at_once
from tests.factories import AccountFactory, BalanceFactory, CustomerFactory, TransactionFactory, UserFactory
from tests.people import Story

NOW = datetime(2026, 4, 1, 10, tzinfo=timezone.get_default_timezone())
MARCH = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}


def printed(customer: Customer, account: Account, by: User, **asked) -> StatementPrint:
    given = MARCH | {"language": "en", "at": NOW} | asked
    return print_statement(customer=customer, account=account, by=by, **given)[0]


def said(customer: Customer, account: Account, by: User, **asked) -> str:
    given = MARCH | {"language": "en", "at": NOW} | asked
    pages = PdfReader(BytesIO(print_statement(customer=customer, account=account, by=by, **given)[1])).pages
    return "\n".join(page.extract_text() for page in pages)


@pytest.mark.django_db
def test_the_first_print_is_the_original_and_the_second_a_copy_of_it(
    own: Story, account: Account, teller: User
) -> None:
    first = said(own.customer, account, teller)
    assert "Original" in first and "Copy" not in first
    again = said(own.customer, account, teller)
    assert "Copy 1" in again and "Original" not in again
    original, copy = StatementPrint.objects.order_by("pk")
    assert (original.copy, copy.copy) == (0, 1)
    assert f"A copy of {original.number} of 2026-04-01." in again
    assert copy.number in again and original.digest == copy.digest


@pytest.mark.django_db
def test_a_copy_in_another_language_at_another_branch_is_a_copy(
    own: Story, account: Account, teller: User, manager2: User
) -> None:
    printed(own.customer, account, teller)
    assert "副本 1" in said(own.customer, account, manager2, language="zh-hans")


@pytest.mark.django_db
def test_another_period_is_an_original_of_its_own(own: Story, account: Account, teller: User) -> None:
    printed(own.customer, account, teller)
    assert printed(own.customer, account, teller, until=date(2026, 3, 30)).copy == 0


@pytest.mark.django_db
def test_a_copy_says_that_the_books_have_changed_since(own: Story, account: Account, teller: User) -> None:
    printed(own.customer, account, teller)
    TransactionFactory(account=account, number="late", booked_on=date(2026, 3, 5), amount=1)
    assert "have changed since" in said(own.customer, account, teller)


@pytest.mark.django_db
def test_it_says_every_movement_and_what_lay_there_after_it(own: Story, account: Account, teller: User) -> None:
    text = said(own.customer, account, teller)
    for words in ("张伟", "6200-01 (CNY)", "王芳", "50.00", "150.00", "Rent", "20.00", "130.00", "Page 1 of 1"):
        assert words in text, words
    assert "unexplained" not in text


@pytest.mark.django_db
def test_a_print_is_logged_and_its_row_never_changes(own: Story, account: Account, teller: User) -> None:
    one = printed(own.customer, account, teller)
    assert (one.lines, one.opening, one.closing, one.by, one.branch) == (2, 100, 130, teller, teller.branch)
    event = Event.objects.get(action="statement.printed")
    assert (event.customer_id, event.data) == (own.customer.pk, {"account": "6200-01", "copy": 0})
    with pytest.raises(DatabaseError), transaction.atomic():
        StatementPrint.objects.filter(pk=one.pk).update(copy=5)


@pytest.mark.django_db
def test_a_period_begins_with_the_account_at_the_earliest(own: Story, account: Account, teller: User) -> None:
    assert printed(own.customer, account, teller, since=date(2025, 1, 1)).since == date(2026, 1, 10)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 3, 2), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 4, 2)),
        (date(2025, 1, 1), date(2026, 1, 9)),
    ],
)
def test_a_period_that_can_not_be_told_is_refused(own: Story, account: Account, teller: User, since, until) -> None:
    with pytest.raises(RuleBroken) as refusal:
        printed(own.customer, account, teller, since=since, until=until)
    assert refusal.value.field == "until"
    assert not StatementPrint.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, AccountHolder.Role.AUTHORISED])
def test_who_does_not_own_the_account_gets_no_statement(account: Account, teller: User, role) -> None:
    other = CustomerFactory(branch=teller.branch)
    if role:
        AccountHolder.objects.create(account=account, customer=other, role=role, share=0)
    with pytest.raises(RuleBroken) as refusal:
        printed(other, account, teller)
    assert refusal.value.field == "account"


@pytest.mark.django_db(transaction=True)
def test_of_prints_at_once_one_is_the_original() -> None:
    teller, customer = UserFactory(teller=True), CustomerFactory()
    account = AccountFactory(holder=customer, opened_on=date(2026, 1, 1))
    assert at_once([lambda: printed(customer, account, teller)] * 4) == []
    assert sorted(StatementPrint.objects.values_list("copy", flat=True)) == [0, 1, 2, 3]


@pytest.mark.django_db
def test_many_movements_fill_pages_and_none_is_lost(own: Story, account: Account, teller: User) -> None:
    for number in range(120):
        on = date(2026, 3, 2) + timedelta(days=number // 20)
        TransactionFactory(account=account, number=f"N{number:03}", booked_on=on, amount=1, description=f"N{number:03}")
    text = said(own.customer, account, teller)
    assert [number for number in range(120) if f"N{number:03}" not in text] == []
    assert "Page 1 of 3" in text and "Page 3 of 3" in text


@pytest.mark.django_db
def test_what_the_movements_leave_unexplained_is_printed(own: Story, account: Account, teller: User) -> None:
    BalanceFactory(account=account, on=date(2026, 3, 31), amount=131)
    text = said(own.customer, account, teller).replace("\n", " ")
    assert "The bank's books say 131.00: the movements above leave 1.00 unexplained." in text


@pytest.mark.django_db
def test_a_day_whose_books_are_not_complete_is_not_told(own: Story, account: Account, teller: User) -> None:
    for kind, through in (("balances", "2026-03-31"), ("transactions", "2026-03-30"), ("fees", "2026-01-01")):
        Feed.objects.create(kind=kind, closed_through=through)
    with pytest.raises(RuleBroken, match="2026-03-30") as refusal:
        printed(own.customer, account, teller)
    assert refusal.value.field == "until"
    assert printed(own.customer, account, teller, until=date(2026, 3, 30)).lines == 2


@pytest.mark.django_db
def test_too_many_movements_are_refused_whole(own: Story, account: Account, teller: User, monkeypatch) -> None:
    monkeypatch.setattr(services, "MOST_LINES", 1)
    with pytest.raises(RuleBroken) as refusal:
        printed(own.customer, account, teller)
    assert refusal.value.field == "until"


@pytest.mark.parametrize("text", ["工商银行" * 40, "rent for the month of March " * 20, "a" * 300, "short"])
def testwrapped_lines_fit_and_lose_no_letter(text: str) -> None:
    lines = list(wrapped(text))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(pdfmetrics.stringWidth(line, FONT, SIZE) <= WHAT_WIDTH for line in lines)


@pytest.mark.django_db
def test_a_long_name_takes_several_lines_of_the_head(own: Story, account: Account, teller: User) -> None:
    Customer.objects.filter(pk=own.customer.pk).update(name="国际贸易发展有限公司" * 15)
    own.customer.refresh_from_db()
    text = said(own.customer, account, teller).replace("\n", "")
    assert "国际贸易发展有限公司" * 15 in text and "6200-01 (CNY)" in text
