"""The voice of the customer: what they want of a product, and whether they get it here."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.accounts import Product
from customers.models.contacts import Interaction
from customers.models.moving import moves_with_merges, said_once
from customers.models.parties import Customer
from customers.querysets.needs import NeedQuerySet


class Need(models.Model):
    """Noted once and never changed: one that was wrong is withdrawn. `family` is the product's, where one is named."""

    class Wish(models.TextChoices):
        PRICE = "price", _("Better rate or fee")
        LIMIT = "limit", _("Higher limit or amount")
        TERM = "term", _("Other term or easier exit")
        NEW = "new", _("A product we do not have")
        SPEED = "speed", _("Faster or with less paper")
        DIGITAL = "digital", _("Online or in the app")
        ADVICE = "advice", _("Advice or clearer information")

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="needs", verbose_name=_("customer"), db_index=False
    )
    interaction = models.ForeignKey(
        Interaction, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("interaction")
    )
    family = models.CharField(_("product family"), max_length=12, choices=Product.Family)
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product"), db_index=False
    )
    wish = models.CharField(_("what is wanted"), max_length=8, choices=Wish)
    is_met = models.BooleanField(pgettext_lazy("a need", "met here"))
    met_by = models.CharField(_("met by whom else"), max_length=80, blank=True)
    quote = models.CharField(_("in the customer's words"), max_length=300, blank=True)
    noted_at = models.DateTimeField(_("noted"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    withdrawn_at = models.DateTimeField(pgettext_lazy("a need", "withdrawn"), null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer need")
        verbose_name_plural = _("customer needs")
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_met=False) | Q(met_by=""), name="need_met_here_or_elsewhere"),
        ]
        indexes = [
            models.Index(fields=["-noted_at", "-id"], name="need_newest"),
            models.Index(fields=["customer", "-noted_at", "-id"], name="need_of_customer"),
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
        return f"{self.product or self.get_family_display()}: {self.get_wish_display()}"
