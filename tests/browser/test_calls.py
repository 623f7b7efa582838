"""An agent takes a call, verifies the caller, sees the data, ends it, logs it in two keys, and sees masked again; a manager
calls and logs."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.calls.questions import known_of
from customers.models import Call, Customer, Interaction
from tests.factories import AccountFactory, BalanceFactory, ContactFactory, CustomerFactory, TransactionFactory
from tests.factories.calls import CallFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def customer(manager: User) -> Customer:
    found = CustomerFactory(name="张伟", manager=manager, branch=manager.branch, birth_date=date(1990, 3, 7))
    ContactFactory(customer=found)
    account = AccountFactory(holder=found, number="6222021001000014821", branch=manager.branch)
    BalanceFactory(account=account)
    TransactionFactory(account=account)
    return found


def answer(page: Page, call: Call, customer: Customer) -> None:
    right = {str(question): min(answers) for question, answers in known_of(customer).items()}
    for question in call.asked:
        text = customer.branch.code if question == "branch" and customer.branch else right[question]
        page.get_by_label(str(question.label), exact=True).fill(text)


def test_an_agent_verifies_sees_ends_logs_and_sees_masked_again(
    page: Page, browse_as: Callable, customer: Customer, agent: User, good: Callable, policy_kept: list[str]
) -> None:
    browse_as(agent)
    page.goto("/")
    good("desk")
    page.get_by_role("textbox", name="A call comes in").fill("13812345678")
    page.keyboard.press("Enter")
    expect(page.get_by_text("张*")).to_be_visible()
    expect(page.get_by_text("张伟")).to_have_count(0)
    good("who")
    page.get_by_role("button", name="Verify 张*").click()
    expect(page.get_by_role("heading", name="Verify 张*")).to_be_visible()
    good("questions")
    answer(page, Call.objects.get(), customer)
    page.get_by_role("button", name="Check the answers").click()
    expect(page.get_by_role("heading", name="张伟 is verified")).to_be_visible()
    good("verified")

    page.get_by_role("link", name="Open the customer's page").click()
    expect(page.get_by_text("+8613812345678")).to_be_visible()
    page.get_by_role("link", name="Holdings").click()
    expect(page.get_by_text("6222021001000014821")).to_be_visible()

    page.goto("/")
    page.get_by_role("link", name="Back to the call").click()
    page.get_by_role("button", name="End the call").click()
    expect(page.get_by_role("heading", name="Wrap up the call")).to_be_visible()
    good("after")
    page.keyboard.press("3")
    page.keyboard.press("w")
    expect(page.get_by_text("The call is wrapped up.")).to_be_visible()
    logged = Interaction.objects.get()
    assert (logged.customer, logged.channel, logged.direction, logged.outcome) == (customer, "phone", "in", "agreed")
    assert logged.next_on is not None

    is_outline(page, customer)
    good("outline")
    assert policy_kept == []


def is_outline(page: Page, customer: Customer) -> None:
    page.goto(f"/customers/{customer.pk}/")
    expect(page.get_by_text("138****5678")).to_be_visible()
    expect(page.get_by_text("+8613812345678")).to_have_count(0)
    expect(page.get_by_role("link", name="Holdings")).to_have_count(0)


def test_who_can_not_answer_is_told_nothing(
    page: Page, browse_as: Callable, customer: Customer, agent: User, good: Callable
) -> None:
    browse_as(agent)
    page.goto("/calls/begin/?number=13812345678")
    good("begin")
    page.get_by_role("button", name="Take the call").click()
    page.get_by_role("button", name="Verify 张*").click()
    page.get_by_role("button", name="Check the answers").click()
    expect(page.get_by_text("could not prove who they are")).to_be_visible()
    expect(page.get_by_text("张伟")).to_have_count(0)
    good("refused")


def test_a_manager_calls_and_logs_it_in_two_keys(
    page: Page, browse_as: Callable, customer: Customer, manager: User, good: Callable, policy_kept: list[str]
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{customer.pk}/")
    page.get_by_role("button", name="Call", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("+8613812345678")).to_be_visible()
    good("manager-called")
    page.keyboard.press("1")
    expect(dialog.get_by_label("Reached", exact=False).first).to_be_checked()
    page.keyboard.press("n")
    expect(page.get_by_text("Contact logged.")).to_be_visible()
    logged = Interaction.objects.get()
    assert (logged.direction, logged.outcome, logged.next_on) == ("out", "reached", None)
    assert policy_kept == []


def test_an_auditor_reads_the_calls_by_agent(
    page: Page, browse_as: Callable, customer: Customer, agent: User, auditor: User, good: Callable
) -> None:
    CallFactory(agent=agent, ended=True, verified=True, customer=customer)
    browse_as(auditor)
    page.goto("/calls/")
    expect(page.get_by_role("region", name="Calls by agent").get_by_text("100 %")).to_be_visible()
    good("list")
