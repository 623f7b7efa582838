"""The box of branch staff: whoever stands at the counter is found by what they can show."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.pages import FormPage
from customers import services
from customers.forms import FindForm


class FindCustomer(FormPage):
    permission = "look-ups:write"
    title = _("Find a customer")
    parents = [(_("Customers"), "customers")]
    submit = _("Find")
    form_class = FindForm
    template_name = "customers/find.html"
    fragment_name = "customers/_find.html"

    def perform(self, form: BaseForm) -> Any:
        return services.look_up(text=form.cleaned_data["text"], by=self.request.user, at=timezone.now())

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        if form.errors or len(self.result) == 1:
            return response
        if not self.result:
            form.add_error("text", _t("Nobody has this document, phone or number. Check it with the customer."))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, found=self.result))

    def get_success_url(self) -> str:
        return reverse("customer", args=[self.result[0].pk]) if self.result else reverse("customer_find")
