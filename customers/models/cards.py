"""A card that is made while the customer waits. The number is the core's: the last four digits are kept, never the whole."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Branch
from customers.models.accounts import Account
from customers.models.moving import moves_with_merges, said_once
from customers.models.parties import Customer
from customers.querysets.cards import CardOrderQuerySet

EMBOSSED = r"^[A-Z][A-Z .'/-]{0,24}[A-Z.]$"


class CardDesign(models.Model):
    """What a blank looks like, and which card it becomes. A gold one is for who is entitled to it."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80)
    is_gold = models.BooleanField(_("for holders of the gold card"), default=False)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("card design")
        verbose_name_plural = _("card designs")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class CardOrder(models.Model):
    """`embossed_name` as the customer read and confirmed it (ISO/IEC 7813: Latin capitals, 2 to 26). `branch` prints it.

    `slip` names the paper that the customer signed.
    """

    class State(models.TextChoices):
        ORDERED = "ordered", pgettext_lazy("a card", "Ordered")
        PRINTED = "printed", pgettext_lazy("a card", "Printed")
        HANDED_OVER = "handed_over", pgettext_lazy("a card", "Handed over")
        SPOILT = "spoilt", pgettext_lazy("a card", "Spoilt")
        CANCELLED = "cancelled", pgettext_lazy("a card", "Cancelled")

    OPEN = (State.ORDERED, State.PRINTED)

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="card_orders", verbose_name=_("customer"), db_index=False
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("account"))
    design = models.ForeignKey(CardDesign, models.PROTECT, related_name="+", verbose_name=_("design"), db_index=False)
    embossed_name = models.CharField(_("embossed name"), max_length=26)
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+", verbose_name=_("branch"), db_index=False)
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.ORDERED, db_default=State.ORDERED)
    ordered_at = models.DateTimeField(pgettext_lazy("a card", "ordered"))
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ordered by"), db_index=False
    )
    last_four = models.CharField(_("last four digits"), max_length=4, blank=True)
    core_reference = models.CharField(_("reference of the core"), max_length=40, blank=True)
    printed_at = models.DateTimeField(pgettext_lazy("a card", "printed"), null=True, blank=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("printed by"),
        db_index=False,
    )
    slip = models.CharField(_("signed slip"), max_length=40, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("a card", "closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
        db_index=False,
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CardOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("card order")
        verbose_name_plural = _("card orders")
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "account", "design"],
                condition=Q(state__in=["ordered", "printed"]),
                name="card_order_one_open",
                violation_error_message=_("Such a card is on order already."),
            ),
            models.CheckConstraint(condition=Q(embossed_name__regex=EMBOSSED), name="card_order_name_can_be_embossed"),
            models.CheckConstraint(
                condition=Q(last_four="") | Q(last_four__regex="^[0-9]{4}$"), name="card_order_last_four_only"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ordered", "cancelled"], printed_at=None, printed_by=None, last_four="")
                | (Q(state__in=["printed", "handed_over", "spoilt"], printed_at__isnull=False) & ~Q(last_four="")),
                name="card_order_printing_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ordered", "printed"], closed_at=None, closed_by=None)
                | (Q(state="handed_over", closed_at__isnull=False, closed_by__isnull=False) & ~Q(slip=""))
                | (
                    Q(state__in=["spoilt", "cancelled"], closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(reason="")
                ),
                name="card_order_closing_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["-ordered_at", "-id"], name="card_order_newest"),
            models.Index(fields=["customer", "-ordered_at"], name="card_order_of_customer"),
            models.Index(fields=["branch"], condition=Q(state__in=["ordered", "printed"]), name="card_order_queue"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("printed_once", "OLD.printed_at IS NOT NULL", "printed_at", "printed_by_id", "last_four"),
            said_once("closed_once", "OLD.closed_at IS NOT NULL", "state", "closed_at", "closed_by_id", "slip"),
            pgtrigger.Protect(
                name="what_was_ordered_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "account", "design", "embossed_name", "branch", "ordered_at", "ordered_by"
                ),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"K{self.pk:08}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def number(self) -> str:
        return str(self)
