"""What the partitions staged, written out in the transaction that publishes the night."""

from collections import Counter

from crm.base.sql import rows_of, run_sql
from crm.jobs import services as jobs
from segmentation.models import SegmentVersion, StagedSegments
from segmentation.night.context import Night
from segmentation.segments.classification import SQL, unreadable
from segmentation.segments.versions import bring_up_to

MEMBERS, PRIMARIES = ("left", "joined", "standing"), ("primary_left", "primary_joined")


def write(night: Night) -> None:
    """Memberships, primary segments, and the counts of the day."""
    staged = StagedSegments.objects.filter(run=night.run)
    parameters, has_moves = night.parameters(), staged.exists()
    primary: Counter[int] = Counter()
    if has_moves:
        for name in MEMBERS:
            run_sql(SQL / f"{name}.sql", **parameters)
        for name in PRIMARIES:
            for row in rows_of(SQL / f"{name}.sql", **parameters):
                primary[row["segment_id"]] += row["n"]
    if has_moves or night.segments:
        in_force = list(SegmentVersion.objects.filter(pk__in=night.segments).values_list("segment_id", flat=True))
        moves = {"primary_segments": list(primary), "primary_moves": list(primary.values())}
        run_sql(SQL / "days.sql", in_force=in_force, **moves, **parameters)
        staged.delete()
        for name in unreadable(night):
            jobs.report(run_id=night.run.pk, customer_id=None, code="segment_unreadable", message=name)
    bring_up_to(night.tomorrow)
