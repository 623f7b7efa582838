"""What was found spoilt, who confirmed it, and what of it was taken back."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.cards import CardOrder
from customers.models.moving import said_once
from customers.querysets.cards import SpoilageQuerySet

ACTS = ("confirmed", "taken_back", "put_back")


class Spoilage(models.Model):
    """Blanks, or a printed card, that somebody found spoilt. It counts once a second person has seen it.

    Taken back it counts no more: unconfirmed at once, confirmed blanks once another person has put them back.
    """

    stock = models.ForeignKey("customers.BlankStock", models.PROTECT, related_name="spoilages", verbose_name=_("stock"))
    order = models.ForeignKey(
        CardOrder, models.PROTECT, null=True, blank=True, related_name="spoilages", verbose_name=_("card order")
    )
    quantity = models.PositiveIntegerField(_("quantity"))
    reason = models.CharField(_("reason"), max_length=300)
    reported_at = models.DateTimeField(pgettext_lazy("spoilt cards", "reported"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reported by"), db_index=False
    )
    confirmed_at = models.DateTimeField(pgettext_lazy("spoilt cards", "confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
        db_index=False,
    )
    taken_back_at = models.DateTimeField(pgettext_lazy("spoilt cards", "taken back"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
        db_index=False,
    )
    taken_back_reason = models.CharField(_("reason for taking it back"), max_length=300, blank=True, default="")
    put_back_at = models.DateTimeField(pgettext_lazy("spoilt cards", "put back"), null=True, blank=True)
    put_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("put back by"),
        db_index=False,
    )

    objects = SpoilageQuerySet.as_manager()

    class Meta:
        verbose_name = _("spoilage")
        verbose_name_plural = _("spoilages")
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1) & ~Q(reason=""), name="spoilage_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("reported_by")), name="spoilage_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="spoilage_confirmation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_reason="")
                | (Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_reason="")),
                name="spoilage_taking_back_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(put_back_at=None, put_back_by=None)
                | Q(put_back_at__isnull=False, put_back_by__isnull=False, taken_back_at__isnull=False)
                & Q(confirmed_at__isnull=False),
                name="spoilage_putting_back_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(put_back_by=None) | ~Q(put_back_by=F("taken_back_by")),
                name="spoilage_put_back_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(order=None) | Q(confirmed_at=None) | Q(taken_back_at=None),
                name="spoilage_confirmed_card_stays",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(taken_back_at=None), name="spoilage_of_order_stands_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("confirmed_once", "OLD.confirmed_at IS NOT NULL", "confirmed_at", "confirmed_by_id"),
            said_once(
                "taken_back_once",
                "OLD.taken_back_at IS NOT NULL",
                *("confirmed_at", "confirmed_by_id", "taken_back_at", "taken_back_by_id", "taken_back_reason"),
            ),
            said_once("put_back_once", "OLD.put_back_at IS NOT NULL", "put_back_at", "put_back_by_id"),
            pgtrigger.Protect(
                name="only_judged",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=[f"{act}_{what}" for act in ACTS for what in ("at", "by")] + ["taken_back_reason"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.stock}"

    @property
    def is_blanks_standing(self) -> bool:
        return self.order_id is None and self.taken_back_at is None
