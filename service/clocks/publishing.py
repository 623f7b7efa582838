"""Writing versions of the service levels. A version never changes afterwards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from segmentation.models import Tier
from segmentation.policies import Part
from segmentation.rules.validation import refuse
from segmentation.segments.references import resolved
from segmentation.segments.versions import rules_on
from segmentation.services.publishing import Applied, Start
from service.clocks.definition import PARTS, PATH, Levels, parsed
from service.clocks.versions import content_on
from service.models import ServiceLevels
from service.publishing import publish_version


def check_known(levels: Levels, day: date) -> None:
    """Tiers and segments that they speak of are there, or were spoken of before. Raises RuleBroken with the path."""
    before = parsed(content_on(day))
    tiers = {code for line in (*before.priorities, *before.slas) for code in line.tiers}
    tiers |= set(Tier.objects.values_list("code", flat=True))
    segments = rules_on(day)
    for name, lines in (("priorities", levels.priorities), ("slas", levels.slas)):
        for place, line in enumerate(lines):
            path = f"{PATH}.{name}[{place}]"
            if unknown := [code for code in line.tiers if code not in tiers]:
                refuse(f"{path}.tiers", _("no scheme has a tier “%(tier)s”.") % {"tier": unknown[0]})
            resolved(line.when, segments, path=f"{path}.when")


@transaction.atomic
def publish_levels(*, content: dict[str, Any], by: Any, day: date, proposal: Proposal | None = None) -> ServiceLevels:
    """From a day on. Raises RuleBroken."""
    check_known(Levels.parse(content), day)
    return publish_version(ServiceLevels, name=PATH, content=content, by=by, day=day, proposal=proposal)


def of_file(written: Any, day: date) -> dict[str, Any]:
    """`slas` of a policy file: a list of targets, or an object with calendars and priorities too; what it leaves out stays.

    Raises RuleBroken with the path in the file.
    """
    said = dict(written) if isinstance(written, Mapping) else {"slas": written}
    content = {name: content_on(day).get(name, []) for name in PARTS} | said
    try:
        levels = Levels.parse(content)
        check_known(levels, day)
    except RuleBroken as refusal:
        place = str(refusal.field).removeprefix(f"{PATH}.")
        text = str(refusal).removeprefix(f"{PATH}.")
        raise RuleBroken(text, field=place, code=refusal.code) from refusal
    return content


def _publish(written: Any, start: Start) -> Applied:
    before = ServiceLevels.objects.in_force(start.day)
    version = publish_levels(content=of_file(written, start.day), by=start.by, day=start.day, proposal=start.proposal)
    return Applied(PATH, version.number, version.effective_from, is_new=version != before)


FILE_PART = Part("slas", _publish)
