"""A customer whom a teller refers to their manager: taken on within a business day, or put before the heads of the branch."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer, Product
from customers.models.moving import moves_with_merges, said_once
from managers.models.sales import Opportunity
from managers.referrals.querysets import ReferralQuerySet


class Referral(models.Model):
    """Made once for a family of products while one waits; answered once."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a referral", "Waiting")
        ACCEPTED = "accepted", pgettext_lazy("a referral", "Accepted")
        DECLINED = "declined", pgettext_lazy("a referral", "Declined")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False)
    family = models.CharField(_("product family"), max_length=12, choices=Product.Family)
    note = models.CharField(_("note"), max_length=200, blank=True)
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("referred by")
    )
    referred_at = models.DateTimeField(pgettext_lazy("a referral", "referred"))
    due_at = models.DateTimeField(_("to be answered by"))
    escalated_at = models.DateTimeField(_("put before the head"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("answered by"), db_index=False,
    )  # fmt: skip
    answered_at = models.DateTimeField(pgettext_lazy("a referral", "answered"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["-referred_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "family"], condition=Q(state="waiting"), name="referral_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None, answered_by=None, reason="")
                | Q(state="accepted", answered_at__isnull=False, reason="")
                | (Q(state="declined", answered_at__isnull=False) & ~Q(reason="")),
                name="referral_answer_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["customer"], name="referral_of_customer"),
            models.Index(fields=["-referred_at", "-id"], name="referral_newest"),
            models.Index(fields=["due_at"], condition=Q(state="waiting", escalated_at=None), name="referral_due"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once(
                "answered_once", "OLD.state <> 'waiting'", "state", "answered_at", "answered_by_id", "reason", "version"
            ),
            pgtrigger.Protect(
                name="only_its_answer_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("family", "note", "referred_by", "referred_at", "due_at"),
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return str(self.get_family_display())


class ReferralCredit(models.Model):
    """A sale that a referral brought: one for each referral, and one for each sale. Taken back where the sale is open again."""

    referral = models.ForeignKey(
        Referral, models.PROTECT, related_name="credits", verbose_name=_("referral"), db_index=False
    )
    opportunity = models.ForeignKey(
        Opportunity, models.PROTECT, related_name="+", verbose_name=_("opportunity"), db_index=False
    )
    credited_at = models.DateTimeField(_("credited"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("credit of a referral")
        verbose_name_plural = _("credits of referrals")
        constraints = [
            models.UniqueConstraint(
                fields=[field], condition=Q(taken_back_at=None), name=f"referral_credit_once_per_{field}"
            )
            for field in ("referral", "opportunity")
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("taken_back_once", "OLD.taken_back_at IS NOT NULL", "taken_back_at"),
            pgtrigger.Protect(
                name="only_taken_back",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["taken_back_at"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.opportunity_id}"
