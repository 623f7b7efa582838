"""Attributes of two records that become one: what only the other had moves; where both had one, a person chose."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from customers.attributes.values import kept, shown
from customers.duplicates.moves import Moves
from customers.models import Attribute, AttributeValue, Customer
from customers.models.attributes import PREFIX


def _known_of_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    there = AttributeValue.objects.filter(customer=survivor_id).values("attribute")
    return AttributeValue.objects.filter(customer=absorbed_id, attribute__in=there)


HANDLER = Moves("attributes", _("Custom attributes"), AttributeValue, _known_of_both)


def differing(survivor: Customer, absorbed: Customer) -> list[tuple[str, str, str]]:
    """(field, value that stays, value that would go) of those that both have and that differ, in words."""
    rows = AttributeValue.objects.standing().select_related("attribute")
    ours = {row.attribute_id: row for row in rows.filter(customer=survivor)}
    found = []
    for row in rows.filter(customer=absorbed, attribute__in=ours).order_by("attribute__code"):
        mine = ours[row.attribute_id]
        if mine.value != row.value:
            found.append((row.attribute.field, shown(row.attribute, mine.value), shown(row.attribute, row.value)))
    return found


def take(survivor: Customer, absorbed: Customer, names: Iterable[str]) -> dict[str, list[Any]]:
    """The record that stays takes the other's values; by field what it had before and what it took."""
    taken = {}
    for name in names:
        attribute = Attribute.objects.standing().filter(code=name.removeprefix(PREFIX)).first()
        mine, other = (_row(customer, attribute) for customer in (survivor, absorbed))
        if attribute and mine and other:
            taken[name] = [_json(mine), _json(other)]
            _put(mine, attribute, other.value)
    return taken


def give_back(survivor: Customer, taken: dict[str, list[Any]]) -> list[str]:
    """What it had before, but for what somebody changed since: the names of that."""
    left = []
    for name, (before, after) in taken.items():
        attribute = Attribute.objects.standing().filter(code=name.removeprefix(PREFIX)).first()
        row = _row(survivor, attribute)
        if attribute and row and _json(row) == after:
            _put(row, attribute, kept(attribute, before))
        elif attribute:
            left.append(attribute.said)
    return left


def label_of(name: str) -> str:
    found = Attribute.objects.standing().filter(code=name.removeprefix(PREFIX)).first()
    return found.said if found else name


def _row(customer: Customer, attribute: Attribute | None) -> AttributeValue | None:
    rows = AttributeValue.objects.select_related("attribute")
    return rows.filter(customer=customer, attribute=attribute).first() if attribute else None


def _put(row: AttributeValue, attribute: Attribute, value: Any) -> None:
    setattr(row, attribute.cell, value)
    row.save(update_fields=[attribute.cell])


def _json(row: AttributeValue) -> Any:
    value = row.value
    return value if isinstance(value, bool) else str(value)
