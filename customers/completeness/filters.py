"""Customers of whom the bank wants to know more: a list can be narrowed to those whose record lacks a field."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from crm.identity.scope import scope_of
from customers.completeness.fields import WANTED
from customers.contacts import KINDS as CONTACT_KINDS
from customers.labels import heading_of
from customers.models import Contact, Customer

# what every record has from its first day
GIVEN = ("name",)


def kinds_that_want(name: str) -> list[str]:
    return [kind for kind, wanted in WANTED.items() if any(each.name == name for each in wanted)]


def _said(name: str) -> str:
    """As customers of all kinds that have the field call it."""
    return " / ".join(dict.fromkeys(heading_of(name, kind) for kind in kinds_that_want(name)))


# in the order of the record
WANTED_BY_ANY = dict.fromkeys(each.name for wanted in WANTED.values() for each in wanted if each.name not in GIVEN)
CHOICES = [(name, lazy(_said, str)(name)) for name in WANTED_BY_ANY]


def missing(names: Iterable[str]) -> Q:
    """That at least one of the fields is wanted of a customer of the kind and not known. Of contact data the hashes tell."""
    names = set(names)
    found = Q(*(_column_lacks(name) for name in sorted(names - set(CONTACT_KINDS))), _connector=Q.OR)
    if contact := names & set(CONTACT_KINDS):
        whole = {f"{name}_hash__isnull": False for name in sorted(contact)}
        found |= Q(~Exists(Contact.objects.filter(customer=OuterRef("pk"), **whole)))
    return found


def _column_lacks(name: str) -> Q:
    kinds = kinds_that_want(name)
    lacks = Q(**{f"{name}__isnull": True}) if Customer._meta.get_field(name).null else Q(**{name: ""})
    return lacks if len(kinds) == len(WANTED) else lacks & Q(kind__in=kinds)


class MissingFilter(django_filters.MultipleChoiceFilter):
    """Of customers seen in full alone: an outline does not tell what is known. Nothing is wanted of who was erased or has left."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Missing, any of"), choices=CHOICES, **kwargs)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        wanted = qs.filter(scope_of(self.parent.request.user).open_q(), missing(value), erased_on=None)
        return wanted.exclude(status__in=Customer.GONE)
