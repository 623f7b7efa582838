"""Verbs on two records of one customer: made one, parted again, or said to be two customers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services import notify
from customers.duplicates import exchanging
from customers.duplicates.moves import handlers
from customers.duplicates.refusing import refusal_of, refuse_beyond, refuse_undoing, refuse_unquiet
from customers.models import Customer, Duplicate, Merge
from customers.querysets.parties import refuse_merged
from customers.services.managers import tell_moved
from customers.services.trail import record_change
from customers.services.versions import STALE, save_version

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

    `versions` are those of both records that were read. Refuses (refusing.py) what are no two records of one customer, and
    while a night or a file is at work.
    """
    reason = _said(reason)
    refuse_unquiet()
    survivor, absorbed = _both(survivor.pk, absorbed.pk, by)
    _refuse(survivor, absorbed, versions)
    merge = Merge.objects.create(survivor=survivor, absorbed=absorbed, reason=reason, by=by, at=at)
    was = {"status": absorbed.status, "since": absorbed.status_since and absorbed.status_since.isoformat()}
    merge.kept = {"was": was, "moved": {handler.name: handler.move(merge) for handler in handlers()}}
    merge.kept["earlier"] = _lead_on(absorbed, survivor)
    exchanging.take(merge, survivor, absorbed, take)
    absorbed.merged_into, absorbed.status, absorbed.status_since = (
        survivor,
        Customer.Status.CLOSED,
        timezone.localdate(at),
    )
    save_version(absorbed)
    save_version(survivor)
    merge.save(update_fields=["kept", "before"])
    tell_moved([survivor.pk, absorbed.pk], at=at, by_id=by.pk, reason=reason)
    _close_pairs(survivor, absorbed, reason, by, at)
    names = [name for part in merge.kept["taken"].values() for name in part]
    record_change("customer.merged", survivor, by=by, fields=names, other=absorbed.number, reason=reason)
    record_change("customer.merged_away", absorbed, by=by, fields=["status"], other=survivor.number, reason=reason)
    _tell(_("%(other)s was merged into %(customer)s by %(by)s."), survivor, absorbed, by)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, reason: str, by: User, at: datetime) -> list[str]:
    """Part the two records again; what could not be put back is named in words.

    What was added to the record that stays since the merge stays there. The last merge into a record is undone first.
    """
    reason = _said(reason)
    refuse_unquiet()
    survivor, absorbed = _both(merge.survivor_id, merge.absorbed_id, by)
    merge = Merge.objects.for_change(merge)
    refuse_undoing(merge, survivor)
    merge.undone_at, merge.undone_by, merge.undone_because = at, by, reason
    merge.save(update_fields=["undone_at", "undone_by", "undone_because"])
    kept = merge.kept
    left = exchanging.give_back(merge, survivor)
    for handler in handlers():
        if handler.name in kept["moved"]:
            left += handler.undo(merge, kept["moved"][handler.name])
    Customer.objects.filter(pk__in=kept["earlier"], merged_into=survivor).update(merged_into=absorbed)
    since = kept["was"]["since"]
    absorbed.merged_into, absorbed.status = None, kept["was"]["status"]
    absorbed.status_since = date.fromisoformat(since) if since else None
    save_version(absorbed)
    save_version(survivor)
    tell_moved([survivor.pk, absorbed.pk], at=at, by_id=by.pk, reason=reason)
    merge.before = ""
    merge.save(update_fields=["before"])
    Duplicate.objects.filter(**_pair(survivor, absorbed)).update(state=Duplicate.State.DISMISSED, remark=reason[:300])
    record_change("customer.merge_undone", survivor, by=by, other=absorbed.number, reason=reason, left=len(left))
    record_change("customer.merged_back", absorbed, by=by, fields=["status"], other=survivor.number, reason=reason)
    _tell(_("%(other)s was parted from %(customer)s by %(by)s."), survivor, absorbed, by)
    return left


@transaction.atomic
def dismiss_duplicate(*, duplicate: Duplicate, reason: str, by: User, at: datetime) -> None:
    """Two customers, however much alike: the pair is not shown again, unless they come to share a document. Then what was said
    before stays in front."""
    reason = _said(reason)
    duplicate = Duplicate.objects.select_for_update(of=("self",), no_key=True).get(pk=duplicate.pk)
    if duplicate.state != Duplicate.State.OPEN:
        raise RuleBroken(_("Somebody has decided about this pair already."))
    said = "; ".join(filter(None, (duplicate.remark, reason)))
    _close(Duplicate.objects.filter(pk=duplicate.pk), Duplicate.State.DISMISSED, said, by, at)
    for pk in (duplicate.first_id, duplicate.second_id):
        audit.record("duplicate.dismissed", duplicate, by=by, customer_id=pk, reason=reason)


def _both(survivor_id: int, absorbed_id: int, by: User) -> tuple[Customer, Customer]:
    """As they are now, locked in order; both in reach."""
    locked = Customer.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=(survivor_id, absorbed_id))
    rows = {row.pk: row for row in locked.order_by("pk")}
    if len(rows) < 2:
        raise RuleBroken(_("A record can't be merged into itself."), field="other")
    refuse_beyond(by, *rows)
    return rows[survivor_id], rows[absorbed_id]


def _refuse(survivor: Customer, absorbed: Customer, versions: tuple[int, int] | None) -> None:
    for row in (survivor, absorbed):
        refuse_merged(row)
    if versions is not None and versions != (survivor.version, absorbed.version):
        text = _("Somebody changed one of the two records in the meantime. Look at them again, then merge.")
        raise RuleBroken(text, code=STALE)
    if text := refusal_of(survivor, absorbed):
        raise RuleBroken(text)


def _tell(text: str, survivor: Customer, absorbed: Customer, by: User) -> None:
    """Whoever looks after the merged record, where somebody else did it."""
    if absorbed.manager and absorbed.manager_id != by.pk:
        said = {"other": absorbed.number, "customer": survivor.number, "by": by}
        notify(users=[absorbed.manager], text=text % said, url=f"/customers/{absorbed.pk}/")


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
