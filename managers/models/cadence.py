"""How often the bank speaks with the customers of a tier, and when it is due with each. A published plan never changes."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvals.models import Proposal
from customers.models import Customer
from managers.cadence.querysets import ContactPlanQuerySet, DueContactQuerySet
from segmentation.models import Tier, four_eyes


class ContactPlan(models.Model):
    """A version: `content` says a line per tier (cadence/plan.py), in force until the next one's first day."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    effective_from = models.DateField(_("effective from"), unique=True)
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ContactPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact plan")
        verbose_name_plural = _("contact plans")
        ordering = ["-effective_from"]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("contact_plan", also=True, late=True),
        ]

    def __str__(self) -> str:
        return _("Contact plan v%(number)s") % {"number": self.number}


class DueContact(models.Model):
    """What the plan in force asks for a customer, and by when: follows from contacts, tiers and books (cadence/due.py).

    `due_on` is a business day. Without `last_at` it is counted from the day since which the tier or the manager holds. `days_late`
    after that contact somebody logged it, where that was late.
    """

    class What(models.TextChoices):
        CONTACT = "contact", pgettext_lazy("a plan", "Contact")
        EXECUTIVE = "executive", _("Visit of an executive")
        SITE = "site", _("Site visit")

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="due_contacts", verbose_name=_("customer"), db_index=False,
        db_constraint=False,
    )  # fmt: skip
    what = models.CharField(pgettext_lazy("a plan", "what"), max_length=9, choices=What)
    tier = models.ForeignKey(
        Tier, models.PROTECT, related_name="+", verbose_name=_("tier"), db_index=False, db_constraint=False
    )
    last_at = models.DateTimeField(_("last time"), null=True)
    days_late = models.PositiveIntegerField(_("days until it was logged"), null=True)
    due_on = models.DateField(pgettext_lazy("a contact", "due on"))
    is_doubled = models.BooleanField(_("twice as often"), default=False, db_default=False)

    objects = DueContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact due")
        verbose_name_plural = _("contacts due")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "what"], name="due_contact_once"),
            models.CheckConstraint(
                condition=Q(days_late=None) | Q(last_at__isnull=False), name="due_contact_late_with_a_contact"
            ),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="due_contact_first")]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.due_on}"
