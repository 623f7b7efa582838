"""Events to which a bank invites its customers, and how many of a tier may be invited."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import CurrencyField, MoneyField
from crm.identity.models import Branch
from customers.models.moving import said_once
from managers.events.querysets import EventQuerySet
from segmentation.models import Tier

# only what counts the guests (models/invitations.py) writes how many places are taken
BY_COUNTING = """
IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'the places of an event are taken by its guests';
END IF;
RETURN NEW;
"""


class Event(models.Model):
    """`taken` are the places of those who accepted, with their companions; never more than there are. `branch` holds it."""

    class Kind(models.TextChoices):
        RECEPTION = "reception", _("Reception")
        DINNER = "dinner", _("Dinner")
        OUTING = "outing", _("Outing")
        SHOW = "show", pgettext_lazy("an event", "Show")
        SPORTS = "sports", _("Sports")
        SEMINAR = "seminar", _("Seminar")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("an event", "Planned")
        OPEN = "open", pgettext_lazy("an event", "Open for answers")
        CLOSED = "closed", pgettext_lazy("an event", "Answers closed")
        HELD = "held", pgettext_lazy("an event", "Held")
        CANCELLED = "cancelled", pgettext_lazy("an event", "Cancelled")

    AHEAD = (State.PLANNED, State.OPEN, State.CLOSED)

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+", verbose_name=_("branch"))
    place = models.CharField(pgettext_lazy("an event", "place"), max_length=200)
    starts_at = models.DateTimeField(pgettext_lazy("an event", "begins"))
    ends_at = models.DateTimeField(pgettext_lazy("an event", "ends"))
    places = models.PositiveIntegerField(pgettext_lazy("an event", "places"))
    taken = models.PositiveIntegerField(pgettext_lazy("places", "taken"), default=0, db_default=0, editable=False)
    budget = MoneyField(_("budget"), null=True, blank=True)
    cost = MoneyField(_("cost"), null=True, blank=True)
    currency = CurrencyField(_("currency"))
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("an event", "host")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("places")),
                name="event_not_overbooked",
                violation_error_message=_("There are not as many places."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_begins",
                violation_error_message=_("An event ends after it begins."),
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="event_has_places"),
            models.CheckConstraint(
                condition=(Q(budget=None) | Q(budget__gte=0)) & (Q(cost=None) | Q(cost__gte=0)),
                name="event_money_is_not_negative",
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(reason="")) | (~Q(state="cancelled") & Q(reason="")),
                name="event_cancelled_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="event_newest"),
            models.Index(fields=["branch", "-starts_at"], name="event_of_branch"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once(
                "over", "OLD.state IN ('held', 'cancelled')", "state", "reason", "places", "starts_at", "ends_at"
            ),
            pgtrigger.Trigger(
                name="taken_by_guests",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("taken"),
                func=BY_COUNTING,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int:
        return self.places - self.taken

    @property
    def is_today(self) -> bool:
        """Whether guests are at the door."""
        return self.is_on(timezone.localdate())

    def is_on(self, day: date) -> bool:
        return timezone.localdate(self.starts_at) <= day <= timezone.localdate(self.ends_at)

    @property
    def is_ahead(self) -> bool:
        return self.state in self.AHEAD


class TierQuota(models.Model):
    """At most so many customers of the tier are invited; of tiers without a quota as many as one likes."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="quotas", db_index=False)
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="+", verbose_name=_("tier"))
    invitations = models.PositiveIntegerField(_("invitations"))

    class Meta:
        verbose_name = _("quota of a tier")
        verbose_name_plural = _("quotas of tiers")
        ordering = ["tier__scheme", "tier__rank"]
        constraints = [models.UniqueConstraint(fields=["event", "tier"], name="event_tier_quota_once")]

    def __str__(self) -> str:
        return f"{self.tier}: {self.invitations}"
