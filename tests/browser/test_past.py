"""A manager asks what a customer was on a past day, and what all of it came to in another currency."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Customer
from tests.factories import (
    AccountFactory,
    BalanceFactory,
    CompanyRelationFactory,
    CreditLimitFactory,
    CustomerFactory,
    ExchangeRateFactory,
    FlagFactory,
    GroupMemberFactory,
    GuaranteeFactory,
    InteractionFactory,
)
from tests.factories.documents import DocumentFactory
from tests.factories.kyc import KycReviewFactory, RiskRatingFactory
from tests.factories.living import PreferenceFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BANK = (("mass", None, 0), ("gold", "200000", 3))


def test_a_manager_asks_about_a_past_day(
    page: Page, browse_as: Callable, manager: User, good: Callable, policy_kept: list[str]
) -> None:
    policy(*BANK)
    customer = customer_with({date(2026, 1, 1): "250000"}, number="7", manager=manager, branch=manager.branch)
    dollars = AccountFactory(holder=customer, currency="USD", opened_on=date(2026, 1, 10))
    BalanceFactory(account=dollars, on=date(2026, 1, 31), amount=Decimal("1000"))
    ExchangeRateFactory(currency="USD", on=date(2026, 1, 31), rate=Decimal("7.1"))
    Customer.objects.filter(pk=customer.pk).update(created_at=timezone.now() - timedelta(days=400), region="East")
    InteractionFactory(customer=customer, at=timezone.now() - timedelta(days=320), note="Asked about gold")
    nights(date(2026, 1, 31), date(2026, 2, 2))
    browse_as(manager)

    page.goto(f"/customers/{customer.pk}/")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="As of a past day").click()
    page.get_by_label("As of").fill("2026-01-31")
    page.get_by_label("Total in").select_option("USD")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_text("1 CNY = 0.140845 USD")).to_be_visible()
    expect(page.get_by_text("36,211.27 USD")).to_be_visible()
    expect(page.get_by_text("Mass since 31 January 2026")).to_be_visible()
    expect(page.get_by_text("Asked about gold")).to_be_visible()
    good("past")
    page.get_by_label("As of").fill("2026-02-02")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Gold since 1 February 2026")).to_be_visible()
    page.goto(f"/customers/{customer.pk}/?tab=holdings")
    good("holdings-total")
    assert policy_kept == []


def test_a_head_sees_a_company_as_it_stood(
    page: Page, browse_as: Callable, head: User, manager: User, good: Callable, policy_kept: list[str]
) -> None:
    firm = CustomerFactory(name="莲花纺织", company=True, manager=manager, branch=manager.branch)
    Customer.objects.filter(pk=firm.pk).update(created_at=timezone.now() - timedelta(days=700))
    owner = CustomerFactory(name="王小明", manager=manager, branch=manager.branch)
    CompanyRelationFactory(customer=firm, party=owner, owner=True)
    CompanyRelationFactory(customer=firm, kind="director", noted_at=timezone.now())
    CompanyRelationFactory(customer=firm, abroad=True)
    GuaranteeFactory(customer=firm, party=owner)
    CreditLimitFactory(customer=firm, reference="HT-2026-0001")
    member = GroupMemberFactory(customer=firm)
    GroupMemberFactory(group=member.group)
    DocumentFactory(customer=firm, credit_code=True, issuer="福建省市场监督管理局")
    DocumentFactory(customer=firm, owner=True)
    RiskRatingFactory(customer=firm)
    RiskRatingFactory(customer=firm, case=True)
    KycReviewFactory(customer=firm, begun=True)
    PreferenceFactory(customer=firm)
    PreferenceFactory(customer=firm, kind="gift", value="Tea")
    FlagFactory(customer=firm, kind="court_freeze", since=date(2026, 3, 1))
    browse_as(head)

    page.goto(f"/customers/{firm.pk}/as-of/?on=2026-03-31")

    expect(page.get_by_text("noted only on")).to_be_visible()
    expect(page.get_by_text("5,000,000.00 CNY")).to_be_visible()
    good("company")
    assert policy_kept == []
