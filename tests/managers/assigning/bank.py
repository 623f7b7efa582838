"""A published day, customers of tiers in a branch, and nights over them."""

from datetime import date

from crm.jobs.models import Run
from customers.models import Customer
from managers.assigning.nights import carry_on, open_night
from managers.models import ManagerProfile
from segmentation.models import Tier
from tests.factories import TierFactory, UserFactory
from tests.segmentation.changes.bank import published
from tests.segmentation.managed.bank import stands

DAY = date(2026, 3, 10)


def managers(branch, count: int, *, capacity: int = 100) -> list:
    found = [UserFactory(manager=True, branch=branch, username=f"rm{branch.code}{n}") for n in range(count)]
    for each in found:
        ManagerProfile.objects.create(user=each, capacity=capacity)
    return found


def gold() -> Tier:
    return TierFactory(code="gold", name="Gold")


def customers(branch, count: int, **more) -> list[Customer]:
    return [stands(gold(), branch=branch, **more) for _number in range(count)]


def night(day: date = DAY) -> Run | None:
    """The night of assigning after the figures of a day were published."""
    published(day)
    run = open_night()
    if run:
        carry_on(run)
        run.refresh_from_db()
    return run


def books() -> dict[str, int]:
    """How many customers each manager has, by user name."""
    found: dict[str, int] = {}
    for name in Customer.objects.exclude(manager=None).values_list("manager__username", flat=True):
        found[name] = found.get(name, 0) + 1
    return found
