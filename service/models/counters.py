"""Where a branch serves: kinds of business, its queue, and the counters that call from it."""

import uuid

import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Branch, Team
from service.queue.querysets import BranchQueueQuerySet, OfBranchQuerySet

PAPER_FROM, PAPER_UNTIL = 801, 899


class BusinessKind(models.Model):
    """What somebody comes for: cash, cards, loans. Its `letter` stands before the numbers."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    letter = models.CharField(
        pgettext_lazy("of queue numbers", "letter"), max_length=1, unique=True, validators=[RegexValidator("^[A-Z]$")]
    )
    is_offered = models.BooleanField(pgettext_lazy("a kind of business", "offered"), default=True)

    class Meta:
        verbose_name = _("kind of business")
        verbose_name_plural = _("kinds of business")
        ordering = ["letter"]
        constraints = [models.CheckConstraint(condition=Q(letter__regex="^[A-Z]$"), name="business_kind_has_a_letter")]

    def __str__(self) -> str:
        return self.name


class BranchQueue(models.Model):
    """The queue of a branch: who changes anything in it waits for its row. Numbers from `paper_from` to `paper_until` are printed
    ahead, for when the system is down. Whoever knows `wall_key` sees what the wall display shows. `lobby` receives VIPs; without
    a team the heads do."""

    branch = models.OneToOneField(Branch, models.PROTECT, related_name="+", verbose_name=_("branch"))
    is_open = models.BooleanField(_("numbers are given"), default=True)
    paper_from = models.PositiveSmallIntegerField(_("paper numbers from"), default=PAPER_FROM)
    paper_until = models.PositiveSmallIntegerField(_("paper numbers until"), default=PAPER_UNTIL)
    wall_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lobby = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who receives VIPs")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BranchQueueQuerySet.as_manager()

    class Meta:
        verbose_name = _("queue of a branch")
        verbose_name_plural = _("queues of branches")
        ordering = ["branch__path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper_from__gte=1, paper_until__lte=999, paper_from__lt=F("paper_until")),
                name="branch_queue_paper_numbers",
            )
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.branch)

    def is_paper(self, serial: int) -> bool:
        return self.paper_from <= serial <= self.paper_until


class Counter(models.Model):
    """`teller` is who sits there, at one counter at a time. A VIP counter calls nobody else."""

    queue = models.ForeignKey(BranchQueue, models.PROTECT, related_name="counters", verbose_name=_("queue"))
    number = models.PositiveSmallIntegerField(_("counter"))
    kinds = models.ManyToManyField(BusinessKind, related_name="counters", verbose_name=_("kinds of business"))
    is_vip = models.BooleanField(_("for VIPs alone"), default=False)
    is_used = models.BooleanField(_("in use"), default=True)
    teller = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("teller")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfBranchQuerySet.as_manager()

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        ordering = ["queue", "number"]
        constraints = [
            models.UniqueConstraint(fields=["queue", "number"], name="counter_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=99), name="counter_number_of_two_digits"),
            models.CheckConstraint(condition=Q(teller=None) | Q(is_used=True), name="counter_in_use_has_a_teller"),
        ]
        indexes = [models.Index(fields=["number", "id"], name="counter_by_number")]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(_("Counter %(number)s")) % {"number": self.number}
