"""When a manager is away, who covers, and what a manager can carry."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import Reach, User
from crm.identity.services.alerts import notify
from crm.identity.services.reach import grant_reach
from customers.services.managers import refuse_assigning
from customers.services.versions import STALE
from managers.books.ending import end_dated
from managers.books.services import moments
from managers.handovers.refusing import refuse_leaver
from managers.models import Absence, ManagerProfile
from managers.staff.refusing import refuse_for_book


@transaction.atomic
def record_absence(
    *, manager: User, kind: str, since: date, until: date, by: User, at: datetime, cover: User | None = None
) -> Absence:
    """The manager is away from `since` and back on `until`. Who covers reaches their book for just that time, from now at the
    earliest. Raises RuleBroken.
    """
    refuse_assigning(by)
    keys = [each.pk for each in (manager, cover) if each]
    list(User.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"))
    if until <= max(since, timezone.localdate(at)):
        raise RuleBroken(_("They are back after they left, and not before tomorrow."), field="until")
    if Absence.objects.filter(manager=manager).overlapping(since, until).exists():
        raise RuleBroken(_("The manager is away on some of these days already."), field="since")
    if cover:
        _refuse_cover(manager, cover, since, until)
    made = Absence.objects.create(
        manager=manager, kind=kind, since=since, until=until, cover=cover, made_by=by, made_at=at
    )
    if cover:
        _open_book(made, cover, by, at)
    audit.record(
        "absence.recorded",
        made,
        by=by,
        manager=manager.username,
        since=since.isoformat(),
        until=until.isoformat(),
        cover=cover.username if cover else "",
    )
    return made


def _refuse_cover(manager: User, cover: User, since: date, until: date) -> None:
    if cover.pk == manager.pk or not cover.is_active or cover.role != User.Role.MANAGER:
        raise RuleBroken(_("Another relationship manager covers."), field="cover")
    if Absence.objects.filter(manager=cover).overlapping(since, until).exists():
        raise RuleBroken(_("%(user)s is away on some of these days too.") % {"user": cover}, field="cover")
    refuse_leaver(manager=cover, customers=(), on=since, field="cover")
    refuse_for_book(manager=cover, of=manager, on=since, field="cover")


def _open_book(made: Absence, cover: User, by: User, at: datetime) -> None:
    days = moments(made.since, made.until, at)
    made.reach = grant_reach(user=cover, cause=Reach.Cause.COVER, owner=made.manager, by=by, **days)
    made.save(update_fields=["reach"])
    said = {"user": made.manager, "since": said_day(made.since), "until": said_day(made.until)}
    text = _("You cover for %(user)s from %(since)s to before %(until)s.") % said
    notify(users=[cover], text=text, url=f"/managers/{made.manager_id}/", at=at)


@transaction.atomic
def end_absence(*, absence: Absence, by: User, at: datetime) -> None:
    """Back today; what has not begun is off."""
    refuse_assigning(by)
    absence = Absence.objects.for_change(absence)
    if absence.until <= timezone.localdate(at):
        raise RuleBroken(_("This has ended already."))
    audit.record("absence.ended", absence, by=by, manager=absence.manager.username)
    end_dated(row=absence, by=by, at=at)


@transaction.atomic
def say_capacity(
    *, manager: User, capacity: int, languages: list[str], by: User, version: int | None = None
) -> ManagerProfile:
    """`version` is the one that was read, 0 where nothing was said yet."""
    refuse_assigning(by)
    if capacity < 1:
        text = _("Somebody who can carry nothing has no book: say when they are away instead.")
        raise RuleBroken(text, field="capacity")
    rows = ManagerProfile.objects.select_for_update(of=("self",), no_key=True)
    profile = rows.filter(user=manager.pk).first() or ManagerProfile(user_id=manager.pk, version=0)
    if version is not None and version != profile.version:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code=STALE)
    before = profile.capacity
    profile.capacity, profile.languages, profile.version = capacity, sorted(set(languages)), profile.version + 1
    profile.save(force_insert=profile.version == 1)
    audit.record("manager.capacity_said", profile, by=by, manager=manager.username, before=before, after=capacity)
    return profile
