"""Every contact with a customer, by whichever channel.

Slot "interactions.told": callables `(customers, at)` that are told, in the transaction, with whom a contact was logged or
said anew. Files are not told of: who follows looks again from time to time.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User
from customers.models import Amendment, Customer, Interaction, SiteVisit
from customers.models.contacts import TOLD
from customers.querysets.parties import refuse_merged
from customers.services.versions import STALE, locked

SLOT = "interactions.told"
CLOCK_SKEW = timedelta(minutes=5)
EARLIEST = 1900


@transaction.atomic
def log_interaction(
    *,
    customer: Customer,
    at: datetime,
    channel: str,
    by: User,
    as_of: datetime,
    direction: str = Interaction.Direction.OUT,
    purpose: str = Interaction.Purpose.CARE,
    outcome: str = Interaction.Outcome.REACHED,
    note: str = "",
    next_on: date | None = None,
) -> Interaction:
    """What happened at `at`, which is not after `as_of`, now; the next step is not before the contact."""
    customer = locked(customer, None)
    _refuse_times(at, next_on, as_of)
    interaction = Interaction.objects.create(
        customer=customer,
        at=at,
        channel=channel,
        direction=direction,
        purpose=purpose,
        outcome=outcome,
        note=note.strip(),
        next_on=next_on,
        by=by,
    )
    audit.record(
        "interaction.logged",
        interaction,
        by=by,
        customer_id=customer.pk,
        channel=channel,
        purpose=purpose,
        outcome=outcome,
    )
    tell(customer.pk, at=as_of)
    return interaction


@transaction.atomic
def correct_interaction(
    *, interaction: Interaction, by: User, as_of: datetime, version: int | None = None, **changes: Any
) -> Interaction:
    """Who logged it says it anew, within 24 hours; what stood before stays in the history. `changes` are of TOLD."""
    if unknown := set(changes) - set(TOLD):
        raise TypeError(f"an interaction has no {', '.join(sorted(unknown))} to correct")
    interaction = _locked(interaction, version)
    if interaction.by_id != by.pk:
        raise RuleBroken(_("Only who logged a contact corrects it. Add a word to it instead."))
    if not interaction.is_correctable(by, as_of):
        raise RuleBroken(_("A contact can be corrected for 24 hours. Add a word to it instead."))
    if "note" in changes:
        changes["note"] = changes["note"].strip()
    differing = [name for name, value in changes.items() if getattr(interaction, name) != value]
    if not differing:
        return interaction
    if {"at", "channel"} & set(differing) and SiteVisit.objects.filter(interaction=interaction).exists():
        raise RuleBroken(_("The day and kind of a site visit stay. Add a word to it instead."), code="visit")
    for name in differing:
        setattr(interaction, name, changes[name])
    _refuse_times(interaction.at, interaction.next_on, as_of)
    interaction.version += 1
    interaction.save(update_fields=[*differing, "version"])
    audit.record("interaction.corrected", interaction, by=by, fields=sorted(differing))
    tell(interaction.customer_id, at=as_of)
    return interaction


@transaction.atomic
def amend_interaction(*, interaction: Interaction, text: str, by: User, at: datetime) -> Amendment:
    """Anybody who reaches the customer adds a word; nothing that stands is changed."""
    text = text.strip()
    if not text:
        raise RuleBroken(_("Say what is to be added."), field="text", code="required")
    interaction = _locked(interaction, None)
    amendment = Amendment.objects.create(interaction=interaction, text=text[:4000], by=by, at=at)
    interaction.version += 1
    interaction.save(update_fields=["version"])
    audit.record("interaction.amended", interaction, by=by)
    return amendment


def tell(customer_id: int, *, at: datetime) -> None:
    for follow in contributions(SLOT):
        follow(customers=[customer_id], at=at)


def _locked(interaction: Interaction, version: int | None) -> Interaction:
    rows = Interaction.objects.select_for_update(of=("self",), no_key=True).select_related("customer")
    interaction = rows.get(pk=interaction.pk)
    refuse_merged(interaction.customer)
    if version is not None and interaction.version != version:
        raise RuleBroken(_("Somebody changed this contact in the meantime. Look at it again."), code=STALE)
    return interaction


def _refuse_times(at: datetime, next_on: date | None, as_of: datetime) -> None:
    if at.year < EARLIEST:
        raise RuleBroken(_("This is too long ago."), field="at")
    if at > as_of + CLOCK_SKEW:
        raise RuleBroken(_("A contact that lies in the future can't be logged."), field="at")
    if next_on and next_on < timezone.localdate(at):
        raise RuleBroken(_("The next step can't be before the contact."), field="next_on")
