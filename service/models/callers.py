"""Somebody who speaks to the bank without being a customer that it knows, and for whom they may speak."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.crypto import EncryptedTextField
from customers import masking
from customers.models import Customer
from customers.models.moving import moves_with_merges
from service.callers.querysets import CallerQuerySet, MandateQuerySet


def _person(label: Any, **more: Any) -> models.ForeignKey:
    options: dict[str, Any] = {"related_name": "+", "verbose_name": label, "db_index": False} | more
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, **options)


class Caller(models.Model):
    """All that tells who it is, is encrypted: nothing where they stay anonymous, nor once it is forgotten (callers/keeping.py).

    `customer` is whom they were found to be.
    """

    name = EncryptedTextField(_("name"), default="", blank=True)
    phone = EncryptedTextField(_("phone"), default="", blank=True)
    email = EncryptedTextField(_("e-mail"), default="", blank=True)
    phone_hash = models.BinaryField(null=True, editable=False)
    email_hash = models.BinaryField(null=True, editable=False)
    is_anonymous = models.BooleanField(_("stays anonymous"), default=False)
    noted_by = _person(_("noted by"))
    noted_at = models.DateTimeField(_("noted"))
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("found to be the customer")
    )
    joined_at = models.DateTimeField(_("found out"), null=True, blank=True)
    joined_by = _person(_("found out by"), null=True, blank=True)
    forgotten_on = models.DateField(_("forgotten on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CallerQuerySet.as_manager()

    class Meta:
        verbose_name = _("caller who is no customer")
        verbose_name_plural = _("callers who are no customers")
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(customer=None, joined_at=None, joined_by=None)
                | Q(customer__isnull=False, joined_at__isnull=False, joined_by__isnull=False),
                name="caller_joined_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_anonymous=False, forgotten_on=None) | Q(phone_hash=None, email_hash=None),
                name="caller_nobody_is_not_found",
            ),
        ]
        indexes = [
            models.Index(fields=["-noted_at", "-id"], name="caller_newest"),
            models.Index(fields=["phone_hash"], condition=Q(phone_hash__isnull=False), name="caller_by_phone"),
            models.Index(fields=["email_hash"], condition=Q(email_hash__isnull=False), name="caller_by_email"),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete), moves_with_merges(from_nobody=True)]

    def __str__(self) -> str:
        """No name: this stands in the trail."""
        return f"N{self.pk:08}"

    @property
    def who(self) -> str:
        """For who may see them."""
        if self.is_anonymous:
            return _t("Anonymous")
        return self.name or masking.phone(self.phone) or masking.email(self.email) or str(self)


class Mandate(models.Model):
    """A power of attorney: the holder speaks for the customer, for what it says, from `since` until the day before `until`."""

    class Scope(models.TextChoices):
        ASK = "ask", pgettext_lazy("a mandate", "Ask and be told")
        REQUEST = "request", pgettext_lazy("a mandate", "Request services")
        COMPLAIN = "complain", pgettext_lazy("a mandate", "Complain")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"))
    holder = models.ForeignKey(
        Caller, models.PROTECT, related_name="mandates", verbose_name=pgettext_lazy("a power of attorney", "holder")
    )
    scopes = ArrayField(models.CharField(max_length=8, choices=Scope), verbose_name=pgettext_lazy("a mandate", "for"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    paper = models.CharField(_("number of the paper"), max_length=80)
    noted_by = _person(_("noted by"))
    noted_at = models.DateTimeField(_("noted"))
    ended_at = models.DateTimeField(pgettext_lazy("a mandate", "revoked"), null=True, blank=True)
    ended_by = _person(_("revoked by"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("power of attorney")
        verbose_name_plural = _("powers of attorney")
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["-noted_at", "-id"], name="mandate_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="mandate_not_empty"),
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="mandate_is_for_something"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="mandate_revoked_is_whole",
            ),
            ExclusionConstraint(
                name="mandate_one_a_day",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("holder", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None),
                violation_error_message=_("They may speak for this customer on some of these days already."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="said_at_first",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("holder", "scopes", "since", "until", "noted_by", "noted_at"),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return str(self.paper)

    @property
    def scopes_said(self) -> str:
        return ", ".join(str(self.Scope(each).label) for each in self.scopes)
