"""How much waiting weighs against a tier, and how long anybody waits before VIPs stand back."""

from django.utils.translation import gettext_lazy as _

from managers.models.approved import ApprovedVersion, four_eyed

KIND = "queue_rules"


class QueueRules(ApprovedVersion):
    """`content` is {"ageing", "limit_minutes", "branches": {code: the same}}: service/queue/rules.py."""

    class Meta:
        verbose_name = _("rules of the queue")
        verbose_name_plural = _("rules of the queue")
        ordering = ["-number"]
        triggers = four_eyed(KIND)
