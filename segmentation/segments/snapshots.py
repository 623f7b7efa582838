"""Freezing the members of a segment under a name."""

from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.sql import run_sql
from crm.identity.models import User
from segmentation.models import Published, Segment, SegmentMembership, SegmentSnapshot
from segmentation.segments.versions import versions_on

SQL = Path(__file__).parent / "sql"


@transaction.atomic
def freeze(*, segment: Segment, name: str, by: User) -> SegmentSnapshot:
    """Keep who is a member as of the published date, all of them, whoever asks. Raises RuleBroken."""
    published = Published.objects.select_for_update(no_key=True).first()
    if published is None:
        raise RuleBroken(_("No night has been published: there is nobody to freeze."))
    snapshot = SegmentSnapshot(
        segment=segment,
        version=versions_on(published.business_date).get(segment.code),
        name=name.strip(),
        business_date=published.business_date,
        members=SegmentMembership.objects.filter(segment=segment).open().count(),
        taken_by=by,
    )
    if not snapshot.name:
        raise RuleBroken(_("A snapshot needs a name."), field="name")
    try:
        with transaction.atomic():
            snapshot.save()
    except IntegrityError as error:
        raise RuleBroken(_("A snapshot of this segment has this name already."), field="name") from error
    run_sql(SQL / "frozen.sql", snapshot=snapshot.pk, segment=segment.pk)
    audit.record("segment_snapshot.taken", snapshot, by=by, segment=segment.code, members=snapshot.members)
    return snapshot
