"""A call that comes in at the phone centre: who it was found to be, and whether they could prove it."""

from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.identity.models import Reach
from customers.models.contacts import Interaction
from customers.models.parties import Customer
from customers.querysets.calls import CallQuerySet


class Question(models.TextChoices):
    """What a caller may be asked: something that the bank knows and a finder of the phone does not."""

    DOCUMENT = "document", _("Last four characters of the id document")
    BIRTH_DATE = "birth_date", _("Birth date")
    BRANCH = "branch", _("Branch of an account")
    ACCOUNT = "account", _("Last four digits of an account number")
    MONTH = "month", _("Month of the last transaction of their own")


class Call(models.Model):
    """`questions` says which kinds were asked, in order, and whether the answer was right: `[{"kind", "right"}]`, `right`
    being null until it was given. Neither answers nor the number are kept, but for the number's keyed hash.

    `ends_at` is when it is over by itself; `reach` is what the verification opened.
    """

    LASTS = timedelta(minutes=30)

    class State(models.TextChoices):
        RINGING = "ringing", pgettext_lazy("a call", "Not verified")
        VERIFIED = "verified", pgettext_lazy("a call", "Verified")
        REFUSED = "refused", pgettext_lazy("a call", "Verification failed")

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("agent"), db_index=False
    )
    number_hash = models.BinaryField(null=True, editable=False)
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("customer"),
        db_index=False,
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RINGING, db_default=State.RINGING)
    questions = models.JSONField(_("questions"), default=list)
    wrong = models.PositiveSmallIntegerField(_("wrong answers"), default=0, db_default=0)
    begun_at = models.DateTimeField(_("begun"))
    verified_at = models.DateTimeField(pgettext_lazy("a call", "verified"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends by itself"))
    ended_at = models.DateTimeField(pgettext_lazy("a call", "ended"), null=True, blank=True)
    reach = models.OneToOneField(Reach, models.SET_NULL, null=True, editable=False, related_name="+")
    interaction = models.OneToOneField(
        Interaction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("interaction")
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agent"], condition=Q(ended_at=None), name="call_one_at_a_time"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begun_at")), name="call_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")), name="call_ended_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state="verified", verified_at__isnull=False, customer__isnull=False)
                | (~Q(state="verified") & Q(verified_at=None)),
                name="call_verified_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["-begun_at", "-id"], name="call_newest"),
            models.Index(fields=["agent", "-begun_at"], name="call_of_agent"),
            models.Index(fields=["customer", "-begun_at"], name="call_of_customer"),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"C{self.pk:08}"

    @property
    def is_verified(self) -> bool:
        return self.state == self.State.VERIFIED

    @property
    def asked(self) -> list[Question]:
        """The questions that wait for an answer."""
        return [Question(each["kind"]) for each in self.questions if each["right"] is None]

    @property
    def right(self) -> int:
        return sum(each["right"] is True for each in self.questions)

    def is_over(self, at: datetime) -> bool:
        return self.ended_at is not None or self.ends_at <= at

    @property
    def over_at(self) -> datetime | None:
        """When it ended, by whoever; None while nobody has said so and its time is not up."""
        return self.ended_at

    @property
    def how(self) -> str:
        """In words, for lists."""
        return gettext("%(right)s right, %(wrong)s wrong") % {"right": self.right, "wrong": self.wrong}
