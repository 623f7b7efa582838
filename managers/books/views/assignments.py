"""Who looks after a customer: the page that tells it, and the forms of a head."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, FormPage
from crm.base.pages.access import Crumb
from customers.models import Customer
from customers.views.change import ChangePage
from customers.views.head import look
from managers.books.ending import end_assignment
from managers.books.forms import AppointForm, EndForm
from managers.books.naming import nameable
from managers.books.services import FITTING, appoint
from managers.models import Assignment, ManagedCustomer
from segmentation.decisions.views import crumbs_of

COLOURS = {Assignment.Role.PRIMARY: "blue", Assignment.Role.BACKUP: "green", Assignment.Role.SPONSOR: "purple"}


class AssignmentsOfCustomer(DetailPage):
    """What holds and what held, the newest first."""

    permission = "assignments:read"
    queryset = Customer.objects.all()
    template_name = "managers/books/assignments.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        look(self.object, request, "page.assignments")
        return self.render_to_response(self.get_context_data(object=self.object))

    def get_queryset(self) -> Any:
        return super().get_queryset().open_to(self.request.user)

    def get_title(self) -> str:
        return _("Who looks after %(customer)s") % {"customer": self.object}

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.object)

    def get_actions(self) -> list[Action]:
        if not self.may("assignments:write") or self.object.merged_into_id or self.object.erased_on:
            return []
        key = self.object.pk
        return [
            Action(
                _("Name a backup"), reverse("customer_appoint", args=[key, Assignment.Role.BACKUP]), icon="user-plus"
            ),
            Action(_("Name a sponsor"), reverse("customer_appoint", args=[key, Assignment.Role.SPONSOR]), icon="star"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Assignment.objects.filter(customer=self.object).select_related("manager__branch", "made_by")
        found, today = list(rows.order_by("-since", "role", "-pk")), timezone.localdate()
        for each in found:
            each.colour = COLOURS[Assignment.Role(each.role)]
            each.can_end = each.role in FITTING and (each.until is None or each.until > today)
        managed = ManagedCustomer.objects.filter(customer=self.object).select_related("team", "branch").first()
        shown = {"assignments": found, "may_write": self.may("assignments:write"), "managed": managed}
        return super().get_context_data(**shown | kwargs)


class Appoint(ChangePage):
    permission = "assignments:write"
    form_class = AppointForm
    submit = _("Name them")
    done = _("Saved.")

    @cached_property
    def role(self) -> str:
        if self.kwargs["role"] not in FITTING:
            raise Http404
        return str(self.kwargs["role"])

    def get_title(self) -> str:
        return str(Assignment.Role(self.role).label)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": nameable(self.request.user, self.role)}

    def get_initial(self) -> dict[str, Any]:
        return {"since": timezone.localdate()}

    def get_success_url(self) -> str:
        return reverse("customer_assignments", args=[self.customer.pk])

    def perform(self, form: BaseForm) -> Assignment:
        given = form.cleaned_data
        return appoint(customer=self.customer, role=self.role, by=self.request.user, at=timezone.now(), **given)


class EndAssignment(FormPage):
    permission = "assignments:write"
    title = _("End it")
    form_class = EndForm
    submit = _("End it")
    done = _("Ended.")

    @cached_property
    def assignment(self) -> Assignment:
        rows = Assignment.objects.visible_to(self.request.user).select_related("customer", "manager")
        return get_object_or_404(rows.unended(timezone.localdate()).filter(role__in=FITTING), pk=self.kwargs["pk"])

    @property
    def intro(self) -> str:
        said = {"who": self.assignment, "customer": self.assignment.customer}
        return _("%(who)s looks after %(customer)s no more from today on, and reaches them no more by this.") % said

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.assignment.customer)

    def get_success_url(self) -> str:
        return reverse("customer_assignments", args=[self.assignment.customer_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)

    def perform(self, form: BaseForm) -> None:
        end_assignment(assignment=self.assignment, by=self.request.user, at=timezone.now(), **form.cleaned_data)
