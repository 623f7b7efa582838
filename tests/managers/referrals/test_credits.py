"""A sale is put down to one referral, and a referral to one sale."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from managers.models import Opportunity, Referral, ReferralCredit
from managers.sales.services import move_opportunity, reopen
from tests.at_once import at_once
from tests.factories import OpportunityFactory, ProductFactory, ReferralFactory, RiskAssessmentFactory, UserFactory

pytestmark = pytest.mark.django_db
ACCEPTED = {"state": "accepted", "answered_at": datetime(2026, 4, 2, 2, tzinfo=UTC)}
FIRST = datetime(2026, 4, 1, 1, tzinfo=UTC)


@pytest.fixture
def fund(db):
    return ProductFactory(code="safe_fund", family="fund", risk=1)


@pytest.fixture
def sell(own, manager, fund):
    RiskAssessmentFactory(customer=own.customer, assessed_on=timezone.localdate(), level=5)

    def win(product=fund, customer=None) -> Opportunity:
        made = OpportunityFactory(customer=customer or own.customer, product=product, owner=manager)
        return move_opportunity(opportunity=made, stage="won", by=manager, at=timezone.now())

    return win


def referred(customer, teller, at=FIRST, **said) -> Referral:
    return ReferralFactory(
        customer=customer, referred_by=teller, answered_by=customer.manager, referred_at=at, **ACCEPTED | said
    )


def credited() -> list[tuple[int, int]]:
    rows = ReferralCredit.objects.filter(taken_back_at=None).order_by("pk")
    return list(rows.values_list("referral", "opportunity"))


def test_of_two_referrals_the_first_has_the_credit_and_the_second_that_of_the_next_sale(own, teller, sell):
    second = referred(own.customer, UserFactory(teller=True), at=FIRST + timedelta(1))
    first = referred(own.customer, teller)
    sale = sell()
    assert credited() == [(first.pk, sale.pk)]
    assert teller.notifications.get().text == "Your referral for “Fund” led to a sale."
    next_sale = sell()
    sell()
    assert credited() == [(first.pk, sale.pk), (second.pk, next_sale.pk)]


def test_only_an_accepted_one_of_the_family_and_the_customer_counts(own, other, teller, sell, fund):
    ReferralFactory(customer=own.customer, referred_by=teller)
    referred(own.customer, teller, state="declined", reason="No")
    referred(own.customer, teller, family="card")
    referred(own.customer, teller, at=timezone.now() + timedelta(hours=1))
    referred(other.customer, teller)
    sell()
    assert credited() == []


def test_a_sale_that_is_open_again_gives_the_credit_back_to_be_earned_once_more(own, teller, manager, sell):
    first = referred(own.customer, teller)
    sale = sell()
    reopen(opportunity=sale, reason="The customer withdrew", by=manager, at=timezone.now())
    assert credited() == []
    again = sell()
    assert credited() == [(first.pk, again.pk)]


@pytest.mark.django_db(transaction=True)
def test_of_two_sales_at_once_one_has_the_credit(own, teller, manager, fund):
    RiskAssessmentFactory(customer=own.customer, assessed_on=timezone.localdate(), level=5)
    referred(own.customer, teller)
    sales = [OpportunityFactory(customer=own.customer, product=fund, owner=manager) for _ in range(3)]

    def win(sale):
        return lambda: move_opportunity(opportunity=sale, stage="won", by=manager, at=timezone.now())

    assert at_once([win(sale) for sale in sales]) == []
    assert len(credited()) == 1


def test_the_database_keeps_one_credit_each(own, teller, sell, fund):
    first = referred(own.customer, teller)
    sale = sell()
    other_sale, other_referral = OpportunityFactory(customer=own.customer, product=fund), referred(own.customer, teller)
    for pair in ((first, other_sale), (other_referral, sale)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReferralCredit.objects.create(referral=pair[0], opportunity=pair[1], credited_at=FIRST)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferralCredit.objects.update(opportunity=other_sale)


def test_the_list_and_rest_tell_what_led_to_a_sale(own, teller, sell, signed_in, api):
    referred(own.customer, teller)
    referred(own.customer, teller, family="card")
    sell()
    rows = api(teller).get("/api/v1/referrals/", {"is_credited": "true"}).json()["results"]
    assert [row["family"] for row in rows] == ["fund"] and rows[0]["credited_at"]
    page = signed_in(teller).get("/referrals/", {"is_credited": "false"}).text
    assert "Sold" in page and "Fund" not in page.split("<tbody")[1]
