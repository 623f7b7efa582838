from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.checkers import forbidden
from crm.approvals.models import Deputy, Proposal
from crm.approvals.querysets import PRESENT
from crm.approvals.services.reaching import open_reach
from crm.audit import services as audit
from crm.base.days import midnight
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from crm.identity.services import notify

LONGEST = timedelta(days=92)


@transaction.atomic
def appoint_deputy(
    *, approver: User, deputy: User, since: date, until: date, by: User, at: datetime | None = None
) -> Deputy:
    """For the days from `since` through `until`. Appointed by the absent approver, or by another one for them."""
    at = at or timezone.now()
    _refuse(approver=approver, deputy=deputy, since=since, until=until, by=by, today=timezone.localdate(at))
    starts, ends = midnight(since), midnight(until + timedelta(days=1))
    mandate = Deputy.objects.create(approver=approver, deputy=deputy, starts_at=starts, ends_at=ends, appointed_by=by)
    for proposal in Proposal.objects.undecided(at=at).filter(expires_at__gt=starts):
        if not {approver.pk, deputy.pk} & forbidden(proposal):
            open_reach(proposal=proposal, users=[deputy], by=str(mandate), at=max(starts, at), until=ends)
    audit.record("deputy.appointed", mandate, by=by, approver=approver.username, deputy=deputy.username,
                 since=str(since), until=str(until))  # fmt: skip
    text = _("You decide in the place of %(approver)s from %(since)s until %(until)s.")
    words = {"approver": approver, "since": said_day(since), "until": said_day(until)}
    notify(users=[deputy], text=text % words, url=reverse("proposals"), at=at)
    return mandate


def _refuse(*, approver: User, deputy: User, since: date, until: date, by: User, today: date) -> None:
    if by.role != User.Role.APPROVER or not by.is_active:
        raise RuleBroken(_("Only an approver appoints a deputy."))
    if approver.role != User.Role.APPROVER or not approver.is_active:
        raise RuleBroken(_("Only an approver has a deputy."), field="approver")
    if deputy.pk == approver.pk or not deputy.is_active or deputy.role not in PRESENT:
        raise RuleBroken(_("A deputy is another approver, or a branch head."), field="deputy")
    if deputy.pk == by.pk and approver.pk != by.pk and deputy.role != User.Role.APPROVER:
        raise RuleBroken(_("Nobody appoints themselves."), field="deputy")
    if since < today:
        raise RuleBroken(_("An absence begins today or later."), field="since")
    if until < since or until - since > LONGEST:
        raise RuleBroken(_("An absence ends after it begins, and lasts at most 92 days."), field="until")


@transaction.atomic
def end_deputy(*, mandate: Deputy, by: User, at: datetime | None = None) -> None:
    """The approver is back early; what has ended stays as it was."""
    at = at or timezone.now()
    if by.role != User.Role.APPROVER:
        raise RuleBroken(_("Only an approver ends this."))
    if mandate.ends_at <= at:
        return
    mandate.ends_at = max(at, mandate.starts_at)
    mandate.save(update_fields=["ends_at"])
    audit.record("deputy.ended", mandate, by=by)
