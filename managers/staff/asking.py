"""What the bank asks of managers, on a page: read by the staff, proposed by an admin."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty
from managers.approved_pages import ProposeRules, RulesPage
from managers.models import Manager
from managers.staff.forms import StandardsForm
from managers.staff.proposals import said
from managers.staff.standards import RULES, asked_on, eligible, parsed
from segmentation.managed.versions import assigning_on
from segmentation.models import Tier


class StandardsOfManagers(RulesPage):
    permission = "manager-standards:read"
    title = _("What is asked of managers")
    template_name = "managers/staff/standards.html"
    rules = RULES
    actions = [Action(_("Change"), "manager_standards_change", icon="pencil", permission="manager-standards:write")]
    empty = Empty(
        _("Nothing is asked of managers yet"),
        _("An admin proposes a grade and certificates for each tier; somebody else decides."),
        icon="certificate",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who meets it, of the managers in reach; admins, who see no book, count them all."""
        today, user = timezone.localdate(), self.request.user
        rows = Manager.objects.visible_to(user).at_work() if user.may("managers:read") else None
        able, asked = eligible(on=today, managers=rows), parsed(self.version.content if self.version else {})
        names = _names(asked)
        tiers = [{"name": name, "said": said(asked[code]), "able": len(able.of(code))} for code, name in names.items()]
        shown = {"tiers": tiers, "at_work": len(able.everybody), "today": today, "empty": self.empty}
        return super().get_context_data(**shown | kwargs)


class ProposeStandards(ProposeRules):
    permission = "manager-standards:write"
    title = _("Change what is asked of managers")
    parents = [(StandardsOfManagers.title, "manager_standards")]
    cancel_to = success_url = "manager_standards"
    intro = _("Somebody else decides. Managers keep the customers that they have.")
    form_class = StandardsForm
    rules = RULES
    named = StandardsOfManagers.title

    def get_form_kwargs(self) -> dict[str, Any]:
        today = timezone.localdate()
        return super().get_form_kwargs() | {"tiers": _names(assigning_on(today).weights), "now": asked_on(today)}

    def content(self, form: Any) -> dict[str, Any]:
        return form.content()  # type: ignore[no-any-return]


def _names(codes: Any) -> dict[str, str]:
    """Of the tiers, from the lowest to the highest."""
    return dict(Tier.objects.filter(code__in=codes).order_by("rank").values_list("code", "name"))
