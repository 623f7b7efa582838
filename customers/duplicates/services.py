"""Verbs on two records of one customer: made one, parted again, or said to be two customers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.duplicates import exchanging
from customers.duplicates.moves import handlers
from customers.models import Customer, Duplicate, Merge
from customers.services.trail import record_change
from customers.services.versions import STALE, refuse_merged, save_version

SHORTEST_REASON = 5


@transaction.atomic
def merge_customers(
    *,
    survivor: Customer,
    absorbed: Customer,
    reason: str,
    by: User,
    at: datetime,
    take: Iterable[str] = (),
    versions: tuple[int, int] | None = None,
) -> Merge:
    """`absorbed` becomes a part of `survivor`. `take` names what is taken of the absorbed record: fields, kinds of contact data.

    `versions` are those of both records that were read. Refuses records of two kinds, records out of reach, and that the
    record of a prospect stays while the bank's own goes.
    """
    reason = _said(reason)
    survivor, absorbed = _both(survivor.pk, absorbed.pk, by)
    if versions is not None and versions != (survivor.version, absorbed.version):
        text = _("Somebody changed one of the two records in the meantime. Look at them again, then merge.")
        raise RuleBroken(text, code=STALE)
    _refuse_unlike(survivor, absorbed)
    merge = Merge.objects.create(survivor=survivor, absorbed=absorbed, reason=reason, by=by, at=at)
    was = {"status": absorbed.status, "since": absorbed.status_since and absorbed.status_since.isoformat()}
    moved = {handler.name: handler.move(merge) for handler in handlers()}
    earlier = _lead_on(absorbed, survivor)
    taken = exchanging.take(survivor, absorbed, take)
    absorbed.merged_into, absorbed.status, absorbed.status_since = (
        survivor,
        Customer.Status.CLOSED,
        timezone.localdate(at),
    )
    save_version(absorbed)
    save_version(survivor)
    merge.kept = {"moved": moved, "was": was, "earlier": earlier, "taken": taken}
    merge.save(update_fields=["kept"])
    _close_pairs(survivor, absorbed, reason, by, at)
    names = [*taken["fields"], *taken["contact"]]
    record_change("customer.merged", survivor, by=by, fields=names, other=absorbed.number, reason=reason)
    record_change("customer.merged_away", absorbed, by=by, fields=["status"], other=survivor.number, reason=reason)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, reason: str, by: User, at: datetime) -> list[str]:
    """Part the two records again; what could not be put back is named in words.

    What was added to the record that stays since the merge stays there. Refuses where that record was merged itself.
    """
    reason = _said(reason)
    merge = Merge.objects.for_change(merge)
    if merge.is_undone:
        raise RuleBroken(_("This merge is undone already."))
    survivor, absorbed = _both(merge.survivor_id, merge.absorbed_id, by, are_apart=False)
    if survivor.merged_into_id is not None:
        raise RuleBroken(_("The record that stayed was merged into another one since. Undo that first."))
    merge.undone_at, merge.undone_by, merge.undone_because = at, by, reason
    merge.save(update_fields=["undone_at", "undone_by", "undone_because"])
    kept = merge.kept
    left = exchanging.give_back(survivor, absorbed, kept["taken"])
    for handler in handlers():
        if handler.name in kept["moved"]:
            left += handler.undo(merge, kept["moved"][handler.name])
    Customer.objects.filter(pk__in=kept["earlier"], merged_into=survivor).update(merged_into=absorbed)
    since = kept["was"]["since"]
    absorbed.merged_into, absorbed.status = None, kept["was"]["status"]
    absorbed.status_since = datetime.fromisoformat(since).date() if since else None
    save_version(absorbed)
    save_version(survivor)
    Duplicate.objects.filter(**_pair(survivor, absorbed)).update(state=Duplicate.State.DISMISSED, remark=reason[:300])
    record_change("customer.merge_undone", survivor, by=by, other=absorbed.number, reason=reason, left=left)
    record_change("customer.merged_back", absorbed, by=by, fields=["status"], other=survivor.number, reason=reason)
    return left


@transaction.atomic
def dismiss_duplicate(*, duplicate: Duplicate, reason: str, by: User, at: datetime) -> None:
    """Two customers, however much alike: the pair is not shown again."""
    reason = _said(reason)
    duplicate = Duplicate.objects.select_for_update(of=("self",), no_key=True).get(pk=duplicate.pk)
    if duplicate.state != Duplicate.State.OPEN:
        raise RuleBroken(_("Somebody has decided about this pair already."))
    _close(Duplicate.objects.filter(pk=duplicate.pk), Duplicate.State.DISMISSED, reason, by, at)
    for pk in (duplicate.first_id, duplicate.second_id):
        audit.record("duplicate.dismissed", duplicate, by=by, customer_id=pk, reason=reason)


def _both(survivor_id: int, absorbed_id: int, by: User, *, are_apart: bool = True) -> tuple[Customer, Customer]:
    """As they are now, locked in order; both in reach."""
    locked = Customer.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=(survivor_id, absorbed_id))
    rows = {row.pk: row for row in locked.order_by("pk")}
    if len(rows) < 2:
        raise RuleBroken(_("A record can't be merged into itself."), field="other")
    if Customer.objects.visible_to(by).filter(pk__in=rows).count() < 2:
        raise RuleBroken(_("Both records must be in your reach."))
    if are_apart:
        for row in rows.values():
            refuse_merged(row)
    return rows[survivor_id], rows[absorbed_id]


def _refuse_unlike(survivor: Customer, absorbed: Customer) -> None:
    if survivor.kind != absorbed.kind:
        raise RuleBroken(_("A person, a company and an institution are never one customer."))
    if absorbed.status in Customer.TIERED and survivor.status not in Customer.TIERED:
        said = {"goes": absorbed.get_status_display(), "stays": survivor.get_status_display()}
        raise RuleBroken(
            _("The record that stays is “%(stays)s”, the other “%(goes)s”: let the other one stay.") % said
        )
    if Proposal.objects.filter(status=Proposal.Status.OPEN, reaches__customer_id=absorbed.pk).exists():
        raise RuleBroken(_("A proposal about the record that would go is open. It must be decided first."))


def _lead_on(absorbed: Customer, survivor: Customer) -> list[int]:
    """What was merged into the absorbed record before leads to the one that stands."""
    rows = Customer.objects.filter(merged_into=absorbed)
    keys = list(rows.values_list("pk", flat=True))
    rows.update(merged_into=survivor)
    return keys


def _pair(one: Customer, other: Customer) -> dict[str, Any]:
    first, second = sorted((one.pk, other.pk))
    return {"first": first, "second": second}


def _close_pairs(survivor: Customer, absorbed: Customer, reason: str, by: User, at: datetime) -> None:
    """The pair is merged; what else looked like the absorbed record is found again, if it is like the one that stays."""
    this = Q(**_pair(survivor, absorbed))
    _close(Duplicate.objects.filter(this), Duplicate.State.MERGED, reason, by, at)
    Duplicate.objects.open().of(absorbed.pk).exclude(this).delete()


def _close(rows: Any, state: str, reason: str, by: User, at: datetime) -> None:
    rows.update(state=state, closed_at=at, closed_by=by, remark=reason[:300])


def _said(reason: str) -> str:
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise RuleBroken(_("Say why, in a few words."), field="reason", code="reason")
    return reason[:300]
