"""What the waiver ledger has sent to the bank's core, and what the core answered."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from segmentation.models.waivers import WaiverEntry


class PostingBatch(models.Model):
    """The entries of one sending, in order; the posting file can be fetched again and again and says the same."""

    value_date = models.DateField(_("value date"))
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("posting batch")
        verbose_name_plural = _("posting batches")
        ordering = ["-pk"]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def entries(self) -> int:
        """How many were sent; settled ones are not."""
        return self.postings.exclude(state=Posting.State.SETTLED).count()


class Posting(models.Model):
    """An entry is sent once; the core answers once, by trigger. Without an answer it is open.

    Settled is what must not be sent: the reversal of an entry that the core refused, and an entry with its reversal where
    neither had been sent.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Sent, no answer yet")
        POSTED = "posted", _("Posted")
        REFUSED = "refused", _("Refused by the core")
        SETTLED = "settled", _("Settled without the core")

    entry = models.OneToOneField(WaiverEntry, models.PROTECT, primary_key=True, related_name="posting")
    batch = models.ForeignKey(PostingBatch, models.PROTECT, related_name="postings")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "settled"], posted_on=None, reason="", answered_at=None)
                | Q(state="posted", posted_on__isnull=False, answered_at__isnull=False)
                | (Q(state="refused", posted_on=None, answered_at__isnull=False) & ~Q(reason="")),
                name="posting_answer_is_whole",
            )
        ]
        indexes = [models.Index(fields=["state", "batch"], name="posting_state")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__state="open")
            ),
            pgtrigger.Protect(
                name="only_the_answer_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["state", "posted_on", "reason", "answered_at"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.state}"

    @property
    def currency(self) -> str:
        return self.entry.currency
