"""Verbs on what the bank notes of companies: said, and corrected by being said anew."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.companies.promises import promised
from customers.companies.refusing import refuse_person, refuse_row
from customers.contacts import kept
from customers.models import Customer, Interaction, SiteVisit
from customers.models.noted import Noted
from customers.querysets.parties import refuse_merged
from customers.services import log_interaction
from customers.services.interactions import tell
from customers.services.versions import STALE, locked

SEALED = ("phone", "email")
Row = TypeVar("Row", bound=Noted)


@transaction.atomic
def note(model: type[Row], *, customer: Customer, by: User | str, at: datetime, **said: Any) -> Row:
    """Something new of a company, said now, at `at`."""
    customer = locked(customer, None)
    refuse_person(customer)
    row = model(customer=customer, by=person(by), noted_at=at, **sealed(said))
    refuse_row(row, timezone.localdate(at))
    with promised():
        row.save(force_insert=True)
    audit.record(f"{model._meta.model_name}.noted", row, by=by)
    return row


@transaction.atomic
def correct(row: Row, *, by: User | str, at: datetime, version: int | None = None, **said: Any) -> Row:
    """Say it anew; what stood before stays in its history. `version` is the one that was read."""
    if fixed := set(said) & {"customer", *row.FIXED}:
        raise TypeError(f"{', '.join(sorted(fixed))} can't be corrected: note another one")
    row = locked_row(row, version)
    differing = {name: value for name, value in sealed(said).items() if getattr(row, name) != value}
    if not differing:
        return row
    for name, value in differing.items():
        setattr(row, name, value)
    refuse_row(row, timezone.localdate(at))
    renew(row, by, at)
    with promised():
        row.save(update_fields=[*differing, "by", "noted_at", "version"])
    audit.record(f"{row._meta.model_name}.corrected", row, by=by, fields=sorted(differing))
    return row


@transaction.atomic
def log_visit(
    *, customer: Customer, at: datetime, by: User, as_of: datetime, remark: str = "", next_on: Any = None, **seen: Any
) -> SiteVisit:
    """A visit is a contact, with what was seen. `seen`: met, premises, stock, findings."""
    refuse_person(customer)
    contact = log_interaction(
        customer=customer,
        at=at,
        channel=Interaction.Channel.VISIT,
        purpose=Interaction.Purpose.REVIEW,
        note=remark,
        next_on=next_on,
        by=by,
        as_of=as_of,
    )
    day = timezone.localdate(at)
    visit = note(SiteVisit, customer=customer, interaction=contact, visited_on=day, by=by, at=as_of, **seen)
    tell(customer.pk, at=as_of)
    return visit


def locked_row(row: Row, version: int | None) -> Row:
    """The row as it is now, locked, the company first as everywhere."""
    customer = locked(row.customer, None)
    rows = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
    found: Row = rows.select_related("customer").get(pk=row.pk)  # type: ignore[assignment]  # of the same class
    refuse_merged(customer)
    if version is not None and found.version != version:
        raise RuleBroken(_("Somebody corrected this in the meantime. Look at it again."), code=STALE)
    return found


def renew(row: Noted, by: User | str, at: datetime) -> None:
    row.by, row.noted_at = person(by), at
    row.version += 1


def sealed(said: dict[str, Any]) -> dict[str, Any]:
    """Phone and e-mail in the one spelling that is kept, texts without blanks around them."""
    found = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    return found | {name: kept(name, found[name]) for name in SEALED if name in found}


def person(by: User | str) -> User | None:
    return by if isinstance(by, User) else None
