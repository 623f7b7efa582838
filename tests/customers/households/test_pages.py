"""What a reader of a household's page sees, and what they never see."""

from datetime import date

import pytest
from django.test import Client

from customers.models import Balance, BalanceMonth, Household
from tests.customers.views.conftest import desk
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    CustomerFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
)
from tests.people import Story
from tests.segmentation.night.bank import deposit

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
JANUARY = date(2026, 1, 1)


@pytest.fixture
def home(own: Story, other: Story) -> Household:
    """The own customer has 5,000 of the balance factory; two relatives at another branch have 1,000 and, with the first, 600."""
    household = HouseholdFactory(number="H1", name="张家")
    HouseholdMemberFactory(household=household, customer=own.customer, is_head=True)
    for amount, customer in (
        ("1000", other.customer),
        ("600", CustomerFactory(name="钱多多", branch=other.customer.branch)),
    ):
        HouseholdMemberFactory(household=household, customer=customer)
        deposit(AccountFactory(holder=customer, opened_on=JANUARY), {JANUARY: amount})
    return household


def test_members_in_reach_are_named_the_others_counted_and_all_who_agreed_summed(
    home: Household, desk: Client, queries
) -> None:
    with queries("household"):
        answer = desk.get(f"/households/{home.pk}/")
    page, found = answer.content.decode(), answer.context["roll_up"]
    assert [member.customer.name for member in found.members] == ["张伟"]
    assert "2 more members are out of your reach" in page
    assert "李娜" not in page and "钱多多" not in page
    assert found.totals["CNY"] >= 1600 and found.pooled == 3


def test_a_joint_account_counts_once_by_share(home: Household, own: Story, other: Story, auditor, signed_in) -> None:
    joint = AccountFactory(opened_on=JANUARY)
    for customer in (own.customer, other.customer):
        AccountHolderFactory(account=joint, customer=customer, role="joint", share="0.5")
    client = signed_in(auditor)
    before = client.get(f"/households/{home.pk}/").context["roll_up"].totals["CNY"]
    deposit(joint, {JANUARY: "300"})
    assert client.get(f"/households/{home.pk}/").context["roll_up"].totals["CNY"] == before + 300


def test_who_did_not_agree_is_not_counted(home: Household, own: Story, auditor, signed_in) -> None:
    client = signed_in(auditor)
    before = client.get(f"/households/{home.pk}/").context["roll_up"].totals["CNY"]
    home.members.exclude(customer=own.customer).filter(customer__name="钱多多").update(pools=False)
    assert client.get(f"/households/{home.pk}/").context["roll_up"].totals["CNY"] == before - 600


def test_the_amount_of_a_single_member_out_of_reach_is_not_told(home: Household, desk: Client) -> None:
    home.members.filter(customer__name="钱多多").update(pools=False)
    answer = desk.get(f"/households/{home.pk}/")
    assert answer.context["roll_up"].totals == {"CNY": None}
    assert "it would tell what a single member out of your reach has" in answer.content.decode()


def test_a_member_without_money_hides_nobody(home: Household, desk: Client) -> None:
    Balance.objects.filter(account__holders__customer__name="钱多多").delete()
    BalanceMonth.objects.filter(account__holders__customer__name="钱多多").delete()
    assert desk.get(f"/households/{home.pk}/").context["roll_up"].totals == {"CNY": None}


def test_each_currency_is_weighed_by_itself(home: Household, other: Story, desk: Client) -> None:
    deposit(AccountFactory(holder=other.customer, currency="USD", opened_on=JANUARY), {JANUARY: "7"})
    totals = desk.get(f"/households/{home.pk}/").context["roll_up"].totals
    assert totals["USD"] is None and totals["CNY"] is not None


def test_who_reaches_nobody_that_agreed_learns_no_total(home: Household, own: Story, desk: Client) -> None:
    home.members.filter(customer=own.customer).update(pools=False)
    assert desk.get(f"/households/{home.pk}/").context["roll_up"].totals is None


def test_a_household_is_not_for_the_manager_of_somebody_who_left_it(
    home: Household, own: Story, desk: Client, auditor, signed_in
) -> None:
    home.members.filter(customer=own.customer).update(until=date(2026, 3, 1))
    assert desk.get(f"/households/{home.pk}/").status_code == 404
    assert "张家" not in desk.get("/households/").content.decode()
    assert "张家" not in desk.get(f"/customers/{own.customer.pk}/?tab=relations").content.decode()
    assert signed_in(auditor).get(f"/households/{home.pk}/").status_code == 200


def test_the_customer_s_page_has_the_household_under_relations(
    home: Household, own: Story, desk: Client, queries
) -> None:
    with queries("customer:relations"):
        page = desk.get(f"/customers/{own.customer.pk}/?tab=relations").content.decode()
    assert "张家" in page and "李娜" not in page


def test_who_is_in_no_household_founds_one_from_their_page(own: Story, desk: Client) -> None:
    page = desk.get(f"/customers/{own.customer.pk}/?tab=relations").content.decode()
    assert f"/households/new/?customer={own.customer.number}" in page
    form = {"name": "张家", "customer": own.customer.number, "since": "2026-03-01", "pools": "on"}
    answer = desk.post("/households/new/", form)
    made = Household.objects.get()
    assert answer.url == f"/households/{made.pk}/"
    assert [(each.customer, each.is_head, each.pools) for each in made.members.all()] == [(own.customer, True, True)]


def test_members_are_added_leave_withdraw_and_become_head(own: Story, desk: Client, manager) -> None:
    home = HouseholdMemberFactory(customer=own.customer, is_head=True).household
    child = CustomerFactory(number="88", manager=manager, branch=manager.branch)
    desk.post(f"/households/{home.pk}/add/", {"customer": "88", "since": "2026-03-01"})
    member = home.members.get(customer=child)
    assert (member.pools, member.is_head) == (False, False)
    desk.post(f"/household-members/{member.pk}/head/")
    desk.post(f"/household-members/{member.pk}/pooling/", {"pools": "yes", "since": "2026-04-01"})
    member = home.members.get(customer=child, until=None)
    assert (member.pools, member.is_head) == (True, True)
    refused = desk.post(f"/household-members/{member.pk}/leave/", {"until": "2026-03-31"})
    assert refused.context["form"].errors.keys() == {"until"}
    answer = desk.post(f"/household-members/{member.pk}/leave/", {"until": "2026-05-01"})
    assert answer.url == f"/customers/{child.pk}/?tab=relations"
    assert not home.members.filter(customer=child, until=None).exists()
    assert "counted together" in desk.get(f"/households/{home.pk}/").content.decode()


def test_the_list_shows_households_in_reach(home: Household, desk: Client, queries) -> None:
    HouseholdMemberFactory(household=HouseholdFactory(number="H2", name="别家"))
    with queries("households"):
        page = desk.get("/households/").content.decode()
    assert "张家" in page and "别家" not in page
