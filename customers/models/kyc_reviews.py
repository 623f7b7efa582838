"""Reviews of a customer, which come due by the money-laundering risk."""

from collections.abc import Mapping

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.kyc import Risk
from customers.models.moving import moves_with_merges, said_once
from customers.models.parties import Customer
from customers.querysets.kyc import KycReviewQuerySet


class KycReview(models.Model):
    """Due on a day, begun by somebody, concluded once. `checks` is {check: {"result", "note"}}; the next one follows.

    That of an anti-money-laundering case (`is_case`) is seen by those who are cleared.
    """

    class Check(models.TextChoices):
        IDENTITY = "identity", _("Valid identity document")
        ADDRESS = "address", _("Address")
        OCCUPATION = "occupation", _("Occupation")
        BUSINESS = "business", _("Business and its purpose")
        FUNDS = "funds", _("Source of funds")
        OWNERS = "owners", _("Beneficial owners")
        SCREENING = "screening", _("Screening: politically exposed, sanctions")

    class Result(models.TextChoices):
        OK = "ok", _("In order")
        MISSING = "missing", pgettext_lazy("a check", "Missing")
        HIT = "hit", pgettext_lazy("a screening", "Hit")
        NOT_NEEDED = "not_needed", _("Not needed")

    class State(models.TextChoices):
        DUE = "due", pgettext_lazy("a review", "Planned")
        BEGUN = "begun", pgettext_lazy("a review", "Begun")
        DONE = "done", pgettext_lazy("a review", "Concluded")

    class Conclusion(models.TextChoices):
        KEEP = "keep", _("Go on as before")
        WATCH = "watch", _("Go on, watched closely")
        EXIT = "exit", _("End the relationship")
        ENDED = "ended", _("No longer needed: the case has ended")

    # what somebody who reviewed may say
    SAID = (Conclusion.KEEP, Conclusion.WATCH, Conclusion.EXIT)

    OF_KIND: Mapping[str, tuple[Check, ...]] = {
        Customer.Kind.PERSON: (Check.IDENTITY, Check.ADDRESS, Check.OCCUPATION, Check.FUNDS, Check.SCREENING),
        Customer.Kind.COMPANY: (
            Check.IDENTITY,
            Check.ADDRESS,
            Check.BUSINESS,
            Check.FUNDS,
            Check.OWNERS,
            Check.SCREENING,
        ),
        Customer.Kind.INSTITUTION: (Check.IDENTITY, Check.ADDRESS, Check.BUSINESS, Check.OWNERS, Check.SCREENING),
    }

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="kyc_reviews", verbose_name=_("customer"), db_index=False
    )
    level = models.CharField(_("risk"), max_length=6, choices=Risk)
    is_case = models.BooleanField(_("anti-money-laundering case"), default=False)
    due_on = models.DateField(pgettext_lazy("a review", "due on"))
    state = models.CharField(_("state"), max_length=5, choices=State, default=State.DUE)
    checks = models.JSONField(_("checks"), default=dict, blank=True)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("begun by")
    )
    conclusion = models.CharField(_("conclusion"), max_length=5, choices=Conclusion, blank=True, default="")
    remark = models.CharField(_("remark"), max_length=500, blank=True, default="")
    concluded_at = models.DateTimeField(_("concluded"), null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = KycReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("KYC review")
        verbose_name_plural = _("KYC reviews")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "is_case"], condition=~Q(state="done"), name="kyc_review_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="done", conclusion="")
                & (~Q(state="done") | Q(concluded_at__isnull=False, begun_at__isnull=False)),
                name="kyc_review_conclusion_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "state", "due_on"], name="kyc_review_of_customer"),
            models.Index(fields=["due_on", "id"], name="kyc_review_due"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once(
                "concluded_once", "OLD.state = 'done'", "level", "is_case", "due_on", "state", "checks", "begun_at",
                "begun_by_id", "conclusion", "remark", "concluded_at", "reviewer_id", "version",
            ),
            moves_with_merges(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.due_on}"
