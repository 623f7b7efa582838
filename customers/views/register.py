"""A new customer."""

from typing import Any

from django.forms import BaseForm
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import FormPage
from crm.identity.models import User
from customers import services
from customers.contacts import KINDS
from customers.forms import RegisterForm, branches_of
from customers.models import Customer


class RegisterCustomer(FormPage):
    permission = "customers:write"
    title = _("New customer")
    parents = [(_("Customers"), "customers")]
    submit = _("Register")
    done = _("Customer registered.")
    cancel_to = "customers"
    intro = _("Customers whose accounts are open come from the bank's files. Register prospects here.")
    form_class = RegisterForm
    template_name = "customers/register.html"

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
