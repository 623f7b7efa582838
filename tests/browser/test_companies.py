"""A manager enters two years of figures and sees what fell, names a parent abroad, and what a group may owe and owes."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Customer, GroupMember
from tests.factories import (
    AccountFactory,
    BalanceFactory,
    CompanyNewsFactory,
    CompanyRelationFactory,
    ContactPersonFactory,
    CreditLimitFactory,
    CustomerFactory,
    GroupMemberFactory,
    GuaranteeFactory,
    ProductFactory,
    RenewalFactory,
    SiteVisitFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def figures(page: Page, period: str, **values: str) -> None:
    page.get_by_role("link", name="Figures of a period").click()
    page.get_by_label("Period").fill(period)
    page.get_by_role("button", name="Go on").click()
    for label, value in values.items():
        page.get_by_label(label.replace("_", " ")).first.fill(value)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Contact persons")).to_be_visible()


@pytest.fixture
def firm(manager: User) -> Customer:
    return CustomerFactory(company=True, name="上海云帆精密制造有限公司", manager=manager, branch=manager.branch)


@pytest.fixture
def owner(manager: User) -> Customer:
    return CustomerFactory(name="王芳", manager=manager, branch=manager.branch)


def test_two_years_of_figures_and_what_fell(
    page: Page, browse_as: Callable, good: Callable, manager: User, firm: Customer, owner: Customer, policy_kept: list
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{firm.pk}/?tab=company")
    good("nothing-yet")
    figures(page, "2024", Revenue="4000000", Staff="80")
    figures(page, "2025", Revenue="3000000", Staff="82")
    expect(page.get_by_text("−25.0 %")).to_be_visible()
    for make in (ContactPersonFactory, SiteVisitFactory, CompanyNewsFactory, CreditLimitFactory, RenewalFactory):
        make(customer=firm)
    GuaranteeFactory(customer=firm, party=owner)
    GuaranteeFactory(customer=firm)
    page.reload()
    good("company")
    page.get_by_role("button", name="Show Phone of 王会计").click()
    expect(page.get_by_text("+8613912345678")).to_be_visible()
    page.get_by_role("link", name="Limits and guarantees").click()
    good("limits")
    page.get_by_role("link", name="Correct: Business licence").click()
    good("correct")
    page.goto("/companies/")
    good("list")
    page.goto(f"/customers/{firm.pk}/")
    expect(page.get_by_text("1 figure moved more than it should")).to_be_visible()
    assert policy_kept == []


def test_a_parent_abroad_and_owners_in_and_out_of_reach(
    page: Page, browse_as: Callable, good: Callable, manager: User, firm: Customer, owner: Customer
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{firm.pk}/?tab=relations")
    page.get_by_role("link", name="Add a relation").click()
    good("relation-form")
    page.get_by_label("Kind").select_option("parent")
    page.get_by_label("Name of a party outside the bank").fill("Nordwind Maschinenbau AG")
    page.get_by_label("Country").fill("DE")
    page.get_by_label("LEI").fill("506700GE1G29325QX363")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("LEI 506700GE1G29325QX363").first).to_be_visible()
    CompanyRelationFactory(customer=firm, party=owner, owner=True)
    CompanyRelationFactory(customer=firm, kind="director")
    BalanceFactory(account=AccountFactory(holder=owner), on=date(2026, 1, 1), amount=Decimal(8888))
    page.reload()
    expect(page.get_by_text("8,888.00")).to_be_visible()
    expect(page.get_by_text("1 out of your reach and not counted")).to_be_visible()
    good("relations")
    page.goto(f"/customers/{owner.pk}/?tab=relations")
    expect(page.get_by_role("link", name="上海云帆精密制造有限公司").first).to_be_visible()
    good("person")


def test_a_group_with_a_limit_tells_of_no_single_member(
    page: Page, browse_as: Callable, good: Callable, manager: User, manager2: User, firm: Customer
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{firm.pk}/?tab=relations")
    page.get_by_role("link", name="New group").click()
    page.get_by_label("Name").fill("云帆集团")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("link", name="Set the limit").click()
    page.get_by_label("Amount").fill("10000")
    page.get_by_role("button", name="Save").click()
    loan = ProductFactory(loan=True)
    BalanceFactory(account=AccountFactory(holder=firm, product=loan), on=date(2026, 1, 1), amount=Decimal(1500))
    page.reload()
    expect(page.get_by_text("8,500.00")).to_be_visible()
    group = GroupMember.objects.get(customer=firm).group
    hidden = GroupMemberFactory(group=group, customer__manager=manager2).customer
    BalanceFactory(account=AccountFactory(holder=hidden, product=loan), on=date(2026, 1, 1), amount=Decimal(777))
    page.reload()
    expect(page.get_by_text("would tell what a single member")).to_be_visible()
    for secret in ("777.00", "2,277.00", "7,723.00"):
        expect(page.get_by_text(secret)).to_have_count(0)
    good("group")
