"""Which version of a policy holds on a day."""

from datetime import date

from segmentation.models import SchemeVersion, WaiverPolicy


def scheme_versions_on(day: date) -> dict[str, SchemeVersion]:
    """By kind of customer: the scheme version in force, where there is one."""
    newest = (
        SchemeVersion.objects.filter(effective_from__lte=day)
        .select_related("scheme")
        .order_by("scheme", "-effective_from", "-number")
        .distinct("scheme")
    )
    return {version.scheme.customer_kind: version for version in newest}


def waiver_policy_on(day: date) -> WaiverPolicy | None:
    return WaiverPolicy.objects.filter(effective_from__lte=day).order_by("-effective_from").first()
