"""What a department is to do for a ticket or a request, by when, and what became of it."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Branch, Team
from customers.models import Customer
from customers.models.moving import moves_with_merges, said_once
from service.models.requests import ServiceRequest
from service.models.tickets import Ticket
from service.workorders.querysets import OfOrderQuerySet, WorkOrderQuerySet
from service.workorders.words import ENDED, WAYS, State


def _person(label: Any, **more: Any) -> models.ForeignKey:
    options: dict[str, Any] = {"related_name": "+", "verbose_name": label, "db_index": False} | more
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, **options)


def _maybe(to: Any, label: Any, name: str) -> models.ForeignKey:
    return models.ForeignKey(to, models.PROTECT, null=True, blank=True, related_name=name, verbose_name=label)


class WorkOrder(models.Model):
    """Of a ticket or of a request, for a team or for a branch."""

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False
    )  # fmt: skip
    ticket = _maybe(Ticket, _("ticket"), "work_orders")
    request = _maybe(ServiceRequest, _("service request"), "work_orders")
    team = _maybe(Team, _("team"), "work_orders")
    branch = _maybe(Branch, _("branch"), "work_orders")
    what = models.CharField(_("what is to be done"), max_length=300)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    due_at = models.DateTimeField(pgettext_lazy("a work order", "due"))
    opened_at = models.DateTimeField(pgettext_lazy("a work order", "opened"))
    opened_by = _person(_("opened by"))
    taken_by = _person(_("taken by"), null=True, blank=True)
    ended_at = models.DateTimeField(pgettext_lazy("a work order", "ended"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = WorkOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("work order")
        verbose_name_plural = _("work orders")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ticket=None, request__isnull=False) | Q(ticket__isnull=False, request=None),
                name="work_order_of_one_matter",
            ),
            models.CheckConstraint(
                condition=Q(team=None, branch__isnull=False) | Q(team__isnull=False, branch=None),
                name="work_order_for_one_department",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("opened_at")), name="work_order_due_later"),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False) | (~Q(state__in=ENDED) & Q(ended_at=None)),
                name="work_order_end_is_whole",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["due_at", "id"], condition=~Q(state__in=ENDED), name="work_order_due"),
            models.Index(fields=["customer"], name="work_order_of_customer"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.FSM(name="ways", field="state", transitions=[(str(a), str(b)) for a, b in WAYS]),
            said_once("ended_for_good", "OLD.ended_at IS NOT NULL", "state", "ended_at", "taken_by_id"),
            pgtrigger.Protect(
                name="said_at_first",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("ticket", "request", "opened_at", "opened_by"),
            ),
            moves_with_merges(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"W{self.pk:08}"

    @property
    def department(self) -> Team | Branch:
        found = self.team or self.branch
        assert found
        return found

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_at <= timezone.now()


class WorkOrderStep(models.Model):
    """What happened with an order. Never changes."""

    order = models.ForeignKey(
        WorkOrder, models.PROTECT, related_name="steps", verbose_name=_("work order"), db_index=False
    )
    at = models.DateTimeField(_("at"))
    by = _person(_("by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State)
    department = models.CharField(_("department"), max_length=120)
    words = models.CharField(_("text"), max_length=1000, blank=True)

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a work order")
        verbose_name_plural = _("steps of work orders")
        ordering = ["pk"]
        indexes = [models.Index(fields=["order", "id"], name="work_order_step_of_order")]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.get_state_display())
