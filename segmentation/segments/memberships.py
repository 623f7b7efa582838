"""What the partitions staged, written out in the transaction that publishes the night."""

from crm.base.sql import run_sql
from crm.jobs import services as jobs
from segmentation.models import SegmentVersion, StagedSegments
from segmentation.night.context import Night
from segmentation.segments.classification import SQL, unreadable
from segmentation.segments.versions import bring_up_to

STATEMENTS = ("left", "joined", "primary_left", "primary_joined")


def write(night: Night) -> None:
    """Memberships, primary segments, and the counts of the day."""
    staged = StagedSegments.objects.filter(run=night.run)
    parameters = night.parameters()
    if staged.exists():
        for name in STATEMENTS:
            run_sql(SQL / f"{name}.sql", **parameters)
    in_force = list(SegmentVersion.objects.filter(pk__in=night.segments).values_list("segment_id", flat=True))
    if in_force or staged.exists():
        run_sql(SQL / "days.sql", in_force=in_force, **parameters)
    staged.delete()
    bring_up_to(night.tomorrow)
    for name in unreadable(night) if in_force else ():
        jobs.report(run_id=night.run.pk, customer_id=None, code="segment_unreadable", message=name)
