"""Verbs on what managers are able to do. The head of the branch says it, and it is written down."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from customers.models import Product
from customers.services.managers import refuse_assigning
from customers.services.versions import STALE
from managers.models import Certificate, Grade, ManagerGrade, ManagerProfile, Training

LONGEST_DAY = Decimal("999.5")


@transaction.atomic
def say_grade(*, manager: User, grade: str, since: date, by: User, at: datetime, reason: str = "") -> ManagerGrade:
    """From `since` on the manager has the grade; the one before ends. Raises RuleBroken."""
    _refuse(manager, by)
    if grade not in Grade.values:
        raise RuleBroken(_("There is no such grade."), field="grade")
    now = ManagerGrade.objects.filter(manager=manager, until=None).first()
    if now and since <= now.since:
        text = _("The present grade began on %(day)s: the next one begins later.")
        raise RuleBroken(text % {"day": said_day(now.since)}, field="since")
    if now and now.grade == grade:
        raise RuleBroken(_("They have this grade already."), field="grade")
    if now:
        now.until = since
        now.save(update_fields=["until"])
    made = ManagerGrade.objects.create(
        manager=manager, grade=grade, since=since, reason=reason.strip(), made_by=by, made_at=at
    )
    before = now.grade if now else ""
    whose = manager.username
    audit.record("manager.grade_said", made, by=by, manager=whose, before=before, after=str(grade), since=str(since))
    return made


@transaction.atomic
def record_certificate(
    *, manager: User, kind: str, number: str, issued_on: date, by: User, at: datetime, valid_until: date | None = None
) -> Certificate:
    _refuse(manager, by)
    if kind not in Certificate.Kind.values:
        raise RuleBroken(_("There is no such kind of certificate."), field="kind")
    if not 1 <= len(number.strip()) <= 40:
        raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": 40}, field="number")
    if issued_on > timezone.localdate(at):
        raise RuleBroken(_("It is recorded once it was issued."), field="issued_on")
    if valid_until and valid_until < issued_on:
        raise RuleBroken(_("It ends after it was issued."), field="valid_until")
    if Certificate.objects.standing().filter(kind=kind, number=number.strip()).exists():
        raise RuleBroken(_("A certificate of this kind and number is on record already."), field="number")
    made = Certificate.objects.create(
        manager=manager, kind=kind, number=number.strip(), issued_on=issued_on, valid_until=valid_until, made_by=by, made_at=at
    )  # fmt: skip
    until = valid_until.isoformat() if valid_until else ""
    audit.record("certificate.recorded", made, by=by, manager=manager.username, certificate=str(kind), until=until)
    return made


@transaction.atomic
def withdraw_certificate(*, certificate: Certificate, reason: str, by: User, at: datetime) -> Certificate:
    """Recorded in error, or taken away: it counts no more."""
    refuse_assigning(by)
    certificate = Certificate.objects.for_change(certificate)
    if certificate.withdrawn_at is not None:
        raise RuleBroken(_("This is withdrawn already."), code="withdrawn")
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    certificate.withdrawn_at, certificate.withdrawn_by, certificate.withdrawn_because = at, by, reason.strip()
    certificate.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    whose = certificate.manager.username
    audit.record("certificate.withdrawn", certificate, by=by, manager=whose, reason=certificate.withdrawn_because)
    return certificate


@transaction.atomic
def record_training(
    *, manager: User, title: str, held_on: date, hours: Decimal, by: User, at: datetime, is_passed: bool = True
) -> Training:
    _refuse(manager, by)
    if not 1 <= len(title.strip()) <= 120:
        raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": 120}, field="title")
    if held_on > timezone.localdate(at):
        raise RuleBroken(_("It is recorded once it was held."), field="held_on")
    if not 0 < hours <= LONGEST_DAY or hours * 2 % 1:
        raise RuleBroken(_("Whole and half hours above zero belong here."), field="hours")
    made = Training.objects.create(
        manager=manager, title=title.strip(), held_on=held_on, hours=hours, is_passed=is_passed, made_by=by, made_at=at
    )
    audit.record("training.recorded", made, by=by, manager=manager.username, hours=str(hours), passed=is_passed)
    return made


@transaction.atomic
def say_skills(*, manager: User, skills: list[str], by: User, version: int | None = None) -> ManagerProfile:
    """The families of products in which the manager is versed. `version` is the one that was read, 0 where there was none."""
    _refuse(manager, by)
    if set(skills) - set(Product.Family.values):
        raise RuleBroken(_("There is no such product family."), field="skills")
    rows = ManagerProfile.objects.select_for_update(of=("self",), no_key=True)
    known = rows.filter(user=manager.pk).first()
    profile = known or ManagerProfile(user_id=manager.pk, capacity=settings.CRM_BOOK_CAPACITY, version=0)
    if version is not None and version != profile.version:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code=STALE)
    profile.skills, profile.version = sorted(set(skills)), profile.version + 1
    profile.save(force_insert=profile.version == 1)
    audit.record("manager.skills_said", profile, by=by, manager=manager.username, skills=profile.skills)
    return profile


def _refuse(manager: User, by: User) -> None:
    """One at a time about each manager: their row is locked."""
    refuse_assigning(by)
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=manager.pk)
    if manager.role != User.Role.MANAGER:
        raise RuleBroken(_("%(user)s is no relationship manager.") % {"user": manager}, field="manager")
