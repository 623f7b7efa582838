"""What a phone centre says, whom it calls back, and how its calls end."""

from datetime import datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from customers.models import Call, Customer, Interaction
from customers.models.moving import moves_with_merges, said_once
from service.models.callers import Caller
from service.phone.querysets import CallBackQuerySet, ScriptQuerySet, WrapUpQuerySet


def _person(label: Any, **more: Any) -> models.ForeignKey:
    options: dict[str, Any] = {"related_name": "+", "verbose_name": label, "db_index": False} | more
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, **options)


class CallScript(models.Model):
    """A version of what an agent says at a moment of a call, in both languages; the newest holds, and none ever changes."""

    class Moment(models.TextChoices):
        RINGING = "ringing", _("The caller is not verified yet")
        VERIFIED = "verified", _("The caller is verified")
        REFUSED = "refused", _("The verification failed")
        COMPLAINT = "complaint", _("The caller complains")
        CALL_BACK = "call_back", _("We call back")

    moment = models.CharField(pgettext_lazy("a script", "moment"), max_length=10, choices=Moment)
    number = models.PositiveIntegerField(_("version"))
    text_en = models.TextField(_("English"), max_length=2_000)
    text_zh = models.TextField(_("Chinese"), max_length=2_000)
    written_by = _person(pgettext_lazy("a script", "by"), null=True, blank=True)
    written_at = models.DateTimeField(_("at"))

    objects = ScriptQuerySet.as_manager()

    class Meta:
        verbose_name = _("script")
        verbose_name_plural = _("scripts")
        ordering = ["moment", "-number"]
        constraints = [models.UniqueConstraint(fields=["moment", "number"], name="script_version_once")]
        indexes = [models.Index(fields=["-written_at", "-id"], name="call_script_newest")]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_moment_display()} {self.number}"

    @property
    def text(self) -> str:
        """In the reader's language."""
        return self.text_zh if str(get_language()).startswith("zh") else self.text_en


class CallReason(models.Model):
    """Why people call: what a wrap-up names. One that is no longer used stays with those that named it."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    is_used = models.BooleanField(pgettext_lazy("a reason", "used"), default=True)

    class Meta:
        verbose_name = _("reason of calls")
        verbose_name_plural = _("reasons of calls")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CallBack(models.Model):
    """A call that was promised for `due_at`, by the customer's manager or by the phone centre. `call` is in which it was asked,
    `made` in which it was kept."""

    class State(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("a call-back", "Booked")
        MISSED = "missed", pgettext_lazy("a call-back", "Missed")
        TAKEN = "taken", pgettext_lazy("a call-back", "Taken")
        DONE = "done", pgettext_lazy("a call-back", "Done")
        CANCELLED = "cancelled", pgettext_lazy("a call-back", "Cancelled")

    WAITING = (State.BOOKED, State.MISSED)
    OPEN = (*WAITING, State.TAKEN)

    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    caller = models.ForeignKey(
        Caller, models.PROTECT, null=True, blank=True, related_name="call_backs", verbose_name=_("caller")
    )
    topic = models.CharField(_("topic"), max_length=200)
    due_at = models.DateTimeField(pgettext_lazy("a call-back", "due"))
    by_manager = models.BooleanField(_("by the customer's manager"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.BOOKED)
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked in the call")
    )
    booked_by = _person(_("booked by"))
    booked_at = models.DateTimeField(_("booked"))
    taken_by = _person(_("taken by"), null=True, blank=True)
    taken_at = models.DateTimeField(pgettext_lazy("a call-back", "taken"), null=True, blank=True)
    made = models.OneToOneField(
        Call, models.PROTECT, null=True, blank=True, related_name="call_back", verbose_name=_("kept in the call")
    )
    ended_at = models.DateTimeField(pgettext_lazy("a call-back", "ended"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CallBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("call-back")
        verbose_name_plural = _("call-backs")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | Q(caller__isnull=False, by_manager=False), name="call_back_is_to_somebody"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("booked_at")), name="call_back_due_after_booking"),
            models.CheckConstraint(
                condition=Q(state__in=["booked", "missed"], taken_by=None, taken_at=None)
                | Q(state__in=["taken", "done"], taken_by__isnull=False, taken_at__isnull=False)
                | Q(state="cancelled"),
                name="call_back_taken_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "cancelled"], ended_at__isnull=False)
                | (~Q(state__in=["done", "cancelled"]) & Q(ended_at=None)),
                name="call_back_ended_is_whole",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state__in=["booked", "missed", "taken"]), name="call_back_due"),
            models.Index(fields=["-due_at", "-id"], name="call_back_newest"),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("ended_once", "OLD.ended_at IS NOT NULL", "state", "ended_at", "taken_by_id"),
            moves_with_merges(from_nobody=True),
        ]

    def __str__(self) -> str:
        return f"R{self.pk:08}"

    @property
    def who(self) -> str:
        return str(self.customer) if self.customer else self.caller.who

    def is_late(self, at: datetime) -> bool:
        return self.state in self.WAITING and self.due_at <= at


class WrapUp(models.Model):
    """How a call ended, said once by who took it. Of one with a customer the contact is logged too."""

    class Next(models.TextChoices):
        NOTHING = "nothing", pgettext_lazy("a wrap-up", "Nothing")
        TICKET = "ticket", pgettext_lazy("a wrap-up", "The ticket is worked on")
        CALL_BACK = "call_back", pgettext_lazy("a wrap-up", "We call back")
        MANAGER = "manager", pgettext_lazy("a wrap-up", "The manager goes on")
        BRANCH = "branch", pgettext_lazy("a wrap-up", "They come to a branch")

    call = models.OneToOneField(Call, models.PROTECT, related_name="wrap_up", verbose_name=_("call"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Interaction.Outcome)
    reasons = ArrayField(models.CharField(max_length=32), verbose_name=_("reasons"), default=list, blank=True)
    is_solved = models.BooleanField(_("answered in this call"), default=False)
    follows = models.CharField(_("what follows"), max_length=9, choices=Next, default=Next.NOTHING)
    by = _person(_("by"))
    at = models.DateTimeField(_("at"))

    objects = WrapUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("wrap-up of a call")
        verbose_name_plural = _("wrap-ups of calls")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="wrap_up_newest")]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.call}: {self.get_outcome_display()}"
