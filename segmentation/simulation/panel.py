"""The simulated effect on the page of a proposal, as its maker saw it."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from crm.approvals.models import Proposal
from crm.base.panels import Panel
from segmentation.simulation.shown import matrix_of, spared_of


def _effect(request: HttpRequest, proposal: Proposal) -> dict[str, Any] | None:
    effect = proposal.effect.get("_simulation")
    if not effect:
        return None
    draft = {proposal.kind: proposal.content}
    return {
        "matrix": matrix_of(draft, effect),
        "spared": spared_of(draft, effect),
        "managers": effect["managers"],
        "customers": effect["customers"],
        "simulation_id": effect["id"],
    }


EFFECT = Panel("simulation", "segmentation/simulation/_effect.html", _effect, gettext_lazy("Simulated effect"))
