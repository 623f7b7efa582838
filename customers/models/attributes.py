"""What a bank wants to know of its customers that no field of ours is for: declared once, kept typed, one row for each value."""

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from customers.models.moving import said_once
from customers.models.parties import Customer
from customers.querysets.attributes import AttributeQuerySet, AttributeValueQuerySet

PREFIX = "attribute_"
CODE = r"^[a-z][a-z0-9_]{0,38}$"
CELLS = ("text", "number", "day", "truth")


class Attribute(models.Model):
    """`code` and `type` never change: rules and files name them. `words` are those of a choice, {code, label, label_zh}.

    A retired one is offered nowhere any more; what is kept under it stays, and rules that use it go on. A deleted one is as if it
    were not there, and gone once a worker has taken its values away.
    """

    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", pgettext_lazy("type of a field", "Number")
        MONEY = "money", _("Money")
        DATE = "date", _("Date")
        BOOLEAN = "boolean", _("Yes or no")
        CHOICE = "choice", _("Choice")

    class Sensitivity(models.TextChoices):
        BUSINESS = "business", _("Business figure")
        PERSONAL = "personal", _("Personal data")
        PROTECTED = "protected", _("Protected from discrimination")

    CELL = {
        Type.TEXT: "text", Type.CHOICE: "text", Type.NUMBER: "number", Type.MONEY: "number", Type.DATE: "day",
        Type.BOOLEAN: "truth",
    }  # fmt: skip

    code = models.CharField(
        _("code"), max_length=39, unique=True,
        validators=[RegexValidator(CODE, _("Small Latin letters, digits and _, beginning with a letter."))],
    )  # fmt: skip
    label = models.CharField(_("name in English"), max_length=80)
    label_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    type = models.CharField(_("type"), max_length=8, choices=Type)
    sensitivity = models.CharField(_("sensitivity"), max_length=9, choices=Sensitivity, default=Sensitivity.PERSONAL)
    may_set_prices = models.BooleanField(_("may set prices"), default=False)
    words = models.JSONField(_("words"), default=list, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"),
        db_index=False,
    )  # fmt: skip
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    deleted_at = models.DateTimeField(pgettext_lazy("an attribute", "deleted"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AttributeQuerySet.as_manager()

    class Meta:
        verbose_name = _("custom attribute")
        verbose_name_plural = _("custom attributes")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(may_set_prices=False) | Q(sensitivity="business"),
                name="attribute_of_a_person_sets_no_price",
                violation_error_message=_("Only a business figure may set prices."),
            ),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="attribute_code_is_a_word"),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(retired_at__isnull=False), name="attribute_deleted_is_retired"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="stays_what_it_is", operation=pgtrigger.Update, condition=pgtrigger.AnyChange("code", "type")
            ),
            said_once("deleted_for_good", "OLD.deleted_at IS NOT NULL", "deleted_at", "retired_at"),
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """Its name in the reader's language."""
        return self.label_zh if self.label_zh and str(get_language()).startswith("zh") else self.label

    @property
    def field(self) -> str:
        """What files and rules call it."""
        return PREFIX + self.code

    @property
    def cell(self) -> str:
        """The column of the values in which its own stand."""
        return self.CELL[self.Type(self.type)]

    @property
    def choices(self) -> list[tuple[str, str]]:
        is_zh = str(get_language()).startswith("zh")
        return [(word["code"], (is_zh and word.get("label_zh")) or word["label"]) for word in self.words]


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pghistory.AnyChange(*CELLS)),
    pghistory.DeleteEvent(),
    append_only=True,
)
class AttributeValue(models.Model):
    """One value of a customer, in the column of its type; what is not known has no row."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="attribute_values", verbose_name=_("customer"))
    attribute = models.ForeignKey(
        Attribute, models.PROTECT, related_name="values", verbose_name=_("custom attribute"), db_index=False
    )
    text = models.CharField(_("text"), max_length=200, null=True, blank=True)
    number = models.DecimalField(
        pgettext_lazy("type of a field", "number"), max_digits=24, decimal_places=4, null=True, blank=True
    )
    day = models.DateField(_("date"), null=True, blank=True)
    truth = models.BooleanField(_("yes or no"), null=True, blank=True)

    objects = AttributeValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value of a custom attribute")
        verbose_name_plural = _("values of custom attributes")
        ordering = ["attribute", "customer"]
        constraints = [
            models.UniqueConstraint(fields=["attribute", "customer"], name="attribute_value_once"),
            models.CheckConstraint(
                condition=Q(text__isnull=False, number=None, day=None, truth=None)
                | Q(text=None, number__isnull=False, day=None, truth=None)
                | Q(text=None, number=None, day__isnull=False, truth=None)
                | Q(text=None, number=None, day=None, truth__isnull=False),
                name="attribute_value_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.attribute_id}"

    @property
    def value(self) -> Any:
        return getattr(self, self.attribute.cell)
