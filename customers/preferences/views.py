"""Forms about how a customer in reach wants to be treated. Each is one service."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, Preference
from customers.preferences import services
from customers.preferences.forms import EndForm, PreferenceForm
from customers.preferences.querysets import kinds_for
from customers.preferences.words import said
from customers.views.change import ChangePage


class KnownPage(ChangePage):
    """Back to the tab where the result stands."""

    permission = "preferences:write"
    done = _("Saved.")

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab=preferences"


class NotePreference(KnownPage):
    form_class = PreferenceForm

    @cached_property
    def kind(self) -> Preference.Kind:
        """What the role is not to know is not there."""
        kind = self.kwargs["kind"]
        if kind not in kinds_for(self.request.user, Preference.Kind):
            raise Http404
        return Preference.Kind(kind)

    def get_title(self) -> Any:
        return self.kind.label

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kind}

    def perform(self, form: BaseForm) -> Preference:
        return services.note_preference(
            customer=self.customer, kind=self.kind, by=self.request.user, at=timezone.now(), **form.said()
        )


class EndPreference(KnownPage):
    title = _("This holds no longer")
    submit = _("End it")
    intro = _("It stays in the history.")
    form_class = EndForm
    queryset: QuerySet[Preference] = Preference.objects.select_related("customer")

    @cached_property
    def row(self) -> Preference:
        return get_object_or_404(self.queryset.visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def customer(self) -> Customer:
        return self.row.customer

    def get_title(self) -> str:
        return f"{self.title}: {self.row}, {said(self.row.kind, self.row.value)}"

    def perform(self, form: BaseForm) -> Preference:
        return services.end_preference(preference=self.row, by=self.request.user, at=timezone.now())
