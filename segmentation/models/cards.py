"""The gold card of a customer: in which state it is, day by day."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from segmentation.models.apart import apart
from segmentation.standards.querysets import GoldCardQuerySet


class GoldCard(models.Model):
    """`since` inclusive, `until` the first day no longer in the state. Who never had a card has no row.

    Written by the night as tiers change, and by hand when a card is lost and found. A day has one state, the last.
    """

    class State(models.TextChoices):
        ISSUED = "issued", pgettext_lazy("a card", "Issued")
        VALID = "valid", pgettext_lazy("a card", "Valid")
        SUSPENDED = "suspended", pgettext_lazy("a card", "Suspended")
        WITHDRAWN = "withdrawn", pgettext_lazy("a card", "Withdrawn")

    class Cause(models.TextChoices):
        """Why it came into the state. LOSS is about the plastic alone; FROZEN and WATCH are the standards'."""

        ENTITLED = "entitled", _("Entitled")
        ENDED = "ended", _("The entitlement ended")
        FROZEN = "frozen", _("The customer or their money is frozen")
        WATCH = "watch", _("On watch")
        LOSS = "loss", _("Reported lost")

    RULED = (Cause.FROZEN, Cause.WATCH)

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="+", db_index=False, db_constraint=False, verbose_name=_("customer")
    )
    state = models.CharField(_("state"), max_length=10, choices=State)
    cause = models.CharField(_("cause"), max_length=10, choices=Cause)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = GoldCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("gold card")
        verbose_name_plural = _("gold cards")
        ordering = ["customer", "-since"]
        constraints = [
            ExclusionConstraint(
                name="gold_card_ended_apart",
                condition=Q(until__isnull=False),
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(
                fields=["customer"], condition=Q(until=None), include=["state", "cause"], name="gold_card_one_open"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="gold_card_not_empty"),
        ]
        triggers = apart(
            table="segmentation_goldcard",
            key=("customer_id",),
            sentence="a gold card has one state per day",
            constraint="gold_card_one_state_per_day",
            name="one_state_per_day",
        )
        indexes = [
            models.Index(fields=["customer", "-since"], name="gold_card_of_customer"),
            models.Index(fields=["-since", "-id"], name="gold_card_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.state} {self.since}"
