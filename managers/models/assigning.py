"""Which customers are managed and by which team, what a night of assigning did to each book, and whom it would move."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Branch, Team
from crm.jobs.models import Run
from customers.models import Customer
from customers.models.moving import moves_with_merges, said_once
from managers.assigning.querysets import ManagedQuerySet, SuggestionQuerySet


class ManagedCustomer(models.Model):
    """That a rule of the assignment policy picked a customer as of the last look, for the managers of a branch or of a team.

    A copy of what the rules say, written anew by each look. `reason`: why the last night could give nobody to them.
    """

    class Reason(models.TextChoices):
        NO_BRANCH = "no_branch", _("The customer belongs to no branch")
        NOBODY = "nobody", _("The team has no relationship manager")
        AWAY = "away", _("Everybody of the team is away")
        UNFIT = "unfit", _("Nobody of the team may look after this tier")
        FULL = "full", _("Everybody of the team is at capacity")
        BUSY = "busy", _("Somebody was changing the record")
        FAILED = "failed", _("Nothing was found for the team: look at the run")

    customer = models.OneToOneField(
        Customer, models.PROTECT, primary_key=True, related_name="managed", verbose_name=_("customer")
    )
    rule = models.CharField(_("rule"), max_length=80)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="+", verbose_name=_("branch"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    weight = models.PositiveSmallIntegerField(_("weight"))
    reason = models.CharField(_("reason"), max_length=9, choices=Reason, blank=True)

    objects = ManagedQuerySet.as_manager()

    class Meta:
        verbose_name = _("managed customer")
        verbose_name_plural = _("managed customers")
        ordering = ["customer"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gt=0), name="managed_weighs_something"),
            models.CheckConstraint(condition=Q(branch=None) | Q(team=None), name="managed_by_one_team"),
        ]

    def __str__(self) -> str:
        return self.rule

    @property
    def looks_after(self) -> str:
        """The team or the branch whose managers do."""
        return str(self.team or self.branch or "–")


class MoveSuggestion(models.Model):
    """A customer who has a manager and would be better with another one, until a head says yes or no."""

    class Why(models.TextChoices):
        LEVEL = "level", _("Their manager carries far more than the team")
        TEAM = "team", _("Another team looks after customers like this one")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("a move", "Open")
        APPROVED = "approved", pgettext_lazy("a move", "Approved")
        REFUSED = "refused", pgettext_lazy("a move", "Refused")
        LAPSED = "lapsed", pgettext_lazy("a move", "Lapsed")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False)
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("gives away"))
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("takes on"))
    why = models.CharField(pgettext_lazy("a move", "why"), max_length=5, choices=Why)
    weight = models.PositiveSmallIntegerField(_("weight"))
    run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name=_("run"), db_index=False)
    made_at = models.DateTimeField(_("suggested"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decided by"), db_index=False,
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("move suggestion")
        verbose_name_plural = _("move suggestions")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(state="open"), name="move_suggested_once"),
            models.CheckConstraint(condition=~Q(giver=models.F("taker")), name="move_leads_elsewhere"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, decided_by=None)
                | Q(state="lapsed", decided_at__isnull=False, decided_by=None)
                | Q(state__in=("approved", "refused"), decided_at__isnull=False, decided_by__isnull=False),
                name="move_decision_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-made_at"], name="move_of_customer"),
            models.Index(fields=["-made_at", "-id"], name="move_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("decided_once", "OLD.state <> 'open'", "state", "decided_at", "decided_by_id"),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class AssignmentGroup(models.Model):
    """Teams that share managers: a share of a run, planned as one. `left` are customers by reason."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="groups")
    number = models.PositiveIntegerField()
    branches = ArrayField(models.BigIntegerField(), default=list)
    teams = ArrayField(models.BigIntegerField(), default=list)
    budget = models.PositiveIntegerField(_("moves at most"))
    placed = models.PositiveIntegerField(_("assigned"), default=0)
    moved = models.PositiveIntegerField(_("move suggestions"), default=0)
    left = models.JSONField(_("left unassigned"), default=dict)

    class Meta:
        verbose_name = _("group of an assignment run")
        verbose_name_plural = _("groups of assignment runs")
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="assignment_group_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"


class BookChange(models.Model):
    """What a run did, or would do, to a manager's book: before, what came, and what its suggestions would bring and take.

    A manager of another group may give, too: then the figures before stand in the row of their own group alone.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="books", db_index=False)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("manager"), db_index=False
    )
    customers = models.PositiveIntegerField(_("customers"), default=0)
    load = models.PositiveIntegerField(_("load"), default=0)
    came = models.PositiveIntegerField(_("assigned"), default=0)
    came_load = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(_("suggested to come"), default=0)
    taken_load = models.PositiveIntegerField(default=0)
    given = models.PositiveIntegerField(_("suggested to go"), default=0)
    given_load = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("change of a book")
        verbose_name_plural = _("changes of books")
        ordering = ["run", "manager"]
        indexes = [models.Index(fields=["run", "manager"], name="book_change_of_run")]

    def __str__(self) -> str:
        return f"{self.manager}"
