"""Pages of custom attributes: what there is, one with its words and uses, and the values of a customer."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import Action, Empty, FormPage, ListPage, Page
from customers import tasks
from customers.attributes import services
from customers.attributes.filters import AttributeFilter
from customers.attributes.forms import AttributeForm, ValuesForm
from customers.attributes.removing import delete_attribute, profiles_of
from customers.attributes.tables import AttributeTable
from customers.models import Attribute, AttributeValue, Customer
from customers.services.versions import STALE
from customers.views.change import ChangePage

PARENTS = [(_("Custom attributes"), "attributes")]
NEW = Action(_("New attribute"), "attribute_add", icon="plus", permission="custom-attributes:write")


class AttributeList(ListPage):
    permission = "custom-attributes:read"
    title = _("Custom attributes")
    queryset = Attribute.objects.all()
    scoped = False
    filterset_class = AttributeFilter
    table_class = AttributeTable
    ordering_fields = {"code": "code"}
    ordering = "code"
    actions = [NEW]
    empty = Empty(
        _("No custom attributes"), _("What a file of the bank brings that no field is for can be kept as one."), NEW
    )


class AddAttribute(FormPage):
    permission = "custom-attributes:write"
    title = _("New attribute")
    parents = PARENTS
    submit = _("Declare")
    done = _("Declared: files, forms and segments know it from now on.")
    cancel_to = success_url = "attributes"
    form_class = AttributeForm

    def perform(self, form: Any) -> Attribute:
        return services.declare_attribute(by=self.request.user, **form.said())


class AttributePage(FormPage):
    """Read by whoever may; changed, retired and deleted by an admin."""

    permission = "custom-attributes:read"
    parents = PARENTS
    done = _("Saved.")
    success_url = "attributes"
    form_class = AttributeForm
    template_name = "customers/attributes/attribute.html"

    @cached_property
    def attribute(self) -> Attribute:
        return get_object_or_404(Attribute, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return self.attribute.said

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.attribute}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.attribute.version}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may("custom-attributes:write"):
            return HttpResponse(status=403)
        return super().post(request, *args, **kwargs)

    def perform(self, form: Any) -> Attribute:
        return services.change_attribute(
            attribute=self.attribute, by=self.request.user, **form.said()
        )  # fmt: skip

    def refused(self, form: BaseForm, refusal: RuleBroken) -> HttpResponse:
        """Who was overtaken sees above what is there now, and saves again if they still mean it."""
        if refusal.code == STALE:
            self.retyped(form, version=self.attribute.version)
        return super().refused(form, refusal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            attribute=self.attribute,
            uses=services.uses_of(self.attribute),
            profiles=list(profiles_of(self.attribute)),
            known=AttributeValue.objects.filter(attribute=self.attribute).count(),
            may_change=self.may("custom-attributes:write"),
            **kwargs,
        )


class RetireAttribute(Page):
    permission = "custom-attributes:write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponse:
        attribute = get_object_or_404(Attribute, pk=pk)
        services.retire_attribute(attribute=attribute, by=self.request.user, at=timezone.now())
        messages.success(request, _("Retired: it is offered nowhere any more."))
        return redirect("attribute", pk)


class DeleteAttribute(Page):
    permission = "custom-attributes:write"
    http_method_names = ["post"]

    def back(self) -> str:
        return reverse("attribute", args=[self.kwargs["pk"]])

    def post(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponse:
        attribute, by = get_object_or_404(Attribute, pk=pk), self.request.user
        values = delete_attribute(attribute=attribute, by=by, at=timezone.now(), ring=tasks.ring_attributes)
        text = _t("Deleted: nobody sees it any more. %(count)s values are being taken away in the background.")
        messages.success(request, text % {"count": values})
        return redirect("attributes")


class ChangeAttributes(ChangePage):
    title = _("More about them")
    submit = _("Save")
    done = _("Saved.")
    form_class = ValuesForm

    @cached_property
    def attributes(self) -> list[Attribute]:
        return list(Attribute.objects.in_use())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"attributes": self.attributes}

    def get_initial(self) -> dict[str, Any]:
        rows = AttributeValue.objects.filter(customer=self.customer).select_related("attribute")
        values = {row.attribute.field: _typed(row.value) for row in rows}
        return values | {"version": self.customer.version}

    def perform(self, form: BaseForm) -> Customer:
        typed = dict(form.cleaned_data)
        version = typed.pop("version")
        values = {attribute.code: typed.get(attribute.field) for attribute in self.attributes}
        return services.set_attributes(customer=self.customer, values=values, by=self.request.user, version=version)

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab=attributes"


def _typed(value: Any) -> Any:
    """As the form's inputs write it."""
    return str(value).lower() if isinstance(value, bool) else value
