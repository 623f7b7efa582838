"""The schemes and the waiver policies that are in force, in words."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Page
from segmentation.explain import latest_day
from segmentation.ladders import ladders
from segmentation.models import WaiverPolicy
from segmentation.services.policies import next_day
from segmentation.small_balance.definition import SmallBalance
from segmentation.versions import waiver_policy_on
from segmentation.waivers import lines_of, percent, small_balance_of


class TiersPage(Page):
    """Each scheme with its versions, and its tiers as sentences with the number of their members."""

    permission = "tiers:read"
    title = _("Tiers")
    template_name = "segmentation/tiers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on = latest_day() or timezone.localdate()
        context = {"ladders": ladders(self.request.user, on=on), "on": on, "may_list": self.may("customers:read")}
        return super().get_context_data(**context | kwargs)


class WaiverPoliciesPage(Page):
    """The policy in force, line by line, and the versions before and after it."""

    permission = "waiver-policies:read"
    title = _("Waiver policies")
    template_name = "segmentation/waiver_policies.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        in_force = waiver_policy_on(next_day())
        policies = WaiverPolicy.objects.prefetch_related("lines").order_by("-effective_from")
        shown = [
            (policy, policy == in_force, percent(policy.ceiling), lines_of(policy), small_balance_of(_part(policy)))
            for policy in policies
        ]
        return super().get_context_data(policies=shown, **kwargs)


def _part(policy: WaiverPolicy) -> SmallBalance | None:
    written = policy.content.get("small_balance")
    return SmallBalance.parse(written) if written else None
