"""What happens in a customer's life, as a dated fact."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.crypto import EncryptedTextField
from customers.life_events.querysets import LifeEventQuerySet
from customers.models.moving import moves_with_merges, said_once
from customers.models.parties import Customer
from customers.models.preferences import KnownFrom

TOLD = ("kind", "on", "precision", "about", "source")
# each correction raises the version; what is encrypted also changes when the keys are turned, which corrects nothing
CORRECTED = pgtrigger.Q(old__version__df=pgtrigger.F("new__version"), new__struck_at__isnull=True)


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=CORRECTED),
    fields=[*TOLD, "note", "version"],
    model_name="LifeEventEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    append_only=False,
    meta={
        "triggers": [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_sealed_anew", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["note"])
            ),
        ]
    },
)
class LifeEvent(models.Model):
    """`on` is the first day of what is known of the date, `through` the last: of a day, a month or a year.

    `about` says whom it concerns where that is not the customer; `note` is for who looks after the customer, and sealed. One
    that was noted in error is struck out and stays.
    """

    class Kind(models.TextChoices):
        MARRIAGE = "marriage", _("Marriage")
        DIVORCE = "divorce", _("Divorce")
        CHILD = "child", _("Child born or adopted")
        SCHOOL = "school", _("Starts school")
        GRADUATION = "graduation", _("Graduation")
        MOVE = "move", _("Move to another home")
        HOME = "home", _("Bought a home")
        JOB = "job", _("New employment")
        BUSINESS = "business", _("Founded a business")
        RETIREMENT = "retirement", _("Retirement")
        BEREAVEMENT = "bereavement", _("Death in the family")
        OTHER = "other", pgettext_lazy("a life event", "Other")

    class Precision(models.TextChoices):
        DAY = "day", _("Day")
        MONTH = "month", _("Month")
        YEAR = "year", _("Year")

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="life_events", verbose_name=_("customer"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    on = models.DateField(_("date"))
    precision = models.CharField(_("known to the"), max_length=5, choices=Precision, default=Precision.DAY)
    through = models.DateField(editable=False)
    about = models.CharField(_("about whom"), max_length=80, blank=True)
    note = EncryptedTextField(_("private note"), blank=True, default="")
    source = models.CharField(_("source"), max_length=8, choices=KnownFrom)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    recorded_at = models.DateTimeField(_("recorded"))
    struck_at = models.DateTimeField(_("struck out"), null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("struck out by"),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LifeEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("life event")
        verbose_name_plural = _("life events")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(through__gte=F("on")), name="life_event_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["customer", "-on", "-id"], name="life_event_of_customer"),
            models.Index(fields=["-on", "-id"], name="life_event_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("struck_once", "OLD.struck_at IS NOT NULL", *TOLD, "through", "struck_at", "struck_by_id"),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
