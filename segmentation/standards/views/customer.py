"""The entitlements of one customer: why each of them, and the uses that are recorded and undone."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.pages import FormPage
from crm.base.pages.access import Crumb, Text, is_fragment
from customers.models import Customer
from segmentation.decisions.views import OfCustomer, crumbs_of, day_of
from segmentation.models import Benefit, EntitlementUse
from segmentation.standards.entitlements import entitlements_of
from segmentation.standards.forms import UndoForm, UseForm
from segmentation.standards.shown import shown_of
from segmentation.standards.uses import record_use, undo_use


class CustomerEntitlements(OfCustomer):
    """Each benefit with all its origins; `?on=` asks about another day. HTMX gets the panel, the browser the page around it."""

    title = gettext_lazy("Why these entitlements")
    reads_are_logged = True
    what = "entitlements"

    def get_template_names(self) -> list[str]:
        return [f"segmentation/standards/{'_why' if is_fragment(self.request) else 'why'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on = day_of(self.request.GET.get("on", "")) or timezone.localdate()
        shown = shown_of(self.object, self.request.user, on)
        return super().get_context_data(shown=shown, on=on, **kwargs)


class OfEntitlements(FormPage):
    """A form about a customer in reach; it leads back to their entitlements."""

    permission = "entitlement-uses:write"

    @cached_property
    def customer(self) -> Customer:
        return get_object_or_404(Customer.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.customer)

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab=entitlements"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url(), "intro": self.get_intro()} | kwargs)

    def get_intro(self) -> Text:
        return self.intro


class RecordUse(OfEntitlements):
    """`?benefit=lounge` chooses one beforehand."""

    title = gettext_lazy("Record a use")
    form_class = UseForm
    submit = gettext_lazy("Record")
    done = gettext_lazy("The use is recorded.")

    @cached_property
    def benefits(self) -> list[Benefit]:
        """The card is held rather than used."""
        found = entitlements_of(self.customer, timezone.localdate()).effective
        return [each.benefit for each in found if not each.is_card]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"benefits": self.benefits}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("benefit", "")
        chosen = next((each for each in self.benefits if each.code == asked), None)
        branch = self.request.user.branch
        return {
            "benefit": chosen and chosen.code,
            "used_on": timezone.localdate(),
            "channel": (chosen and chosen.channel) or "branch",
            "place": branch.name if branch else "",
        }

    def perform(self, form: UseForm) -> EntitlementUse:
        return record_use(customer=self.customer, by=self.request.user, as_of=timezone.now(), **form.cleaned_data)


class UndoUse(OfEntitlements):
    title = gettext_lazy("Undo a use")
    form_class = UndoForm
    submit = gettext_lazy("Undo")
    done = gettext_lazy("The use is undone.")

    @cached_property
    def use(self) -> EntitlementUse:
        rows = EntitlementUse.objects.visible_to(self.request.user).select_related("customer", "benefit")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def customer(self) -> Customer:  # type: ignore[override]
        return self.use.customer

    def get_intro(self) -> Text:
        text = _("%(benefit)s, used on %(day)s. It counts again as not used; both rows stay in the history.")
        return text % {"benefit": self.use.benefit, "day": self.use.used_on}

    def perform(self, form: UndoForm) -> EntitlementUse:
        return undo_use(use=self.use, reason=form.cleaned_data["reason"], by=self.request.user, as_of=timezone.now())
