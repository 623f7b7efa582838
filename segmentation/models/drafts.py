"""A policy while somebody writes it: right or wrong, nothing that was typed is lost."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from segmentation.querysets import PolicyDraftQuerySet


class PolicyDraft(models.Model):
    """`content` is the tier scheme, the waiver policy, the segment, the standards or the offer as in a policy file, right or wrong.

    `base` says from which version it began, 0 from none.
    """

    class Kind(models.TextChoices):
        TIER_SCHEME = "tier_scheme", _("Tier scheme")
        WAIVER_POLICY = "waiver_policy", _("Waiver policy")
        SEGMENT = "segment", _("Segment")
        SERVICE_STANDARDS = "service_standards", _("Service standards")
        PRODUCT_OFFER = "product_offer", _("Product offer")
        VALUE = "value", _("Value assumptions")
        CHANGE_RULE = "change_rule", _("Change rule")
        ASSIGNMENT_POLICY = "assignment_policy", _("Assignment policy")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    content = models.JSONField(_("content"))
    base = models.PositiveIntegerField(_("from version"), default=0)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="policy_drafts", verbose_name=_("owner")
    )
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = PolicyDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-saved_at", "-pk"]
        indexes = [models.Index(fields=["owner", "-saved_at", "-id"], name="policy_draft_of_owner")]

    def __str__(self) -> str:
        return self.name
