"""At which prices the bank gives money and services, and who may grant how much."""

from django.utils.translation import gettext_lazy as _

from managers.models.approved import ApprovedVersion, four_eyed

KIND = "resource_terms"


class ResourceTerms(ApprovedVersion):
    """`content` is {"floors": [{"kind", "of", "price"}], "limits": [{"role", "level", "kind", "up_to"}]}: managers/requests."""

    class Meta:
        verbose_name = _("terms of resource requests")
        verbose_name_plural = _("terms of resource requests")
        ordering = ["-number"]
        triggers = four_eyed(KIND)
