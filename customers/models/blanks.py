"""Blank cards of a branch: every one that came or went, and what is left. Never less than none, by the database."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Branch
from customers.models.cards import CardDesign, CardOrder
from customers.models.spoilages import Spoilage
from customers.querysets.cards import BlankMovementQuerySet, BlankStockQuerySet

CARRIED = """
UPDATE customers_blankstock SET balance = balance + NEW.change WHERE id = NEW.stock_id
RETURNING balance INTO NEW.balance_after;
RETURN NEW;
"""


class BlankStock(models.Model):
    """`balance` is the sum of the movements: they alone write it, by trigger."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+", verbose_name=_("branch"))
    design = models.ForeignKey(CardDesign, models.PROTECT, related_name="+", verbose_name=_("design"), db_index=False)
    balance = models.IntegerField(pgettext_lazy("blank cards", "left"), default=0, db_default=0)

    objects = BlankStockQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock of blank cards")
        verbose_name_plural = _("stocks of blank cards")
        ordering = ["branch__path", "design"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "design"], name="blank_stock_once"),
            models.CheckConstraint(
                condition=Q(balance__gte=0),
                name="blank_stock_never_below_zero",
                violation_error_message=_("So many blank cards are not there."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="by_movements_alone",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("pg_trigger_depth() = 0 AND OLD.* IS DISTINCT FROM NEW.*"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.design} · {self.branch}"


class BlankMovement(models.Model):
    """`change` is signed; `balance_after` is what was left after it. A sent lot is answered by the one that arrived."""

    class Kind(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("blank cards", "Received")
        USED = "used", pgettext_lazy("blank cards", "Used")
        SPOILT = "spoilt", pgettext_lazy("blank cards", "Spoilt")
        COUNTED = "counted", pgettext_lazy("blank cards", "Counted")
        SENT = "sent", pgettext_lazy("blank cards", "Sent to a branch")
        PUT_BACK = "put_back", pgettext_lazy("blank cards", "Put back")

    stock = models.ForeignKey(
        BlankStock, models.PROTECT, related_name="movements", verbose_name=_("stock"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    change = models.IntegerField(pgettext_lazy("blank cards", "change"))
    balance_after = models.IntegerField(pgettext_lazy("blank cards", "left after it"), default=0, editable=False)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    order = models.ForeignKey(
        CardOrder, models.PROTECT, null=True, blank=True, related_name="movements", verbose_name=_("card order")
    )
    spoilage = models.ForeignKey(
        Spoilage, models.PROTECT, null=True, blank=True, related_name="movements", verbose_name=_("spoilage")
    )
    to = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to branch"), db_index=False
    )
    answers = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="answered", verbose_name=_("sent lot")
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects = BlankMovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("movement of blank cards")
        verbose_name_plural = _("movements of blank cards")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="received", change__gte=0)
                | Q(kind="sent", change__lt=0, to__isnull=False)
                | Q(kind="used", change__in=[-1, 1], order__isnull=False)
                | Q(kind="spoilt", change__lt=0, spoilage__isnull=False)
                | Q(kind="put_back", change__gt=0, spoilage__isnull=False)
                | Q(kind="counted"),
                name="blank_movement_has_its_sign",
            ),
            models.UniqueConstraint(fields=["order", "kind", "change"], name="blank_movement_once_per_order"),
            models.UniqueConstraint(
                fields=["spoilage"], condition=Q(kind="put_back"), name="blank_movement_put_back_once"
            ),
        ]
        indexes = [
            models.Index(fields=["stock", "-at", "-id"], name="blank_movement_of_stock"),
            models.Index(fields=["to"], condition=Q(kind="sent"), name="blank_movement_sent_to"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(name="carried", when=pgtrigger.Before, operation=pgtrigger.Insert, func=CARRIED),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.change:+}"

    @property
    def sent_count(self) -> int:
        """How many are on their way, of a lot that was sent."""
        return -self.change
