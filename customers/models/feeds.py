"""What came in, and through which date it is complete."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.jobs.models import Run
from customers.models.import_profiles import ImportProfile


class Feed(models.Model):
    """A kind of import that the night waits for. Not closed through a business date: no downgrade that night."""

    kind = models.CharField(_("kind"), max_length=24, unique=True)
    closed_through = models.DateField(_("closed through"), null=True, blank=True)

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.kind


class FeedClosing(models.Model):
    """Somebody said that a feed is complete through a date; with the control figures, where they were given.

    `received_rows` and `received_total` are what was there at that moment; null for closings before they were kept.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="closings")
    through = models.DateField(_("through"))
    rows = models.BigIntegerField(_("rows"), null=True, blank=True)
    total = models.DecimalField(_("control total"), max_digits=24, decimal_places=4, null=True, blank=True)
    received_rows = models.BigIntegerField(_("received rows"), null=True, blank=True)
    received_total = models.DecimalField(_("received total"), max_digits=24, decimal_places=4, null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), auto_now_add=True)
    by_label = models.CharField(_("by"), max_length=150)

    class Meta:
        verbose_name = _("feed closing")
        verbose_name_plural = _("feed closings")
        ordering = ["-closed_at"]

    def __str__(self) -> str:
        return f"{self.feed} {self.through}"


class ImportBatch(models.Model):
    """One file that came in. Its progress and row errors are those of its run.

    `mapping` is what becomes of the file's columns, as in a profile; empty where they are named like the fields.
    `survey` is what was seen in an upload while its columns are mapped: no contact data, and gone with the file.
    """

    run = models.OneToOneField(Run, models.CASCADE, related_name="import_batch")
    kind = models.CharField(_("kind"), max_length=24)
    file = models.FileField(_("file"), upload_to="imports/%Y/%m/", blank=True)
    filename = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    encoding = models.CharField(_("coding"), max_length=24, blank=True)
    is_dry_run = models.BooleanField(_("dry run"), default=False)
    close_through = models.DateField(_("close through"), null=True, blank=True)
    rows = models.BigIntegerField(_("rows"), default=0)
    accepted = models.BigIntegerField(_("accepted"), default=0)
    rejected = models.BigIntegerField(_("rejected"), default=0)
    unchanged = models.BigIntegerField(_("unchanged"), default=0)
    refused_code = models.CharField(_("refused"), max_length=32, blank=True)
    mapping = models.JSONField(_("mapping"), default=dict, blank=True)
    survey = models.JSONField(default=dict, blank=True, editable=False)
    profile = models.ForeignKey(
        ImportProfile,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("import profile"),
        db_index=False,
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename
