"""What somebody learnt of how a customer wants to be treated: each with where it comes from, since when, and by whom."""

from collections.abc import Mapping

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.moving import moves_with_merges, said_once
from customers.models.parties import Customer
from customers.preferences.querysets import PreferenceQuerySet


class KnownFrom(models.TextChoices):
    """Where a preference or a life event is known from."""

    SAID = "said", _("The customer said so")
    OBSERVED = "observed", _("Observed")
    FORM = "form", _("A form that the customer signed")
    IMPORT = "import", _("Another system")


class Preference(models.Model):
    """A row is never changed: it ends, and another one follows, so that the history stays.

    Of the kinds in COLUMNS the column of the customer is what holds, for rules of the night and for `contactable`. A row of
    these says where that value is known from, and counts as long as it says the same (querysets.py).
    """

    class Kind(models.TextChoices):
        FORM_OF_ADDRESS = "form_of_address", _("Form of address")
        LANGUAGE = "language", _("Language")
        CHANNEL = "channel", _("Preferred channel")
        TIME = "time", _("Preferred time")
        FESTIVAL = "festival", _("Festivals")
        DIET = "diet", _("Food and drink")
        GIFT = "gift", _("Gifts")
        RISK = "risk", _("Attitude to risk")
        ADVICE = "advice", _("Attitude to advice")
        LUNAR_BIRTHDAY = "lunar_birthday", _("Birthday by the lunar calendar")

    COLUMNS: Mapping[str, str] = {
        Kind.LANGUAGE: "language",
        Kind.CHANNEL: "preferred_channel",
        Kind.TIME: "preferred_time",
    }
    # of these several hold at once
    SEVERAL = (Kind.FESTIVAL, Kind.DIET, Kind.GIFT)

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="known_preferences", verbose_name=_("customer"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    value = models.CharField(pgettext_lazy("a preference", "value"), max_length=120)
    source = models.CharField(_("source"), max_length=8, choices=KnownFrom)
    learnt_on = models.DateField(_("learnt on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    recorded_at = models.DateTimeField(_("recorded"))
    ended_at = models.DateTimeField(pgettext_lazy("a preference", "ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by"),
        db_index=False,
    )  # fmt: skip

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind"],
                condition=Q(ended_at=None) & ~Q(kind__in=["festival", "diet", "gift"]),
                name="preference_one_holds",
            ),
            models.UniqueConstraint(
                fields=["customer", "kind", "value"], condition=Q(ended_at=None), name="preference_said_once"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="preference_says_something"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__gte=F("recorded_at")),
                name="preference_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-recorded_at", "-id"], name="preference_of_customer"),
            models.Index(fields=["-recorded_at", "-id"], name="preference_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["ended_at", "ended_by", "customer"]),
            ),
            said_once("ends_once", "OLD.ended_at IS NOT NULL", "ended_at", "ended_by_id"),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
