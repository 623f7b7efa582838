"""The run ledger. PostgreSQL is the record of all long work; Celery only rings."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.jobs.querysets import PartitionQuerySet, RunQuerySet


class Run(models.Model):
    """A night that a person refused stays as it was, unseen; its business date is run again, as another run."""

    class Kind(models.TextChoices):
        NIGHT = "night", _("Night")
        IMPORT = "import", _("Import")
        SIMULATION = "simulation", _("Simulation")
        WAIVER_CHECK = "waiver_check", _("Waiver check")
        DISCLOSURE = "disclosure", _("Subject export")
        ASSIGNMENT = "assignment", _("Assignment of managers")
        CADENCE = "cadence", _("Contacts due by another plan")

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        COMPLETED_WITH_ERRORS = "completed_with_errors", _("Completed with errors")
        HELD = "held", _("Completed, downgrades held")
        WAITING = "waiting", _("Waiting for a person")
        FAILED = "failed", _("Failed")
        REFUSED = "refused", _("Refused by a person")

    ENDED = (Status.COMPLETED, Status.COMPLETED_WITH_ERRORS, Status.HELD)

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    business_date = models.DateField(_("business date"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=24, choices=Status, default=Status.QUEUED)
    message = models.CharField(_("message"), max_length=300, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("started by")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    rows_total = models.BigIntegerField(_("rows"), default=0)
    rows_done = models.BigIntegerField(_("rows done"), default=0)
    parameters = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_date"],
                condition=Q(kind="night") & ~Q(status="refused"),
                name="jobs_one_night_per_business_date",
            ),
        ]
        indexes = [models.Index(fields=["kind", "-id"], name="jobs_run_newest_of_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.business_date or self.pk}"

    @property
    def has_ended(self) -> bool:
        return self.status in self.ENDED

    @property
    def is_under_way(self) -> bool:
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)

    @property
    def is_held_back(self) -> bool:
        """All is done but publishing: a person must say that it may."""
        return self.status == self.Status.WAITING and self.rows_total > 0


class Partition(models.Model):
    """A share of a run that one worker does in one transaction. `fence` rises with each claim; a stale one can't close."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        CLAIMED = "claimed", _("Claimed")
        DONE = "done", _("Done")
        SPLIT = "split", _("Split")
        FAILED = "failed", _("Failed")

    run = models.ForeignKey(Run, models.CASCADE, related_name="partitions")
    number = models.PositiveIntegerField(_("number"))
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(_("worker"), max_length=120, blank=True)
    steps = models.JSONField(_("steps"), default=list, blank=True)
    rows = models.BigIntegerField(_("rows"), default=0)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    message = models.CharField(_("message"), max_length=300, blank=True)

    objects = PartitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("partition")
        verbose_name_plural = _("partitions")
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="jobs_partition_number_once")]

    def __str__(self) -> str:
        return f"{self.run} {self.number}"


class RowError(models.Model):
    """A row that could not be taken, and why. `value` is masked where the column is sensitive."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="row_errors")
    line = models.BigIntegerField(_("line"), null=True, blank=True)
    customer_id = models.BigIntegerField(null=True, blank=True)
    column = models.CharField(_("column"), max_length=64, blank=True)
    code = models.CharField(_("code"), max_length=32)
    message = models.CharField(_("message"), max_length=300)
    value = models.CharField(_("value"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("row error")
        verbose_name_plural = _("row errors")
        ordering = ["run", "line", "id"]
        indexes = [models.Index(fields=["run", "line", "id"], name="jobs_row_error_of_run")]

    def __str__(self) -> str:
        return f"{self.line}: {self.code}"
