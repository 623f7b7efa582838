"""The people of a small bank, and two customers: one in reach of its manager, teller and head, one in nobody's.

head office HO - east branch: manager, teller, head - sub-branch of the east
               - west branch: other manager
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from rest_framework.test import APIClient

from crm.identity.models import ApiToken, Branch, User
from customers.models import Account, Customer, FeeCharge, Interaction, Transaction
from tests.factories import (
    AccountFactory,
    BalanceFactory,
    BranchFactory,
    CustomerFactory,
    FeeChargeFactory,
    InteractionFactory,
    TransactionFactory,
    UserFactory,
)


@pytest.fixture
def head_office(db: None) -> Branch:
    return BranchFactory(code="HO", name="Head office", head_office=True)


@pytest.fixture
def east(head_office: Branch) -> Branch:
    return BranchFactory(code="EAST", name="East branch", parent=head_office)


@pytest.fixture
def west(head_office: Branch) -> Branch:
    return BranchFactory(code="WEST", name="West branch", parent=head_office, region="West")


@pytest.fixture
def manager(east: Branch) -> User:
    return UserFactory(username="manager", manager=True, branch=east)


@pytest.fixture
def manager2(west: Branch) -> User:
    return UserFactory(username="manager2", manager=True, branch=west)


@pytest.fixture
def teller(east: Branch) -> User:
    return UserFactory(username="teller", teller=True, branch=east)


@pytest.fixture
def head(east: Branch) -> User:
    return UserFactory(username="head", head=True, branch=east)


@pytest.fixture
def agent(head_office: Branch) -> User:
    return UserFactory(username="agent", agent=True, branch=head_office)


@pytest.fixture
def admin(head_office: Branch) -> User:
    return UserFactory(username="admin", admin=True, branch=head_office)


@pytest.fixture
def approver(head_office: Branch) -> User:
    return UserFactory(username="approver", approver=True, branch=head_office)


@pytest.fixture
def auditor(head_office: Branch) -> User:
    return UserFactory(username="auditor", auditor=True, branch=head_office)


@pytest.fixture
def agency(db: None) -> User:
    return UserFactory(username="agency", agency=True)


@pytest.fixture
def stranger() -> AnonymousUser:
    """Somebody who has not signed in."""
    return AnonymousUser()


@dataclass(frozen=True)
class Story:
    """A customer with an account, a balance, a transaction, a fee charge and an interaction."""

    customer: Customer
    account: Account
    transaction: Transaction
    charge: FeeCharge
    interaction: Interaction


def story(number: str, **customer) -> Story:
    someone = CustomerFactory(number=number, with_contact=True, **customer)
    account = AccountFactory(number=f"{number}-1", holder=someone, branch=someone.branch)
    BalanceFactory(account=account)
    return Story(
        customer=someone,
        account=account,
        transaction=TransactionFactory(account=account, number=f"{number}-T1"),
        charge=FeeChargeFactory(account=account, number=f"{number}-F1"),
        interaction=InteractionFactory(customer=someone, by=someone.manager),
    )


@pytest.fixture
def own(manager: User, east: Branch) -> Story:
    """A customer of the east branch in the manager's book."""
    return story("1001", zhang_wei=True, manager=manager, branch=east)


@pytest.fixture
def other(manager2: User, west: Branch) -> Story:
    """A customer of the west branch in another manager's book."""
    return story("2002", name="李娜", manager=manager2, branch=west)


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """`signed_in(user)` is a browser in which the user signed in; the stranger's did not."""

    def browser(user: User | AnonymousUser) -> Client:
        client = Client()
        if user.is_authenticated:
            client.force_login(user, backend="crm.identity.backends.Backend")
        return client

    return browser


@pytest.fixture
def api() -> Callable[..., APIClient]:
    """`api(user, "customers:read")` is a program with a token of the user, narrowed to the scopes given."""

    def program(user: User | AnonymousUser, *scopes: str) -> APIClient:
        client = APIClient()
        if user.is_authenticated:
            token, key = ApiToken.objects.create(user, expiry=timedelta(days=1))
            ApiToken.objects.filter(pk=token.pk).update(scopes=list(scopes))
            client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
        return client

    return program
