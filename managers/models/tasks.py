"""What somebody has to do for a customer, and what became of it. Whoever looks after the customer has the task; one that
concerns a manager is theirs, and their head's."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from customers.models.moving import moves_with_merges, said_once
from managers.todo.querysets import TaskQuerySet
from managers.todo.saying import said_of


class Task(models.Model):
    """Opened once for each thing that it is about (`about`, within its kind); closed once, by trigger.

    `figures` are what the sentence of its kind needs; nobody closed a task that settled itself.
    """

    class Kind(models.TextChoices):
        REFUSED_POSTING = "refused_posting", _("Posting refused by the core")
        RENEWAL = "renewal", _("Renewal due")
        FIGURE_ALERT = "figure_alert", _("Alert on a figure")
        DOCUMENT_EXPIRING = "document_expiring", _("Document to renew")
        KYC_DUE = "kyc_due", _("KYC review due")
        CHANGE = "change", _("Customer change")
        EVENT_FOLLOW_UP = "event_follow_up", _("Follow-up of an event")
        HANDOVER_MEETING = "handover_meeting", _("Meeting after a handover")
        HANDOVER_CHECK = "handover_check", _("Check after a handover")
        HANDOVER_LOSS = "handover_loss", _("Balance fell after a handover")
        CERTIFICATE_LAPSE = "certificate_lapse", _("Certificate to renew")
        RESOURCE_END = "resource_end", _("Grant that ends")
        CONDITION_BROKEN = "condition_broken", _("Condition not kept")
        ADVICE_REVIEW = "advice_review", _("Advice to review")
        PLAN_ACTION = "plan_action", _("Action of a plan")
        PLAN_REVIEW = "plan_review", _("Review of a plan")
        CALL_BACK = "call_back", _("Call-back")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DISMISSED = "dismissed", _("Dismissed")

    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("customer"),
        db_index=False,
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("manager"),
        db_index=False,
    )
    kind = models.CharField(_("kind"), max_length=32, choices=Kind)
    about = models.CharField(pgettext_lazy("a task", "about"), max_length=64)
    figures = models.JSONField(_("figures"))
    due_on = models.DateField(pgettext_lazy("a task", "due on"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN, db_default=State.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(pgettext_lazy("a task", "closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
        db_index=False,
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True, db_default="")

    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "about"], name="task_once"),
            models.CheckConstraint(
                condition=Q(customer=None, manager__isnull=False) | Q(customer__isnull=False, manager=None),
                name="task_concerns_one",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None, remark="")
                | Q(state="done", closed_at__isnull=False)
                | (Q(state="dismissed", closed_at__isnull=False) & ~Q(remark="")),
                name="task_closing_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "state"], name="task_of_customer"),
            models.Index(fields=["manager", "state"], condition=Q(customer=None), name="task_of_manager"),
            models.Index(fields=["due_on", "id"], condition=Q(state="open"), name="task_due"),
            models.Index(fields=["-closed_at", "-id"], condition=~Q(state="open"), name="task_closed"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("closed_once", "OLD.state <> 'open'", "state", "closed_at", "closed_by_id", "remark", "version"),
            pgtrigger.Protect(
                name="only_its_closing_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["state", "closed_at", "closed_by", "remark", "version", "customer"]
                ),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return said_of(self.kind, self.figures)

    @property
    def concerns(self) -> Any:
        """A customer, or a manager."""
        return self.customer or self.manager

    @property
    def looked_after_by(self) -> Any:
        return self.customer.manager if self.customer else self.manager

    @property
    def place(self) -> str:
        """The page of whom it concerns."""
        if self.customer_id is None:
            return reverse("manager", args=[self.manager_id])
        return reverse("customer", args=[self.customer_id])

    @property
    def is_late(self) -> bool:
        return self.state == self.State.OPEN and self.due_on < timezone.localdate()

    @property
    def why(self) -> str:
        """Where what opened it is explained; "" where nothing more is to be said."""
        return reverse("change_why", args=[self.about]) if self.kind == self.Kind.CHANGE else ""
