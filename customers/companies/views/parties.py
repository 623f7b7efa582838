"""A party outside the bank whose name or number was mistyped."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import FormPage
from customers.companies.forms import CorrectPartyForm
from customers.companies.history import earlier_of
from customers.companies.parties import correct_party
from customers.models import CompanyRelation, Guarantee, OutsideParty
from customers.services.versions import STALE


class CorrectParty(FormPage):
    """What stood before stays, and is shown under the form to who may correct it. Afterwards one is where a company in reach
    names it."""

    permission = "companies:write"
    parents = [(_("Companies"), "companies")]
    done = _("Saved.")
    intro = _("For every company that names this party. What stood here before stays in its history.")
    form_class = CorrectPartyForm
    template_name = "customers/companies/correct.html"

    @cached_property
    def party(self) -> OutsideParty:
        user = self.request.user
        return get_object_or_404(OutsideParty.objects.visible_to(user).with_reach(user), pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return str(self.party)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.party}

    def perform(self, form: Any) -> OutsideParty:
        return correct_party(party=self.party, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def refused(self, form: Any, refusal: RuleBroken) -> HttpResponse:
        """Who was overtaken keeps what they typed, reads below what stood before, and saves again if they still mean it."""
        if refusal.code == STALE:
            self.retyped(form, version=self.party.version)
        return super().refused(form, refusal)

    def get_success_url(self) -> str:
        for model, tab in ((CompanyRelation, "relations"), (Guarantee, "limits")):
            rows = model.objects.visible_to(self.request.user).filter(outsider=self.party)
            if (company := rows.values_list("customer", flat=True).first()) is not None:
                return f"{reverse('customer', args=[company])}?tab={tab}"
        return reverse("companies")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = earlier_of(self.party) if self.party.is_writable else []  # type: ignore[attr-defined]  # with_reach
        said = {"earlier": earlier, "cancel_url": self.get_success_url()}
        return super().get_context_data(**said | kwargs)
