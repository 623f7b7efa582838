"""What everybody who deals with a customer must know first, and what it forbids."""

from collections.abc import Mapping
from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from customers.models.consents import Purpose
from customers.models.moving import moves_with_merges
from customers.models.parties import Customer
from customers.querysets.contacting import FlagQuerySet


class Flag(models.Model):
    """`since` is inclusive, `until` the first day on which it no longer holds. `source` says where it comes from."""

    class Kind(models.TextChoices):
        DO_NOT_CONTACT = "do_not_contact", _("Do not contact")
        COURT_FREEZE = "court_freeze", _("Frozen by a court")
        FRAUD_CASE = "fraud_case", _("Fraud case")
        OPEN_COMPLAINT = "open_complaint", _("Open complaint")
        VULNERABLE = "vulnerable", _("Vulnerable")
        MINOR = "minor", _("Minor or under guardianship")
        BEREAVEMENT = "bereavement", _("Bereavement")

    # for what nobody is contacted while the flag holds
    FORBIDS: Mapping[str, tuple[Purpose, ...]] = {
        Kind.DO_NOT_CONTACT: (Purpose.MARKETING, Purpose.SURVEY),
        Kind.COURT_FREEZE: (Purpose.MARKETING,),
        Kind.FRAUD_CASE: (Purpose.MARKETING, Purpose.SURVEY),
        Kind.OPEN_COMPLAINT: (Purpose.MARKETING,),
        Kind.MINOR: (Purpose.MARKETING, Purpose.SURVEY),
        Kind.BEREAVEMENT: (Purpose.MARKETING, Purpose.SURVEY),
    }

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="flags", verbose_name=_("customer"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind"], condition=Q(until=None), name="flag_one_open"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="flag_ends_after_start",
                violation_error_message=_("A flag can't end before it starts."),
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "kind", "since"], name="flag_of_customer"),
            models.Index(fields=["-since", "-id"], name="flag_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["until", "customer"]),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)

    @classmethod
    def forbidding(cls, purpose: str) -> list[str]:
        """The kinds that forbid a purpose, in their order."""
        return [str(kind) for kind in cls.Kind if purpose in cls.FORBIDS.get(kind, ())]
