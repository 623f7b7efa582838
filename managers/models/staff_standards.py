"""What the bank asks of who looks after customers of a tier."""

from django.utils.translation import gettext_lazy as _

from managers.models.approved import ApprovedVersion, four_eyed

KIND = "manager_standards"


class ManagerStandard(ApprovedVersion):
    """`content` is {"tiers": {code: {"grade": "senior", "certificates": ["cfp"]}}}."""

    class Meta:
        verbose_name = _("what is asked of managers")
        verbose_name_plural = _("what is asked of managers")
        ordering = ["-number"]
        triggers = four_eyed(KIND)
