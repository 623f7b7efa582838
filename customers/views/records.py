"""Forms that change a customer's record. Each is one service."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import FormPage
from crm.base.pages.access import Crumb
from crm.identity.models import User
from customers import services
from customers.contacts import KINDS
from customers.forms import AssignForm, ContactForm, CustomerForm, RegisterForm, StatusForm, branches_of
from customers.models import Customer
from customers.views.head import look


class RegisterCustomer(FormPage):
    permission = "customers:write"
    title = _("New customer")
    parents = [(_("Customers"), "customers")]
    submit = _("Register")
    done = _("Customer registered.")
    cancel_to = "customers"
    intro = _("Customers whose accounts are open come from the bank's files. Register prospects here.")
    form_class = RegisterForm

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        return super().get_form_kwargs() | {"branches": branches_of(user)}

    def get_initial(self) -> dict[str, Any]:
        return {"branch": self.request.user.branch_id, "kind": Customer.Kind.PERSON}

    def perform(self, form: BaseForm) -> Customer:
        data = dict(form.cleaned_data)
        user = self.request.user
        return services.register_customer(
            by=user,
            as_of=timezone.localdate(),
            manager=user if user.role == User.Role.MANAGER else None,
            contact={kind: data.pop(kind) for kind in KINDS},
            **data,
        )

    def get_success_url(self) -> str:
        return reverse("customer", args=[self.result.pk])


class ChangePage(FormPage):
    """A form about one customer in reach."""

    permission = "customers:write"

    @cached_property
    def customer(self) -> Customer:
        reach = Customer.objects.visible_to(self.request.user).select_related("contact", "branch", "manager")
        return get_object_or_404(reach, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        look(self.customer, request, f"form.{request.resolver_match.url_name}")
        return super().get(request, *args, **kwargs)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Customers"), reverse("customers")), Crumb(str(self.customer), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("customer", args=[self.customer.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url(), "customer": self.customer} | kwargs)


class ChangeCustomer(ChangePage):
    title = _("Change customer")
    done = _("Saved.")
    form_class = CustomerForm

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        branches = branches_of(user) if user.role == User.Role.HEAD else None
        return super().get_form_kwargs() | {"instance": self.copy(), "branches": branches}

    def copy(self) -> Customer:
        """The form writes what was typed into its instance; the page goes on showing what is there."""
        return Customer.objects.get(pk=self.customer.pk)

    def perform(self, form: BaseForm) -> Customer:
        return services.change_customer(customer=self.customer, by=self.request.user, **form.cleaned_data)


class ChangeContact(ChangePage):
    title = _("Change contact data")
    done = _("Saved.")
    form_class = ContactForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"contact": getattr(self.customer, "contact", None)}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.customer.version}

    def perform(self, form: BaseForm) -> Customer:
        version = form.cleaned_data["version"]
        return services.change_contact(customer=self.customer, by=self.request.user, version=version, **form.changes())


class ChangeStatus(ChangePage):
    title = _("Change status")
    done = _("Saved.")
    form_class = StatusForm

    def get_initial(self) -> dict[str, Any]:
        return {"status": self.customer.status, "on": timezone.localdate()}

    def perform(self, form: BaseForm) -> Customer:
        today: date = timezone.localdate()
        return services.change_status(customer=self.customer, by=self.request.user, as_of=today, **form.cleaned_data)


class AssignManager(ChangePage):
    title = _("Assign a manager")
    form_class = AssignForm

    def is_allowed(self) -> bool:
        return super().is_allowed() and self.request.user.role == User.Role.HEAD

    def managers(self) -> QuerySet[User]:
        """Of the head's branches."""
        branches = branches_of(self.request.user)
        return User.objects.filter(role=User.Role.MANAGER, is_active=True, branch__in=branches).order_by("name")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"managers": self.managers()}

    def get_initial(self) -> dict[str, Any]:
        return {"manager": self.customer.manager_id}

    def perform(self, form: BaseForm) -> Customer:
        changed = services.assign_manager(customer=self.customer, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("%(customer)s is now with %(manager)s.") % {
            "customer": changed, "manager": changed.manager or _("nobody")})  # fmt: skip
        return changed
