"""Writing versions of segments. A version never changes afterwards."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from segmentation.counting import Count, count
from segmentation.models import Published, Segment, SegmentVersion
from segmentation.rules import Purpose, Rule
from segmentation.rules.validation import refuse
from segmentation.segments.definition import Definition
from segmentation.segments.references import resolved, rules_of, segments_named
from segmentation.segments.versions import bring_up_to, definitions_of, versions_on
from segmentation.services.publishing import Applied, Start, next_number, said_already


def publish_segments(
    definitions: tuple[Definition, ...], contents: list[dict[str, Any]], start: Start
) -> list[Applied]:
    """All of them together, so that they may speak of each other in any order. Raises RuleBroken."""
    in_force = versions_on(start.day)
    same = {code for code, version in in_force.items() if version.content_hash in map(digest, contents)}
    check({f"segments[{place}]": each for place, each in enumerate(definitions)}, start.day, uncounted=same)
    return [_publish(each, content, start) for each, content in zip(definitions, contents, strict=True)]


def check(definitions: dict[str, Definition], day: date, *, uncounted: Collection[str] = ()) -> dict[str, Count | None]:
    """How many each picks, by code, None where that can't be said; `definitions` by their paths in what is applied.

    They must be told together with the others, on the day and from each later date on which a version begins that is
    published already. Raises RuleBroken.
    """
    for path, each in definitions.items():
        _stays(each, f"{path}.scheme")
    later = SegmentVersion.objects.filter(effective_from__gt=day).order_by("effective_from")
    for on in later.values_list("effective_from", flat=True).distinct():
        _together(definitions, day, on)
    wholes = _together(definitions, day, day)
    counted = {each.code: path for path, each in definitions.items() if each.code not in uncounted}
    return {code: _picks(rule, f"{counted[code]}.when") if code in counted else None for code, rule in wholes.items()}


def _together(definitions: dict[str, Definition], day: date, on: date) -> dict[str, Rule]:
    """The rules of the new definitions that hold on a day, without the names of others in them; by code."""
    versions = versions_on(on)
    before = rules_of(definitions_of(versions.values()))
    replaced = {code for code, version in versions.items() if version.effective_from > day}
    paths = {each.code: path for path, each in definitions.items() if each.code not in replaced}
    mine = {each.code: each for each in definitions.values() if each.code in paths}
    together = {code: rule for code, rule in before.items() if code not in mine} | rules_of(mine)
    wholes = {
        code: resolved(together[code], together, path=f"{path}.when", within=(code,))
        for code, path in paths.items()
        if code in together
    }
    for code in sorted(together.keys() - mine.keys()):
        if _is_broken(code, together) and not _is_broken(code, before):
            named = (name for name in segments_named(together[code]) if name in paths)
            path = paths[next(named, next(iter(paths)))]
            refuse(f"{path}.when", _("the segment “%(code)s” speaks of it: change that one first.") % {"code": code})
    return wholes


def _is_broken(code: str, rules: dict[str, Rule]) -> bool:
    try:
        resolved(rules[code], rules, within=(code,))
    except RuleBroken:
        return True
    return False


def _stays(definition: Definition, path: str) -> None:
    """A segment's past belongs to one scheme."""
    known = Segment.objects.filter(code=definition.code).exclude(scheme=definition.scheme).first()
    if known:
        sentence = _("a segment stays in its scheme, “%(scheme)s”; retire it and open another.")
        refuse(path, sentence % {"scheme": known.scheme})


def _picks(rule: Rule, path: str) -> Count | None:
    """By the published figures; None before the first night. A segment of nobody or of everybody tells nobody apart."""
    found = count(rule, user=None, purpose=Purpose.SEGMENT)
    if found is None or not found.asked:
        return None
    if not found.picked:
        refuse(path, _("no customer meets this rule."))
    if found.picked == found.asked:
        refuse(path, _("every customer meets this rule: it tells nobody apart."))
    return found


def _publish(definition: Definition, content: dict[str, Any], start: Start) -> Applied:
    kind, hashed = f"segment:{definition.code}", digest(content)
    columns = {"name": definition.name, "scheme": definition.scheme, "priority": definition.priority}
    segment, _is_new = Segment.objects.get_or_create(
        code=definition.code, defaults=columns | {"is_retired": definition.is_retired}
    )
    if same := said_already(segment.versions, start, hashed):
        return Applied(kind, same.number, same.effective_from, is_new=False)
    version = SegmentVersion.objects.create(
        segment=segment,
        number=next_number(segment.versions),
        content=content,
        content_hash=hashed,
        **start.columns,
    )
    published = Published.objects.first()
    bring_up_to(published.business_date + timedelta(days=1) if published else start.day)
    audit.record("segment_version.published", version, by=start.by, effective_from=str(start.day), hash=hashed)
    return Applied(kind, version.number, start.day, is_new=True)
