"""How a customer came to the bank, and forms for new ones that somebody has begun."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.crypto import EncryptedTextField
from customers.models.moving import moves_with_merges
from customers.models.parties import Customer
from customers.querysets.parties import OfCustomerQuerySet
from customers.querysets.registrations import DraftQuerySet


class Origin(models.Model):
    """Said once, when the customer is registered; `referred_by` is the customer who brought them."""

    class How(models.TextChoices):
        WALK_IN = "walk_in", _("Walked in")
        REFERRAL = "referral", _("Brought by a customer")
        STAFF = "staff", _("Brought by a colleague")
        CAMPAIGN = "campaign", _("A campaign")
        EVENT = "event", _("An event")
        ONLINE = "online", _("Online")
        PAYROLL = "payroll", _("Payroll of an employer")

    customer = models.OneToOneField(Customer, models.PROTECT, related_name="origin", verbose_name=_("customer"))
    how = models.CharField(pgettext_lazy("a customer", "came by"), max_length=12, choices=How)
    referred_by = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="referrals", verbose_name=_("brought by")
    )
    said_on = models.DateField(_("said on"))

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of a customer")
        verbose_name_plural = _("sources of customers")
        constraints = [
            models.CheckConstraint(
                condition=Q(how="referral") | Q(referred_by=None), name="origin_only_a_referral_names_a_customer"
            ),
            models.CheckConstraint(condition=~Q(referred_by=F("customer")), name="origin_is_somebody_else"),
        ]
        triggers = [moves_with_merges()]

    def __str__(self) -> str:
        return str(self.get_how_display())


class RegistrationDraft(models.Model):
    """A form for a new customer as far as it was typed, encrypted: whoever typed it sees it, nobody else, for KEPT_DAYS."""

    KEPT_DAYS = 30

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("by"))
    kind = models.CharField(_("kind"), max_length=12, choices=Customer.Kind)
    typed = EncryptedTextField(_("typed"))
    begun_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a customer")
        verbose_name_plural = _("drafts of customers")
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["changed_at"], name="registration_draft_age")]

    def __str__(self) -> str:
        return str(self.pk)
