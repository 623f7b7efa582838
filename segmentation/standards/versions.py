"""Which version of the service standards holds on a day."""

from datetime import date

from segmentation.models import ServiceStandard
from segmentation.standards.definition import Standard, parsed

NOTHING = Standard()


def version_on(day: date) -> ServiceStandard | None:
    return ServiceStandard.objects.filter(effective_from__lte=day).order_by("-effective_from").first()


def standard_on(day: date) -> Standard:
    """One that gives nothing where there is no version."""
    version = version_on(day)
    return parsed(version.content) if version else NOTHING
