"""What a relationship manager is able to do: the grade, certificates and training."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.moving import said_once
from managers.staff.querysets import CertificateQuerySet, GradeQuerySet, TrainingQuerySet


class Grade(models.TextChoices):
    ASSISTANT = "assistant", pgettext_lazy("a grade", "Assistant")
    JUNIOR = "junior", pgettext_lazy("a grade", "Junior")
    INTERMEDIATE = "intermediate", pgettext_lazy("a grade", "Intermediate")
    SENIOR = "senior", pgettext_lazy("a grade", "Senior")
    PRINCIPAL = "principal", pgettext_lazy("a grade", "Principal")

    @property
    def height(self) -> int:
        return list(Grade).index(self)


class OfManager(models.Model):
    """Something that a head recorded about a manager, or an admin."""

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("manager"), db_index=False
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"), db_index=False
    )
    made_at = models.DateTimeField(_("recorded"))

    class Meta:
        abstract = True


class ManagerGrade(OfManager):
    """`since` inclusive, `until` the first day of the next one. What holds is never rewritten: the next one ends it."""

    grade = models.CharField(_("grade"), max_length=12, choices=Grade)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = GradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade of a manager")
        verbose_name_plural = _("grades of managers")
        ordering = ["-since", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="manager_grade_one_per_day",
                expressions=[
                    ("manager", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="manager_grade_not_empty"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("ended_once", "OLD.until IS NOT NULL", "until"),
            pgtrigger.Protect(
                name="only_its_end_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["until"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_grade_display())


class Certificate(OfManager):
    """`valid_until` is the last day on which it counts, None for good. A newer one of its kind renews it; one that was
    recorded in error or taken away is withdrawn, and stays."""

    class Kind(models.TextChoices):
        SECURITIES = "securities", _("Securities practitioner")
        FUND = "fund", _("Fund practitioner")
        INSURANCE = "insurance", _("Insurance sales")
        CREDIT = "credit", _("Credit officer")
        AML = "aml", _("Anti-money-laundering")
        AFP = "afp", _("Associate financial planner (AFP)")
        CFP = "cfp", _("Certified financial planner (CFP)")
        CPB = "cpb", _("Certified private banker (CPB)")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    number = models.CharField(_("number"), max_length=40)
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("withdrawn by"), db_index=False,
    )  # fmt: skip
    withdrawn_because = models.CharField(_("reason"), max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["kind", "-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"], condition=Q(withdrawn_at=None), name="certificate_number_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")), name="certificate_ends_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because=""),
                name="certificate_withdrawal_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["manager", "kind"], name="certificate_of_manager"),
            models.Index(fields=["valid_until", "id"], name="certificate_lapses"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once(
                "withdrawn_once", "OLD.withdrawn_at IS NOT NULL", "withdrawn_at", "withdrawn_by_id", "withdrawn_because"
            ),
            pgtrigger.Protect(
                name="only_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["withdrawn_at", "withdrawn_by", "withdrawn_because"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Training(OfManager):
    """A course that somebody took. What was recorded stays."""

    title = models.CharField(pgettext_lazy("a training", "title"), max_length=120)
    held_on = models.DateField(pgettext_lazy("a training", "on"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    is_passed = models.BooleanField(_("passed"), default=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training record")
        verbose_name_plural = _("training records")
        ordering = ["-held_on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(hours__gt=0), name="training_takes_time")]
        indexes = [models.Index(fields=["manager", "-held_on"], name="training_of_manager")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title
