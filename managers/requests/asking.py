"""The terms of resource requests on a page: read by the staff, proposed by an admin."""

from typing import Any

from django.forms import BaseForm
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.base.pages import Action, Empty, FormPage, Page
from managers.models import ResourceTerms
from managers.requests.forms import TermsForm
from managers.requests.proposals import said_terms
from managers.requests.terms import RULES

NONE = Empty(
    gettext_lazy("No terms yet"),
    gettext_lazy("Until there are some nobody grants alone: approvers decide on every request."),
    icon="cash",
)


class TermsPage(Page):
    permission = "resource-terms:read"
    title = gettext_lazy("Terms of resource requests")
    template_name = "managers/requests/terms.html"

    def get_actions(self) -> list[Action]:
        if not self.may("resource-terms:write"):
            return []
        return [Action(gettext_lazy("Change"), "resource_terms_change", icon="pencil")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = RULES.version_on(timezone.localdate())
        lines = said_terms(version.content if version else {})
        shown = {
            "version": version,
            "versions": ResourceTerms.objects.select_related("published_by"),
            "floors": [said for key, said in lines.items() if key[0] == "floor"],
            "limits": [said for key, said in lines.items() if key[0] == "limit"],
            "empty": NONE,
        }
        return super().get_context_data(**shown | kwargs)


class ProposeTerms(FormPage):
    permission = "resource-terms:write"
    title = gettext_lazy("Change the terms of resource requests")
    parents = [(TermsPage.title, "resource_terms")]
    cancel_to = success_url = "resource_terms"
    intro = gettext_lazy("Somebody else decides. Requests that were decided stay as they are.")
    submit = gettext_lazy("Propose")
    done = gettext_lazy("It waits for somebody else's decision.")
    form_class = TermsForm

    def get_initial(self) -> dict[str, Any]:
        content = RULES.content_on(timezone.localdate())
        floors = [f"{line['kind']} {line['of']} {line['price']}" for line in content.get("floors", ())]
        limits = [
            f"{line['role']} {line['level'] or '*'} {line['kind']} {line['up_to']}"
            for line in content.get("limits", ())
        ]
        return {"floors": "\n".join(floors), "limits": "\n".join(limits)}

    def perform(self, form: BaseForm) -> Proposal:
        said = form.cleaned_data
        return propose(
            kind=RULES.kind,
            content={"floors": said["floors"], "limits": said["limits"]},
            title=_("Terms of resource requests"),
            reason=said["reason"],
            effective_from=said["effective_from"],
            by=self.request.user,
            at=timezone.now(),
        )

    def refused(self, form: BaseForm, refusal: Any) -> Any:
        """A path such as limits[2].kind stands beside its list."""
        if refusal.field and (name := refusal.field.partition("[")[0]) in form.fields:
            refusal.message, refusal.field = f"{refusal.field}: {refusal.message}", name
        return super().refused(form, refusal)
