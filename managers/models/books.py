"""Who looks after a customer, as what, and from when to when."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Reach
from customers.models import Customer
from managers.books.querysets import AssignmentQuerySet


class Assignment(models.Model):
    """`since` inclusive, `until` the first day no longer in it. Primaries follow `Customer.manager` (books/keeping.py)."""

    class Role(models.TextChoices):
        PRIMARY = "primary", pgettext_lazy("a manager", "Primary")
        BACKUP = "backup", pgettext_lazy("a manager", "Backup")
        SPONSOR = "sponsor", _("Executive sponsor")

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="assignments", verbose_name=_("customer"), db_index=False
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("manager"),
        db_index=False,
    )
    role = models.CharField(pgettext_lazy("an assignment", "as"), max_length=7, choices=Role)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True, db_default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned by"),
        db_index=False,
    )
    made_at = models.DateTimeField(_("assigned at"))
    reach = models.OneToOneField(Reach, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["customer", "role", "-since"]
        constraints = [
            ExclusionConstraint(
                name="assignment_one_per_day",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Somebody else looks after the customer in this role on some of these days."),
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="assignment_not_empty"),
        ]
        indexes = [
            models.Index(fields=["customer", "role", "-since"], name="assignment_of_customer"),
            models.Index(fields=["manager", "role", "customer"], condition=Q(until=None), name="assignment_of_book"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.manager}"
