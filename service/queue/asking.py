"""The rules of the queue on a page: read by the staff, with a simulated day; proposed by an admin."""

from typing import Any

from django.forms import BaseForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action
from managers.approved_pages import ProposeRules, RulesPage
from service.queue.forms import RulesForm
from service.queue.picking import IN_A_ROW
from service.queue.proposals import said
from service.queue.rules import RULES, content_on, fairness_of
from service.queue.simulating import COUNTERS, CUSTOMERS, what_follows


class QueueRulesPage(RulesPage):
    permission = "queue-rules:read"
    title = _("Rules of the queue")
    parents = [(_("Queue"), "queue")]
    template_name = "service/queue/rules.html"
    rules = RULES
    actions = [Action(_("Propose a change"), "queue_rules_propose", icon="pencil", permission="queue-rules:write")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = content_on(timezone.localdate())
        vips, others = what_follows(fairness_of(content, ""))
        simulated = [(_("VIPs"), vips), (_("Others"), others)]
        shown = {
            "lines": said(content), "simulated": simulated, "customers": CUSTOMERS, "counters": COUNTERS, "in_a_row": IN_A_ROW,
        }  # fmt: skip
        return super().get_context_data(**shown | kwargs)


class ProposeQueueRules(ProposeRules):
    permission = "queue-rules:write"
    title = _("Propose rules of the queue")
    parents = [(QueueRulesPage.title, "queue_rules")]
    cancel_to = success_url = "queue_rules"
    intro = _("Somebody else decides, and sees what the rules do on a simulated day.")
    form_class = RulesForm
    rules = RULES
    named = QueueRulesPage.title

    def get_initial(self) -> dict[str, Any]:
        content = content_on(timezone.localdate())
        lines = [
            f"{code} {fairness.ageing:f} {fairness.limit.total_seconds() / 60:.0f}"
            for code in sorted(content["branches"])
            if (fairness := fairness_of(content, code))
        ]
        return content | {"branches": "\n".join(lines)}

    def content(self, form: Any) -> dict[str, Any]:
        return form.said()

    def refused(self, form: BaseForm, refusal: Any) -> Any:
        """What is wrong of one branch stands beside their list."""
        if refusal.field and refusal.field.startswith("branches"):
            refusal.message, refusal.field = f"{refusal.field}: {refusal.message}", "branches"
        return super().refused(form, refusal)
