"""The rosters of teams by the week: how many are needed, who comes when, and who gives a shift to whom."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Team
from customers.models.moving import said_once
from service.roster.querysets import OfRosterQuerySet, RosterQuerySet, ShiftQuerySet

DAYS = [(day, WEEKDAYS[day]) for day in range(7)]


def _person(label: Any, **more: Any) -> models.ForeignKey:
    options: dict[str, Any] = {"related_name": "+", "verbose_name": label, "db_index": False} | more
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, **options)


class Demand(models.Model):
    """How many of a team must be there in an hour of a weekday, by the clock on the wall. Where there is no row nobody must."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="demands", verbose_name=_("team"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=DAYS)
    hour = models.PositiveSmallIntegerField(_("hour"))
    needed = models.PositiveSmallIntegerField(_("needed"))

    class Meta:
        verbose_name = _("demand of an hour")
        verbose_name_plural = _("demand by the hour")
        ordering = ["team", "weekday", "hour"]
        constraints = [
            models.UniqueConstraint(fields=["team", "weekday", "hour"], name="demand_once_an_hour"),
            models.CheckConstraint(condition=Q(weekday__lt=7, hour__lt=24, needed__gt=0), name="demand_is_of_an_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.hour}:00"


class Roster(models.Model):
    """Of a team for the week from `week_on`, a Monday. Once it is published tickets are dealt to whom it says is there."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="rosters", verbose_name=_("team"))
    week_on = models.DateField(_("week from"))
    published_at = models.DateTimeField(pgettext_lazy("a roster", "published"), null=True, blank=True)
    published_by = _person(pgettext_lazy("a roster", "published by"), null=True, blank=True)
    told_on = models.DateField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster")
        verbose_name_plural = _("rosters")
        ordering = ["-week_on", "team"]
        constraints = [
            models.UniqueConstraint(fields=["team", "week_on"], name="roster_once_a_week"),
            models.CheckConstraint(condition=Q(week_on__iso_week_day=1), name="roster_from_a_monday"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None) | Q(published_at__isnull=False, published_by__isnull=False),
                name="roster_published_is_whole",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-week_on", "-id"], name="roster_newest")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once(
                "published_once",
                "OLD.published_at IS NOT NULL",
                "team_id",
                "week_on",
                "published_at",
                "published_by_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}, {date_format(self.week_on, 'Y-m-d')}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Shift(models.Model):
    """From `starts_at` to before `ends_at`; until `rested_at` whoever worked it does not work again: by constraint."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="shifts", verbose_name=_("roster"))
    user = _person(pgettext_lazy("a shift", "who"), related_name="shifts")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    rested_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_not_empty"),
            models.CheckConstraint(condition=Q(rested_at__gte=F("ends_at")), name="shift_rest_follows"),
            ExclusionConstraint(
                name="shift_one_at_a_time_and_rest",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (Func(F("starts_at"), F("rested_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("They work then, or have not rested yet."),
            ),
        ]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="shift_at_work")]

    def __str__(self) -> str:
        first, last = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{date_format(first, 'Y-m-d H:i')}–{date_format(last, 'H:i')}"


class Swap(models.Model):
    """A published shift goes to a colleague, for one of theirs or for none: once they consent and a head approves."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a swap", "Asked")
        CONSENTED = "consented", pgettext_lazy("a swap", "Consented")
        APPROVED = "approved", pgettext_lazy("a swap", "Approved")
        REFUSED = "refused", pgettext_lazy("a swap", "Refused")

    OPEN = (State.ASKED, State.CONSENTED)

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="swaps", verbose_name=_("shift"))
    to = _person(pgettext_lazy("a swap", "to"))
    back = models.ForeignKey(
        Shift,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("a swap", "for the shift"),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)
    asked_by = _person(_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    consented_at = models.DateTimeField(pgettext_lazy("a swap", "consented"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = _person(_("decided by"), null=True, blank=True)

    objects = OfRosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("swap of shifts")
        verbose_name_plural = _("swaps of shifts")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="swap_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["shift"], condition=Q(state__in=["asked", "consented"]), name="swap_one_of_a_shift"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(consented_at__isnull=False, decided_by__isnull=False),
                name="swap_approved_with_consent",
            ),
            models.CheckConstraint(condition=~Q(state="approved") | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("to"))), name="swap_four_eyes"),
        ]  # fmt: skip
        triggers = [
            said_once("decided_once", "OLD.decided_at IS NOT NULL", "state", "to_id", "decided_by_id", "decided_at")
        ]

    def __str__(self) -> str:
        return f"{self.shift}: {self.asked_by} → {self.to}"
