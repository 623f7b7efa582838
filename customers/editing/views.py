"""Forms that change a customer's record: each is one service, and none overwrites what its user has not read."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers import services
from customers.editing.clashes import Clash, of_contact, of_record
from customers.forms import AssignForm, ContactForm, CustomerForm, StatusForm, branches_of
from customers.history import shown, writes_of
from customers.models import Customer
from customers.services.versions import STALE
from customers.views.change import ChangePage


class VersionedPage(ChangePage):
    """Says which version was read; while it is open, it asks whether somebody else saved."""

    template_name = "customers/editing/form.html"
    field = ""  # the one that the form is about

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.customer.version}

    def refused(self, form: BaseForm, refusal: RuleBroken) -> HttpResponse:
        """Who was overtaken reads who changed what and what is there now, and saves again if they still mean it."""
        if refusal.code == STALE:
            self.read_again()
            for said in self.told_since(form.cleaned_data["version"]):
                form.add_error(None, said)
            typed = self.request.POST.copy()
            typed["version"] = str(self.customer.version)
            form.data = typed
        return super().refused(form, refusal)

    def told_since(self, read: int) -> list[str]:
        words = [
            _("%(who)s changed: %(fields)s.") % {"who": write.by, "fields": ", ".join(write.labels)}
            for write in writes_of(self.customer, since=read)
        ]
        if self.field:
            now = shown(self.customer, Customer._meta.get_field(self.field)) or _("nobody")
            words.append(_("Now it is: %(now)s.") % {"now": now})
        return words

    def read_again(self) -> None:
        del self.customer


class MergePage(VersionedPage):
    """Who was overtaken sees both versions, field by field, and chooses."""

    clashes: Callable[..., list[Clash]]  # (customer as it is now, read=, typed=)

    def refused(self, form: BaseForm, refusal: RuleBroken) -> HttpResponse:
        if refusal.code != STALE:
            return super().refused(form, refusal)
        self.read_again()
        return self.asked_or_refused(form)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """A choice that is missing is asked for again; what is wrong with the fields themselves is said beside them."""
        only_choices = form.errors.keys() <= form.choices() and "version" in form.cleaned_data
        return self.asked_or_refused(form) if form.asked and only_choices else super().form_invalid(form)

    def asked_or_refused(self, form: BaseForm) -> HttpResponse:
        try:
            return self.ask(form)
        except RuleBroken as wrong:
            return super().refused(form, wrong)

    def ask(self, form: BaseForm) -> HttpResponse:
        read = form.first_read()
        found = type(self).clashes(self.customer, read=read, typed=form.changes())
        if not found and form.is_valid():
            messages.info(self.request, _("Somebody had saved the same already."))
            return self.leave(self.get_success_url())
        context = {
            "title": _("Somebody else changed this customer"),
            "clashes": [(clash, form.chosen(clash.name) or clash.keep) for clash in found],
            "writes": [write for write in writes_of(self.customer, since=read) if write.fields],
            "read": read,
            "problems": [(form[name].label, text) for name, texts in form.errors.items() for text in texts],
        }
        return render(
            self.request, "customers/editing/merge.html", self.get_context_data(form=form) | context, status=409
        )


class ChangeCustomer(MergePage):
    title = _("Change customer")
    done = _("Saved.")
    form_class = CustomerForm
    clashes = of_record

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        branches = branches_of(user) if user.role == User.Role.HEAD else None
        return super().get_form_kwargs() | {"instance": self.copy(), "branches": branches}

    def copy(self) -> Customer:
        """The form writes what was typed into its instance; the page goes on showing what is there."""
        return Customer.objects.get(pk=self.customer.pk)

    def perform(self, form: BaseForm) -> Customer:
        version = form.cleaned_data["version"]
        return services.change_customer(customer=self.customer, by=self.request.user, version=version, **form.taken())


class ChangeContact(MergePage):
    title = _("Change contact data")
    done = _("Saved.")
    form_class = ContactForm
    clashes = of_contact

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "contact": getattr(self.customer, "contact", None),
            "kind": self.customer.kind,
        }

    def perform(self, form: BaseForm) -> Customer:
        version = form.cleaned_data["version"]
        return services.change_contact(customer=self.customer, by=self.request.user, version=version, **form.taken())


class ChangeStatus(VersionedPage):
    title = _("Change status")
    done = _("Saved.")
    field = "status"
    form_class = StatusForm

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"status": self.customer.status, "on": timezone.localdate()}

    def perform(self, form: BaseForm) -> Customer:
        user, today = self.request.user, timezone.localdate()
        return services.change_status(customer=self.customer, by=user, as_of=today, **form.cleaned_data)


class AssignManager(VersionedPage):
    title = _("Assign a manager")
    field = "manager"
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
        return super().get_initial() | {"manager": self.customer.manager_id}

    def perform(self, form: BaseForm) -> Customer:
        changed = services.assign_manager(
            customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(self.request, _("%(customer)s is now with %(manager)s.") % {
            "customer": changed, "manager": changed.manager or _("nobody")})  # fmt: skip
        return changed
