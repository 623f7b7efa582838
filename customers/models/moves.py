"""That an address changed, whoever wrote it: noted by the database, without the address."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.parties import Customer
from customers.querysets.parties import OfCustomerQuerySet

NOTES = "INSERT INTO customers_addresschange (customer_id, at) VALUES (NEW.customer_id, now()); RETURN NULL;"


class AddressChange(models.Model):
    """One address became another one. The first one that is known, and one that is taken away, is no move."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", verbose_name=_("customer"), db_index=False)
    at = models.DateTimeField(_("at"))

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of address")
        verbose_name_plural = _("changes of address")
        indexes = [models.Index(fields=["at"], name="address_change_at")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.at:%Y-%m-%d}"


def notes_moves() -> pgtrigger.Trigger:
    """For contact data: the hash tells that the address is another one, and not merely sealed anew."""
    return pgtrigger.Trigger(
        name="notes_moves",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__address_hash__isnull=False, new__address_hash__isnull=False)
        & pgtrigger.Q(old__address_hash__df=pgtrigger.F("new__address_hash")),
        func=NOTES,
    )
