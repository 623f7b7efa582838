"""What the bank asks of managers, on a page: read by the staff, proposed by an admin."""

from typing import Any

from django.forms import BaseForm
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.base.pages import Action, Empty, FormPage, Page
from managers.models import Manager, ManagerStandard
from managers.models.staff_standards import KIND
from managers.staff.forms import StandardsForm
from managers.staff.proposals import said
from managers.staff.standards import RULES, asked_on, eligible, parsed
from segmentation.managed.versions import assigning_on
from segmentation.models import Tier

NONE = Empty(
    gettext_lazy("Nothing is asked of managers yet"),
    gettext_lazy("An admin proposes a grade and certificates for each tier; somebody else decides."),
    icon="certificate",
)


class StandardsOfManagers(Page):
    permission = "manager-standards:read"
    title = gettext_lazy("What is asked of managers")
    template_name = "managers/staff/standards.html"

    def get_actions(self) -> list[Action]:
        if not self.may("manager-standards:write"):
            return []
        return [Action(gettext_lazy("Change"), "manager_standards_change", icon="pencil")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who meets it, of the managers in reach; admins, who see no book, count them all."""
        today, user = timezone.localdate(), self.request.user
        rows = Manager.objects.visible_to(user).at_work() if user.may("managers:read") else None
        able, version = eligible(on=today, managers=rows), RULES.version_on(today)
        asked = parsed(version.content) if version else {}
        names = dict(Tier.objects.filter(code__in=asked).order_by("rank").values_list("code", "name"))
        tiers = [{"name": name, "said": said(asked[code]), "able": len(able.of(code))} for code, name in names.items()]
        shown = {
            "version": version,
            "versions": ManagerStandard.objects.select_related("published_by"),
            "tiers": tiers,
            "at_work": len(able.everybody),
            "today": today,
            "empty": NONE,
        }
        return super().get_context_data(**shown | kwargs)


class ProposeStandards(FormPage):
    permission = "manager-standards:write"
    title = gettext_lazy("Change what is asked of managers")
    parents = [(StandardsOfManagers.title, "manager_standards")]
    cancel_to = success_url = "manager_standards"
    intro = gettext_lazy("Somebody else decides. Managers keep the customers that they have.")
    submit = gettext_lazy("Propose")
    done = gettext_lazy("It waits for somebody else's decision.")
    form_class = StandardsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        weighed = assigning_on(timezone.localdate()).weights
        names = dict(Tier.objects.filter(code__in=weighed).order_by("rank").values_list("code", "name"))
        return super().get_form_kwargs() | {"tiers": names, "now": asked_on(timezone.localdate())}

    def perform(self, form: BaseForm) -> Proposal:
        assert isinstance(form, StandardsForm)
        return propose(
            kind=KIND,
            content=form.content(),
            title=_("What is asked of managers"),
            reason=form.cleaned_data["reason"],
            effective_from=form.cleaned_data["effective_from"],
            by=self.request.user,
            at=timezone.now(),
        )
