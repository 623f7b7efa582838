"""Where tickets wait, and who takes them: a team, or of a team those who have a skill."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.identity.models import Team
from service.tickets.querysets import DeskProfileQuerySet, TicketQueueQuerySet

CAPACITY = 12


class TicketQueue(models.Model):
    """Worked off by the members of a team, or by those of them who have its skill."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="ticket_queues", verbose_name=_("team"))
    skill = models.CharField(_("skill"), max_length=32, blank=True)
    is_dealt = models.BooleanField(_("dealt out by itself"), default=False)

    objects = TicketQueueQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket queue")
        verbose_name_plural = _("ticket queues")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DeskProfile(models.Model):
    """What somebody who works off tickets is able to do and carries at once; `away_until` is the day they are back."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_profile", verbose_name=_("user")
    )
    capacity = models.PositiveSmallIntegerField(_("open tickets at once"), default=CAPACITY)
    skills = ArrayField(models.CharField(max_length=32), verbose_name=_("skills"), default=list, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)

    objects = DeskProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("desk profile")
        verbose_name_plural = _("desk profiles")
        ordering = ["user"]

    def __str__(self) -> str:
        return str(self.user)
