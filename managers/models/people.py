"""Relationship managers as those who carry books: what each can carry, and when they are away."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Reach, User
from customers.models import Product
from managers.books.querysets import AbsenceQuerySet, ManagerQuerySet


class Manager(User):
    """A user with the role, and with what the annotations of the queryset tell of their book."""

    objects = ManagerQuerySet.as_manager()  # type: ignore[assignment, misc]
    book: dict[str, int] | None  # by the annotation

    class Meta:
        proxy = True
        verbose_name = _("relationship manager")
        verbose_name_plural = _("relationship managers")
        ordering = ["name", "pk"]

    def _told(self, name: str) -> int:
        return (self.book or {}).get(name, 0)

    @property
    def customers(self) -> int:
        """In the book."""
        return self._told("customers")

    @property
    def managed(self) -> int:
        """Those of them who are to have a manager."""
        return self._told("managed")

    @property
    def load(self) -> int:
        """What these weigh together."""
        return self._told("load")


class ManagerProfile(models.Model):
    """What the bank says of a manager; who has none carries `CRM_BOOK_CAPACITY`."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        primary_key=True,
        related_name="book_profile",
        verbose_name=_("manager"),
    )
    capacity = models.PositiveIntegerField(
        _("capacity"), help_text=_("The most load: each customer counts by the weight of their tier.")
    )
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True, verbose_name=_("languages"))
    skills = ArrayField(
        models.CharField(max_length=12, choices=Product.Family),
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("product skills"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("profile of a manager")
        verbose_name_plural = _("profiles of managers")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gt=0),
                name="manager_capacity_is_positive",
                violation_error_message=_(
                    "Somebody who can carry nothing has no book: say when they are away instead."
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class Absence(models.Model):
    """`since` inclusive, `until` the first day back. Who covers reaches the book for just that time."""

    class Kind(models.TextChoices):
        LEAVE = "leave", pgettext_lazy("an absence", "Leave")
        SICK = "sick", _("Sick leave")
        TRAINING = "training", _("Training")
        OTHER = "other", pgettext_lazy("an absence", "Other")

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name=_("manager"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    since = models.DateField(_("away from"))
    until = models.DateField(_("back on"))
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="covers",
        verbose_name=_("covered by"),
    )
    reach = models.OneToOneField(Reach, models.SET_NULL, null=True, editable=False, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"), db_index=False
    )
    made_at = models.DateTimeField(_("recorded"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-since", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="absence_once_per_day",
                expressions=[
                    ("manager", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The manager is away on some of these days already."),
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="absence_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.manager}, {self.get_kind_display()}"
