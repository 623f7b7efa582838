"""Who may become a customer: where they come from, who sent them, how far it came, and what is next."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from customers.models.moving import moves_with_merges
from managers.models.sales import Opportunity
from managers.prospects.querysets import ProspectQuerySet

# whoever sent somebody was not sent by them, however many stood between; one at a time looks
NO_CYCLE = """
PERFORM pg_advisory_xact_lock(hashtext('managers_prospect'));
IF EXISTS (
    WITH RECURSIVE senders AS (
        SELECT NEW.referrer_id AS id
        UNION
        SELECT p.referrer_id FROM managers_prospect p JOIN senders s ON p.customer_id = s.id WHERE p.referrer_id IS NOT NULL
    )
    SELECT FROM senders WHERE id = NEW.customer_id
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'prospect_no_cycle',
        MESSAGE = 'whoever referred a customer was not referred by them';
END IF;
RETURN NEW;
"""


class Prospect(models.Model):
    """Beside the record of the customer, whose manager owns it. Converted once the record is no prospect any more."""

    class Stage(models.TextChoices):
        NEW = "new", pgettext_lazy("a prospect", "New")
        CONTACTED = "contacted", pgettext_lazy("a prospect", "Contacted")
        QUALIFIED = "qualified", pgettext_lazy("a prospect", "Qualified")
        CONVERTED = "converted", pgettext_lazy("a prospect", "Converted")
        LOST = "lost", pgettext_lazy("a prospect", "Lost")

    OPEN = (Stage.NEW, Stage.CONTACTED, Stage.QUALIFIED)

    customer = models.OneToOneField(Customer, models.PROTECT, related_name="prospect", verbose_name=_("customer"))
    source = models.CharField(_("source"), max_length=10, choices=Opportunity.Source)
    referrer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("referred by the customer")
    )
    stage = models.CharField(pgettext_lazy("a prospect", "status"), max_length=9, choices=Stage, default=Stage.NEW)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("next step on"), null=True, blank=True)
    lost_because = models.CharField(_("reason of the loss"), max_length=300, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by"), db_index=False
    )
    noted_at = models.DateTimeField(_("noted"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProspectQuerySet.as_manager()

    class Meta:
        verbose_name = _("prospect")
        verbose_name_plural = _("prospects")
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(referrer=F("customer")), name="prospect_not_referred_by_themselves"),
            models.CheckConstraint(condition=Q(next_on=None) | ~Q(next_step=""), name="prospect_next_day_has_a_step"),
            models.CheckConstraint(
                condition=Q(stage="lost") | Q(lost_because=""), name="prospect_only_a_loss_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["-noted_at", "-id"], name="prospect_newest")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_cycle",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("referrer_id"),
                condition=pgtrigger.Q(new__referrer__isnull=False),
                func=NO_CYCLE,
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return str(self.get_stage_display())
