"""Who is about to reach another tier, or to lose the one they stand in, by the figures of the published date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.money import CurrencyField, MoneyField
from customers.models import Customer
from customers.querysets.parties import OfCustomerQuerySet
from segmentation.models.schemes import Tier


class NearTier(models.Model):
    """`tier` is the one to be reached or lost at the review that lets it begin or end on `falls_on`; `missing` is how much more of
    the scheme's measure reaches or keeps it, 0 where the figures do already, None where no amount does. Reckoned anew for each date.
    """

    class Direction(models.TextChoices):
        UP = "up", _("Up")
        DOWN = "down", _("Down")

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="near_tiers", verbose_name=_("customer"), db_index=False,
        db_constraint=False,
    )  # fmt: skip
    direction = models.CharField(_("direction"), max_length=4, choices=Direction)
    tier = models.ForeignKey(
        Tier, models.PROTECT, related_name="+", verbose_name=_("tier"), db_index=False, db_constraint=False
    )
    measure = models.CharField(_("measure"), max_length=64)
    missing = MoneyField(_("missing"), null=True)
    currency = CurrencyField(_("currency"))
    falls_on = models.DateField(_("from"))
    as_of = models.DateField(_("data date"))

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier within reach")
        verbose_name_plural = _("tiers within reach")
        ordering = ["falls_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["customer", "direction"], name="near_tier_once")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.direction} {self.tier_id}"
