"""What forbids that two records become one, or are parted again."""

from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.base.sql import scalar
from crm.identity.models import User
from crm.jobs.models import Run
from customers.imports.engine import LOCK
from customers.models import Customer, Merge

SLOT = "customer.merge.refusals"
# what has a meaning of its own, and is not to be lost by merging
GRAVE = (Customer.Status.FROZEN, Customer.Status.DECEASED)


def refusal_of(survivor: Customer, absorbed: Customer) -> str:
    """Why `absorbed` may not become a part of `survivor`; "" where it may. Upper apps add theirs: `(survivor, absorbed) -> str`."""
    said = {"goes": absorbed.get_status_display(), "stays": survivor.get_status_display()}
    if survivor.kind != absorbed.kind:
        return _("A person, a company and an institution are never one customer.")
    if survivor.status != absorbed.status and {survivor.status, absorbed.status} & set(GRAVE):
        return _("One of the two is “%(goes)s”, the other “%(stays)s”: give both the status that holds first.") % said
    if absorbed.status in Customer.TIERED and survivor.status not in Customer.TIERED:
        return _("The record that stays is “%(stays)s”, the other “%(goes)s”: let the other one stay.") % said
    if any(absorbed.pk in proposal.what.customers(proposal.content) for proposal in _open_proposals()):
        return _("A proposal about the record that would go is open. It must be decided first.")
    return next((text for asked in contributions(SLOT) if (text := asked(survivor, absorbed))), "")


def _open_proposals() -> list[Proposal]:
    rows = Proposal.objects.filter(status=Proposal.Status.OPEN)
    return [proposal for proposal in rows if proposal.has_kind and proposal.what.names_customers]


def refuse_unquiet() -> None:
    """Neither the night nor a file may see one half of it."""
    if Run.objects.nights().filter(status__in=(Run.Status.QUEUED, Run.Status.RUNNING)).exists():
        raise RuleBroken(_("The night's run is on. Try again when it has ended."))
    if not scalar("SELECT pg_try_advisory_xact_lock(%(lock)s)", lock=LOCK):
        raise RuleBroken(_("A file is being taken in. Try again in a moment."))


def refuse_undoing(merge: Merge, survivor: Customer) -> None:
    if merge.is_undone:
        raise RuleBroken(_("This merge is undone already."))
    if survivor.erased_on is not None:
        raise RuleBroken(_("This customer was erased: nothing is left to be parted."))
    if survivor.merged_into_id is not None:
        raise RuleBroken(_("The record that stayed was merged into another one since. Undo that first."))
    if Merge.objects.standing().filter(survivor=survivor, pk__gt=merge.pk).exists():
        raise RuleBroken(_("Another record was merged into the same one since. Undo that first."))


def refuse_beyond(by: User, *pks: int) -> None:
    if Customer.objects.visible_to(by).filter(pk__in=pks).count() < len(set(pks)):
        raise RuleBroken(_("Both records must be in your reach."))
