"""Writing versions of segments. A version never changes afterwards."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from segmentation.counting import Count, count
from segmentation.models import Segment, SegmentVersion
from segmentation.rules import Purpose, Rule
from segmentation.rules.validation import refuse
from segmentation.segments.definition import Definition
from segmentation.segments.references import resolved, rules_of
from segmentation.segments.versions import definitions_of, versions_on
from segmentation.services.publishing import Applied, Start, next_number, said_already


def publish_segments(
    definitions: tuple[Definition, ...], contents: list[dict[str, Any]], start: Start
) -> list[Applied]:
    """All of them together, so that they may speak of each other in any order. Raises RuleBroken."""
    check({f"segments[{place}]": each for place, each in enumerate(definitions)}, start.day)
    return [_publish(each, content, start) for each, content in zip(definitions, contents, strict=True)]


def check(definitions: dict[str, Definition], day: date) -> dict[str, Count | None]:
    """How many each picks, by code, None where that can't be said; `definitions` by their paths in what is applied.

    They must be told together with the others in force on the day. Raises RuleBroken.
    """
    standing = rules_of(definitions_of(versions_on(day).values()))
    new = {each.code: each for each in definitions.values()}
    together = {code: rule for code, rule in standing.items() if code not in new} | rules_of(new)
    found = {}
    for path, each in definitions.items():
        _stays(each, f"{path}.scheme")
        rule = together.get(each.code)
        whole = resolved(rule, together, path=f"{path}.when", within=(each.code,)) if rule else None
        found[each.code] = _picks(whole, f"{path}.when") if whole else None
    _check_others(together, new, next(iter(definitions)))
    return found


def _check_others(together: dict[str, Rule], new: dict[str, Definition], path: str) -> None:
    for code in together.keys() - new.keys():
        try:
            resolved(together[code], together, within=(code,))
        except RuleBroken:
            refuse(f"{path}.when", _("the segment “%(code)s” speaks of it: change that one first.") % {"code": code})


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
    columns = {
        "name": definition.name,
        "scheme": definition.scheme,
        "priority": definition.priority,
        "is_retired": definition.is_retired,
    }
    segment, is_new = Segment.objects.get_or_create(code=definition.code, defaults=columns)
    if same := said_already(segment.versions, start, hashed):
        return Applied(kind, same.number, same.effective_from, is_new=False)
    version = SegmentVersion.objects.create(
        segment=segment,
        number=next_number(segment.versions),
        content=content,
        content_hash=hashed,
        **start.columns,
    )
    if not is_new:
        Segment.objects.filter(pk=segment.pk).update(**columns)
    audit.record("segment_version.published", version, by=start.by, effective_from=str(start.day), hash=hashed)
    return Applied(kind, version.number, start.day, is_new=True)
