"""How complete a record is, what of it has grown old, and what is to be asked at the next contact."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from customers.completeness.fields import WANTED, Wanted
from customers.models import Customer, FieldCheck


@dataclass(frozen=True)
class Field:
    """`confirmed_on` is the day of the last confirmation; without one, that on which the record was made."""

    wanted: Wanted
    is_known: bool
    confirmed_on: date
    is_asked: bool
    age: int

    @property
    def name(self) -> str:
        return self.wanted.name

    @cached_property
    def label(self) -> str:
        return self.wanted.label

    @property
    def path(self) -> str:
        """Of what can be done with the field, from the customer's page."""
        return f"fields/{self.name}/"

    @property
    def is_stale(self) -> bool:
        return self.is_known and self.wanted.good_for is not None and self.age > self.wanted.good_for


@dataclass(frozen=True)
class Completeness:
    fields: list[Field]

    @property
    def percent(self) -> int:
        """The weights of what is known, of 100."""
        return sum(field.wanted.weight for field in self.fields if field.is_known)

    @cached_property
    def missing(self) -> list[Field]:
        """What counts most comes first."""
        return sorted((field for field in self.fields if not field.is_known), key=lambda field: -field.wanted.weight)

    @cached_property
    def stale(self) -> list[Field]:
        return [field for field in self.fields if field.is_stale]

    @cached_property
    def asked(self) -> list[Field]:
        return [field for field in self.fields if field.is_asked]


def with_checks() -> dict[str, Any]:
    """`checks`: what is noted of the customer's fields, read together with the customer."""
    own = FieldCheck.objects.filter(customer=OuterRef("pk")).order_by("field")
    said = JSONObject(field="field", confirmed_on="confirmed_on", asked_at="asked_at")
    return {"checks": ArraySubquery(own.values(said=said))}


def completeness_of(customer: Customer, on: date) -> Completeness:
    """One query, none where the customer was read `with_checks`."""
    checks: Any = getattr(customer, "checks", None)
    if checks is None:
        checks = FieldCheck.objects.filter(customer=customer).values("field", "confirmed_on", "asked_at")
    noted = {check["field"]: check for check in checks}
    made_on = timezone.localdate(customer.created_at)
    return Completeness(
        [_field(wanted, customer, noted.get(wanted.name, {}), made_on, on) for wanted in WANTED[customer.kind]]
    )


def _field(wanted: Wanted, customer: Customer, noted: dict[str, Any], made_on: date, on: date) -> Field:
    said = noted.get("confirmed_on")
    confirmed_on = date.fromisoformat(str(said)) if said else made_on
    return Field(wanted, wanted.is_known(customer), confirmed_on, bool(noted.get("asked_at")), (on - confirmed_on).days)
