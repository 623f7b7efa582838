"""Where what a task is about can be seen and done."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from managers.models import Task


def _documents(task: Task) -> str:
    return f"{reverse('customer', args=[task.customer_id])}?tab=documents"


def _handover(task: Task) -> str:
    return reverse("handover", args=[task.figures["id"]])


def _plan(task: Task) -> str:
    return reverse("customer_plan", args=[task.customer_id])


# of the other kinds the customer's page is the place
LINKS: dict[str, tuple[str | Promise, Callable[[Task], str]]] = {
    Task.Kind.REFUSED_POSTING: (_("The entry in the ledger"), lambda task: f"{reverse('waivers')}?number={task.about}"),
    Task.Kind.DOCUMENT_EXPIRING: (_("The customer's documents"), _documents),
    Task.Kind.CHANGE: (_("Why"), lambda task: reverse("change_why", args=[task.about])),
    Task.Kind.EVENT_FOLLOW_UP: (_("The event"), lambda task: reverse("event", args=[task.figures["id"]])),
    Task.Kind.HANDOVER_MEETING: (_("The handover"), _handover),
    Task.Kind.HANDOVER_CHECK: (_("The handover"), _handover),
    Task.Kind.HANDOVER_LOSS: (_("The handover"), _handover),
    Task.Kind.RESOURCE_END: (_("The grant"), lambda task: reverse("resource_request", args=[task.figures["id"]])),
    Task.Kind.CONDITION_BROKEN: (_("The grant"), lambda task: reverse("resource_request", args=[task.figures["id"]])),
    Task.Kind.ADVICE_REVIEW: (_("The advice"), lambda task: reverse("advice_one", args=[task.figures["id"]])),
    Task.Kind.CERTIFICATE_LAPSE: (
        _("The manager's certificates"),
        lambda task: reverse("manager_qualifications", args=[task.manager_id]),
    ),
    Task.Kind.PLAN_ACTION: (_("The plan"), _plan),
    Task.Kind.PLAN_REVIEW: (_("The plan"), _plan),
    Task.Kind.KYC_DUE: (_("The review"), lambda task: reverse("kyc_review", args=[task.about])),
}
