"""New customers go to managers who meet what their tier asks; who has customers keeps them."""

from datetime import date

from crm.identity.models import User
from managers.staff.standards import refuse_unable
from segmentation.models import TierPeriod


def tiers_of(**customers: object) -> set[tuple[str, str]]:
    """(code, name) of the tiers in which customers stand, who are named as by `customer__manager=...`."""
    rows = TierPeriod.objects.open().of_standing().filter(**customers).order_by()
    return set(rows.values_list("tier__code", "tier__name"))


def refuse_for_customers(*, manager: User, customers: list[int], on: date) -> None:
    """Slot "customer.taken_on"."""
    refuse_unable(manager=manager, tiers=sorted(tiers_of(customer__in=customers)), on=on)


def refuse_for_book(*, manager: User, of: User, on: date, field: str) -> None:
    """Who covers carries the whole book."""
    refuse_unable(manager=manager, tiers=sorted(tiers_of(customer__manager=of)), on=on, field=field)
