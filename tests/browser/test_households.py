"""A household's total appears to a manager who may not see the members' accounts."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from tests.factories import AccountFactory, CustomerFactory, HouseholdMemberFactory
from tests.segmentation.night.bank import deposit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JANUARY = date(2026, 1, 1)


def test_the_total_appears_to_a_manager_who_may_not_see_the_members_accounts(
    page: Page, browse_as: Callable, good: Callable, manager: User, manager2: User
) -> None:
    own = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    relatives = [CustomerFactory(name=name, manager=manager2, branch=manager2.branch) for name in ("李娜", "张小宝")]
    for customer, amount in ((own, "1000"), (relatives[0], "2000"), (relatives[1], "500")):
        deposit(AccountFactory(holder=customer, opened_on=JANUARY), {JANUARY: amount})
    browse_as(manager)
    page.goto(f"/customers/{own.pk}/?tab=relations")
    good("none")
    page.get_by_role("link", name="New household").click()
    page.get_by_label("Name").fill("张家")
    page.get_by_label("The customer agreed").check()
    good("new")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="张家")).to_be_visible()
    for relative in relatives:
        HouseholdMemberFactory(household=own.households.get().household, customer=relative)

    page.goto(f"/customers/{own.pk}/?tab=relations")
    expect(page.get_by_text("3,500.00")).to_be_visible()
    expect(page.get_by_text("2 more members are out of your reach.")).to_be_visible()
    for hidden in ("李娜", "张小宝", "2,000.00", "500.00 "):
        expect(page.get_by_text(hidden, exact=True)).to_have_count(0)
    good("relations")
    page.get_by_role("link", name="张家").click()
    good("household")
    page.goto(f"/customers/{relatives[0].pk}/")
    expect(page.get_by_text("3,500.00")).to_have_count(0)
    page.goto("/households/")
    expect(page.get_by_role("link", name="张家")).to_be_visible()
    good("list")
