"""Books side by side: what each manager carries, and whom nobody looks after."""

import pytest
from django.utils import timezone

from customers.models import Customer
from managers.books.absences import say_capacity
from managers.models import Manager
from tests.factories import (
    AbsenceFactory,
    CustomerFactory,
    ManagedCustomerFactory,
    TierFactory,
    TierPeriodFactory,
    UserFactory,
)
from tests.people import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def tiers() -> dict:
    return {code: TierFactory(code=code, name=code.title()) for code in ("standard", "gold", "private")}


WEIGHTS = {"gold": 1, "private": 8}


def stand(tier, **customer) -> Customer:
    found = CustomerFactory(**customer)
    TierPeriodFactory(customer=found, tier=tier)
    if weight := WEIGHTS.get(tier.code):
        ManagedCustomerFactory(customer=found, weight=weight)
    return found


def test_a_load_is_the_sum_of_the_weights_of_who_is_managed(manager, tiers) -> None:
    for code, count in {"standard": 3, "gold": 2, "private": 1}.items():
        for _number in range(count):
            stand(tiers[code], manager=manager)
    CustomerFactory(manager=manager, status="closed")
    book = Manager.objects.with_book(timezone.localdate()).get(pk=manager.pk)
    assert (book.customers, book.managed, book.load, book.capacity) == (7, 3, 10, 400)


def test_a_head_sees_the_books_of_the_own_branches_alone(manager, manager2, head, auditor, teller) -> None:
    seen = {
        user.username: set(Manager.objects.visible_to(user).values_list("username", flat=True))
        for user in (manager, head, auditor, teller)
    }
    assert seen == {"manager": {"manager"}, "head": {"manager"}, "auditor": {"manager", "manager2"}, "teller": set()}


def test_whom_nobody_looks_after_is_listed_with_the_reason(own: Story, east, head, tiers, signed_in, queries) -> None:
    left = UserFactory(manager=True, is_active=False)
    stand(tiers["gold"], name="甲", branch=east)
    stand(tiers["gold"], name="乙", branch=east, manager=left)
    stand(tiers["standard"], name="丙", branch=east)
    stand(tiers["gold"], name="丁", branch=east, manager=own.customer.manager)
    stand(tiers["gold"], name="戊")
    browser = signed_in(head)
    browser.get("/managers/uncovered/")
    with queries("uncovered"):
        page = browser.get("/managers/uncovered/").text
    assert [name in page for name in "甲乙丙丁戊"] == [True, True, False, False, False]
    assert "No manager was named" in page and "The manager has left" in page and "Managed tiers" in page


def test_the_figures_of_a_book_lead_to_lists_that_add_up_to_them(
    own: Story, manager, head, tiers, signed_in, queries
) -> None:
    for code in ("standard", "gold", "gold"):
        stand(tiers[code], manager=manager, branch=manager.branch)
    AbsenceFactory(manager=manager)
    browser = signed_in(head)
    browser.get("/managers/")
    with queries("managers"):
        listed = browser.get("/managers/").text
    with queries("manager"):
        page = browser.get(f"/managers/{manager.pk}/").text
    assert f"/managers/{manager.pk}/" in listed
    assert "Load 2 of 400" in page and "away, back on" in page
    assert browser.get("/customers/?manager=manager&tier=gold").context["table"].rows.__len__() == 2
    assert browser.get("/customers/?manager=manager").context["table"].rows.__len__() == 4


def test_a_capacity_is_said_over_rest_against_what_was_read(manager, head, api) -> None:
    say_capacity(manager=manager, capacity=80, languages=["zh"], by=head)
    client = api(head)
    read = client.get(f"/api/v1/managers/{manager.pk}/")
    assert (read.data["capacity"], read.data["languages"]) == (80, ["zh"])
    changed = client.patch(f"/api/v1/managers/{manager.pk}/", {"capacity": 90}, headers={"If-Match": read["ETag"]})
    assert (changed.status_code, changed.data["capacity"], changed.data["languages"]) == (200, 90, ["zh"])
    stale = client.patch(f"/api/v1/managers/{manager.pk}/", {"capacity": 95}, headers={"If-Match": read["ETag"]})
    assert stale.status_code == 412
    nothing = client.patch(f"/api/v1/managers/{manager.pk}/", {"capacity": 0}, headers={"If-Match": "*"})
    assert nothing.status_code == 409
