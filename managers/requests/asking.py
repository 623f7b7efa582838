"""The terms of resource requests on a page: read by the staff, proposed by an admin."""

from typing import Any

from django.forms import BaseForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty
from managers.approved_pages import ProposeRules, RulesPage
from managers.requests.forms import TermsForm
from managers.requests.proposals import said_terms
from managers.requests.terms import RULES


class TermsPage(RulesPage):
    permission = "resource-terms:read"
    title = _("Terms of resource requests")
    template_name = "managers/requests/terms.html"
    rules = RULES
    actions = [Action(_("Change"), "resource_terms_change", icon="pencil", permission="resource-terms:write")]
    empty = Empty(
        _("No terms yet"),
        _("Until there are some nobody grants alone: approvers decide on every request."),
        icon="cash",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = said_terms(self.version.content if self.version else {})
        shown = {
            "floors": [said for key, said in lines.items() if key[0] == "floor"],
            "limits": [said for key, said in lines.items() if key[0] == "limit"],
            "empty": self.empty,
        }
        return super().get_context_data(**shown | kwargs)


class ProposeTerms(ProposeRules):
    permission = "resource-terms:write"
    title = _("Change the terms of resource requests")
    parents = [(TermsPage.title, "resource_terms")]
    cancel_to = success_url = "resource_terms"
    intro = _("Somebody else decides. Requests that were decided stay as they are.")
    form_class = TermsForm
    rules = RULES
    named = TermsPage.title

    def get_initial(self) -> dict[str, Any]:
        content = RULES.content_on(timezone.localdate())
        floors = [f"{line['kind']} {line['of']} {line['price']}" for line in content.get("floors", ())]
        limits = [
            f"{line['role']} {line['level'] or '*'} {line['kind']} {line['up_to']}"
            for line in content.get("limits", ())
        ]
        return {"floors": "\n".join(floors), "limits": "\n".join(limits)}

    def content(self, form: Any) -> dict[str, Any]:
        return {name: form.cleaned_data[name] for name in ("floors", "limits")}

    def refused(self, form: BaseForm, refusal: Any) -> Any:
        """A path such as limits[2].kind stands beside its list."""
        if refusal.field and (name := refusal.field.partition("[")[0]) in form.fields:
            refusal.message, refusal.field = f"{refusal.field}: {refusal.message}", name
        return super().refused(form, refusal)
