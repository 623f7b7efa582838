"""What a manager laid aside on their day, and the address under which a calendar reads their times."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from customers.models.moving import moves_with_merges
from managers.books.querysets import OfManagerQuerySet


class LaidAside(models.Model):
    """Of the rows with one `key` the newest holds: from `until` on the matter stands on the day again, without one never."""

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("manager"), db_index=False
    )
    key = models.CharField(_("key"), max_length=96)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, related_name="+", verbose_name=_("customer"), db_index=False
    )
    until = models.DateField(pgettext_lazy("laid aside", "until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))

    objects = OfManagerQuerySet.as_manager()

    class Meta:
        verbose_name = _("laid aside")
        verbose_name_plural = _("laid aside")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=False) | ~Q(reason=""), name="laid_aside_until_or_why")
        ]
        indexes = [
            models.Index(fields=["manager", "key", "-id"], name="laid_aside_newest"),
            models.Index(fields=["customer"], condition=Q(customer__isnull=False), name="laid_aside_of_customer"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="never_changes", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["customer"])
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return self.key


class CalendarFeed(models.Model):
    """Who knows the secret reads the times of the user, and nothing else; only its hash is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("user")
    )
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.user)
