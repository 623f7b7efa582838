"""What somebody is to reach in a period: a manager, a team or a branch with all below it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import CurrencyField
from crm.identity.models import Branch, Team
from customers.models import Product
from managers.targets.querysets import TargetQuerySet


class Target(models.Model):
    """`since` inclusive, `until` the first day after. `amount` is money in `currency`, or a count, whose currency is ""."""

    class Kind(models.TextChoices):
        WON_AMOUNT = "won_amount", _("Opportunities won, amount")
        WON_COUNT = "won_count", _("Opportunities won, count")
        NET_NEW_MONEY = "net_new_money", _("Net new money")
        NEW_CUSTOMERS = "new_customers", _("New customers")

    MONEY = (Kind.WON_AMOUNT, Kind.NET_NEW_MONEY)
    OF_PRODUCTS = (Kind.WON_AMOUNT, Kind.WON_COUNT)

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("manager"),
        db_index=False,
    )  # fmt: skip
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team"), db_index=False
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("branch"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product"), db_index=False,
        help_text=_("Empty: all products."),
    )  # fmt: skip
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    amount = models.DecimalField(pgettext_lazy("of a period", "target"), max_digits=20, decimal_places=4)
    currency = CurrencyField(_("currency"), blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set by"), db_index=False
    )
    set_at = models.DateTimeField(pgettext_lazy("a target", "set"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a period", "target")
        verbose_name_plural = pgettext_lazy("of a period", "targets")
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(manager__isnull=False, team=None, branch=None)
                | Q(manager=None, team__isnull=False, branch=None)
                | Q(manager=None, team=None, branch__isnull=False),
                name="target_is_of_one",
            ),
            models.UniqueConstraint(
                fields=["manager", "team", "branch", "kind", "product", "since", "until"],
                name="target_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since"), amount__gt=0), name="target_is_something"),
            models.CheckConstraint(
                condition=Q(kind__in=("won_amount", "won_count")) | Q(product=None),
                name="target_of_products_is_of_sales",
            ),
        ]
        indexes = [models.Index(fields=["-since", "-id"], name="target_newest")]

    def __str__(self) -> str:
        return f"{self.whom}: {self.get_kind_display()}"

    @property
    def whom(self) -> str:
        return str(self.manager or self.team or self.branch)
