"""Which products are offered, and to whom they may be. A published version never changes: by trigger."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from customers.models import Product
from segmentation.models import four_eyes
from segmentation.next_product.querysets import OfferQuerySet


class ProductOffer(models.Model):
    """A version of the offer of a product: `content` as in a policy file, in force until the next one's first day."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"), db_index=False)
    number = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("effective from"))
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("product offer")
        verbose_name_plural = _("product offers")
        ordering = ["product", "-effective_from", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="product_offer_number_once"),
            models.UniqueConstraint(fields=["product", "effective_from"], name="product_offer_one_per_day"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("product_offer", also=True),
        ]

    def __str__(self) -> str:
        return f"{self.product} v{self.number}"
