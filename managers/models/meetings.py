"""When a manager and a customer have agreed to meet."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.templatetags.frame import said_day
from customers.models import Customer, Interaction
from customers.models.moving import moves_with_merges, said_once
from managers.meetings.querysets import MeetingQuerySet


class Meeting(models.Model):
    """Nobody has two at once. What became of it is a contact, logged afterwards."""

    CHANNELS = (
        Interaction.Channel.BRANCH,
        Interaction.Channel.VISIT,
        Interaction.Channel.VIDEO,
        Interaction.Channel.PHONE,
    )

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("manager"), db_index=False
    )
    starts_at = models.DateTimeField(pgettext_lazy("a meeting", "begins"))
    ends_at = models.DateTimeField(pgettext_lazy("a meeting", "ends"))
    channel = models.CharField(_("channel"), max_length=12, choices=Interaction.Channel)
    subject = models.CharField(pgettext_lazy("a meeting", "about"), max_length=120, blank=True)
    made_at = models.DateTimeField(pgettext_lazy("a meeting", "arranged"))
    cancelled_at = models.DateTimeField(pgettext_lazy("a meeting", "cancelled"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        constraints = [
            ExclusionConstraint(
                name="meeting_one_at_a_time",
                expressions=[
                    ("manager", RangeOperators.EQUAL),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at=None),
                violation_error_message=_("There is another meeting at this time."),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_not_empty"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, reason="") | (Q(cancelled_at__isnull=False) & ~Q(reason="")),
                name="meeting_cancelled_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="meeting_first"),
            models.Index(fields=["customer", "starts_at"], name="meeting_of_customer"),
        ]
        triggers = [
            said_once("cancelled_once", "OLD.cancelled_at IS NOT NULL", "cancelled_at", "reason"),
            pgtrigger.Protect(
                name="only_its_end_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("manager", "starts_at", "ends_at", "channel", "subject", "made_at"),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {said_day(timezone.localdate(self.starts_at))}"
