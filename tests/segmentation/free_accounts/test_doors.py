"""One account of each customer is free, named at the counter: by page and REST, within reach, and never two."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.models import AccountHolder
from segmentation.free_accounts.services import end_naming, name_account
from segmentation.models import FreeAccount
from tests.factories import AccountFactory, AccountHolderFactory, CustomerFactory
from tests.segmentation.night.bank import JANUARY, customer_with, nights, policy

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def payer(manager):
    return CustomerFactory(number="P", manager=manager, branch=manager.branch)


def accounts(payer) -> tuple:
    return tuple(AccountFactory(holder=payer, number=number) for number in ("A1", "A2"))


def test_a_second_free_account_is_refused_and_the_first_stays(payer, manager, signed_in, api):
    first, second = accounts(payer)
    name_account(customer=payer, account=first, since=MAY, by=manager)
    sentence = "has named the account A1"

    with pytest.raises(RuleBroken, match=sentence) as refused:
        name_account(customer=payer, account=second, since=JUNE, by=manager)
    assert refused.value.field == "account"
    page = signed_in(manager).post(
        f"/customers/{payer.pk}/free-account/", {"account": second.pk, "since": "2026-06-01"}
    )
    assert page.status_code == 422 and sentence in page.content.decode()
    wish = {"customer": "P", "account": "A2", "since": "2026-06-01"}
    answer = api(manager).post("/api/v1/free-accounts/", wish, format="json")
    assert answer.status_code == 409 and sentence in answer.content.decode()
    assert answer.json()["errors"].keys() == {"account"}
    with pytest.raises(IntegrityError, match="free_account_one_at_a_time"), transaction.atomic():
        FreeAccount.objects.create(customer=payer, account=second, since=date(2027, 1, 1))
    assert FreeAccount.objects.get().account == first


def test_one_that_begins_earlier_would_be_a_second_one_too(payer, manager):
    first, second = accounts(payer)
    name_account(customer=payer, account=first, since=JUNE, by=manager)
    with pytest.raises(RuleBroken, match="a second one is not free"):
        name_account(customer=payer, account=second, since=MAY, by=manager)


@pytest.mark.parametrize("role", ["authorised", "joint"])
def test_an_account_whose_fees_are_another_customers_is_refused(payer, manager, role):
    other = AccountFactory(holder=CustomerFactory(number="A"))
    AccountHolder.objects.filter(account=other).update(role="owner")
    AccountHolderFactory(account=other, customer=payer, role=role, share=0)
    with pytest.raises(RuleBroken, match="not the customer's own") as refused:
        name_account(customer=payer, account=other, since=MAY, by=manager)
    assert refused.value.field == "account" and not FreeAccount.objects.exists()


def test_what_is_ended_gives_room_for_another_and_stays_told(payer, manager):
    first, second = accounts(payer)
    free = name_account(customer=payer, account=first, since=MAY, by=manager)

    end_naming(free=free, until=JUNE, by=manager)
    name_account(customer=payer, account=second, since=JUNE, by=manager)

    assert list(FreeAccount.objects.order_by("since").values_list("account__number", "until")) == [
        ("A1", JUNE),
        ("A2", None),
    ]
    assert list(Event.objects.filter(action__startswith="free_account").values_list("action", flat=True).order_by("pk")) == [
        "free_account.named", "free_account.ended", "free_account.named",
    ]  # fmt: skip


def test_it_ends_once_after_it_began_and_nothing_else_of_it_changes(payer, manager):
    first, second = accounts(payer)
    free = name_account(customer=payer, account=first, since=MAY, by=manager)
    with pytest.raises(RuleBroken, match="ends after it starts"):
        end_naming(free=free, until=MAY, by=manager)
    end_naming(free=free, until=JUNE, by=manager)
    with pytest.raises(RuleBroken, match="has ended already"):
        end_naming(free=free, until=date(2026, 7, 1), by=manager)
    for change in ({"account": second}, {"until": None}, {"since": JUNE}):
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            FreeAccount.objects.filter(pk=free.pk).update(**change)
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        free.delete()


def test_what_nights_have_decided_stays_decided(payer, manager):
    policy(("mass", None, 0))
    someone = customer_with({JANUARY: "1"})
    nights(JANUARY, JANUARY)
    account = someone.holdings.get().account
    with pytest.raises(RuleBroken, match="have run") as refused:
        name_account(customer=someone, account=account, since=JANUARY, by=manager)
    assert refused.value.field == "since"
    assert name_account(customer=someone, account=account, since=date(2026, 1, 2), by=manager).pk


def test_the_counter_names_and_ends_it_on_the_customers_page(payer, teller, signed_in):
    first, _second = accounts(payer)
    payer.branch = teller.branch
    payer.save()
    client, tab = signed_in(teller), f"/customers/{payer.pk}/?tab=waivers"
    assert "no account named" in client.get(tab).content.decode()

    client.post(f"/customers/{payer.pk}/free-account/", {"account": first.pk, "since": "2026-05-01"})

    free = FreeAccount.objects.get()
    page = client.get(tab).content.decode()
    assert free.named_by == teller and f"/free-accounts/{free.pk}/end/" in page and "A1" in page
    assert client.post(f"/free-accounts/{free.pk}/end/", {"until": "2026-06-01"}).status_code == 302
    assert FreeAccount.objects.get().until == JUNE


def test_rest_names_and_ends_it(payer, manager, api):
    accounts(payer)
    client = api(manager)
    made = client.post(
        "/api/v1/free-accounts/", {"customer": "P", "account": "A1", "since": "2026-05-01"}, format="json"
    )
    assert made.status_code == 201 and made.json()["named_by"] == "manager"
    address = f"/api/v1/free-accounts/{made.json()['id']}/"
    assert client.patch(address, {"until": "2026-06-01"}, format="json").status_code == 428
    empty = client.patch(address, {}, format="json", headers={"If-Match": "*"})
    assert empty.status_code == 409 and "The day on which it ends" in empty.content.decode()
    stale = client.patch(address, {"until": "2026-06-01"}, format="json", headers={"If-Match": '"other"'})
    assert stale.status_code == 412
    read = {"If-Match": client.get(address)["ETag"]}
    ended = client.patch(address, {"until": "2026-06-01"}, format="json", headers=read)
    assert ended.status_code == 200 and ended.json()["until"] == "2026-06-01"
