"""Which assignment policy holds on a day."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from segmentation.managed.definition import Assigning, parsed
from segmentation.models import AssignmentPolicy

WEIGHTS = {"gold": 1, "platinum": 2, "diamond": 4, "private": 8}
# what holds until a bank has said something of its own
STANDARD: dict[str, Any] = {
    "weights": [{"tier": tier, "weight": weight} for tier, weight in WEIGHTS.items()],
    "rules": [{"name": gettext_noop("Managed tiers"), "tiers": list(WEIGHTS)}],
}


def version_on(day: date) -> AssignmentPolicy | None:
    return AssignmentPolicy.objects.filter(effective_from__lte=day).order_by("-effective_from").first()


def assigning_on(day: date) -> Assigning:
    version = version_on(day)
    return parsed(version.content if version else STANDARD)
