"""Every print of a statement of account: a copy is known as one, at any branch."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.base.money import MoneyField
from crm.identity.models import Branch
from customers.models.accounts import Account
from customers.models.parties import Customer
from customers.querysets.parties import OfCustomerQuerySet


class StatementPrint(models.Model):
    """The statement of an account from `since` through `until`, printed for one of its owners.

    `copy` is 0 for the first print of an account and period, then 1, 2, ...; `digest` tells whether a copy says what the
    first print said. The money is in the account's currency.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("account"), db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False)
    since = models.DateField(_("from"))
    until = models.DateField(_("through"))
    language = models.CharField(_("language"), max_length=10)
    copy = models.PositiveIntegerField(_("copy"))
    lines = models.PositiveIntegerField(_("lines"))
    opening = MoneyField(_("opening balance"))
    closing = MoneyField(_("closing balance"))
    digest = models.CharField(max_length=64, editable=False)
    printed_at = models.DateTimeField(_("printed"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="+", verbose_name=_("branch"))

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("printed statement")
        verbose_name_plural = _("printed statements")
        ordering = ["-printed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "since", "until", "copy"], name="statement_copy_once"),
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="statement_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["customer", "-printed_at", "-id"], name="statement_of_customer"),
            models.Index(fields=["-printed_at", "-id"], name="statement_newest"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The print number, which stands on each page."""
        return f"S{self.pk:08}"

    @property
    def mark(self) -> str:
        return gettext("Copy %(number)s") % {"number": self.copy} if self.copy else gettext("Original")
