"""What a customer agreed to: for which purpose, by which channel, to which wording, from when until when."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from customers.models.contacts import Interaction
from customers.models.moving import moves_with_merges, said_once
from customers.models.parties import Customer
from customers.querysets.contacting import ConsentQuerySet


class Purpose(models.TextChoices):
    """What a contact is for. Marketing needs a consent; service is what the contract asks for."""

    MARKETING = "marketing", _("Marketing")
    SURVEY = "survey", _("Survey")
    SERVICE = "service", _("Service")

    @property
    def needs_consent(self) -> bool:
        return self == Purpose.MARKETING


class Consent(models.Model):
    """`wording` names the version of the text that was agreed to. It ends by being withdrawn, once."""

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="consents", verbose_name=_("customer"), db_index=False
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, default=Purpose.MARKETING)
    channel = models.CharField(_("channel"), max_length=12, choices=Interaction.Channel)
    wording = models.CharField(_("wording"), max_length=32)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "purpose", "channel"], condition=Q(withdrawn_at=None), name="consent_one_open"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
                violation_error_message=_("A consent can't be withdrawn before it was given."),
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-given_at", "-id"], name="consent_of_customer"),
            models.Index(fields=["-given_at", "-id"], name="consent_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("withdrawn_once", "OLD.withdrawn_at IS NOT NULL", "withdrawn_at"),
            pgtrigger.Protect(
                name="only_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["withdrawn_at", "customer"]),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.get_channel_display()}"
