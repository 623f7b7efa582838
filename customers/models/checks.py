"""When a field of a customer was last confirmed, and whether it is to be asked at the next contact."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models.moving import moves_with_merges
from customers.models.parties import Customer
from customers.querysets.parties import OfCustomerQuerySet


class FieldCheck(models.Model):
    """A row for each field that somebody confirmed or wants to have asked; what was never either has none.

    `field` is a name of customers/completeness/fields.py.
    """

    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="field_checks", verbose_name=_("customer"), db_index=False
    )
    field = models.CharField(_("field"), max_length=24)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    asked_at = models.DateTimeField(_("to be asked since"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        db_index=False,
    )

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a field")
        verbose_name_plural = _("checks of fields")
        constraints = [
            models.UniqueConstraint(fields=["customer", "field"], name="field_check_once"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=False) | Q(asked_at__isnull=False), name="field_check_says_something"
            ),
        ]
        triggers = [moves_with_merges()]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.field}"
