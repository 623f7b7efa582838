"""Writing versions of change rules. A version never changes afterwards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.digests import digest
from segmentation.changes.definition import Definition
from segmentation.models import ChangeRule, Tier
from segmentation.rules.validation import refuse
from segmentation.segments.references import resolved
from segmentation.segments.versions import rules_on
from segmentation.services.publishing import Applied, Start, next_number, said_already


def publish_change_rules(rules: tuple[Definition, ...], contents: list[dict[str, Any]], start: Start) -> list[Applied]:
    check({f"change_rules[{place}]": each for place, each in enumerate(rules)}, start.day)
    return [_publish(each, content, start) for each, content in zip(rules, contents, strict=True)]


def check(rules: Mapping[str, Definition], day: date) -> None:
    """Tiers are known, segments that a rule names are in use, and a rule keeps its kind; by their paths. Raises RuleBroken."""
    tiers, segments = set(Tier.objects.values_list("code", flat=True)), rules_on(day)
    kinds = dict(ChangeRule.objects.filter(code__in=[rule.code for rule in rules.values()]).values_list("code", "kind"))
    for path, rule in rules.items():
        for code in rule.tiers:
            if code not in tiers:
                refuse(f"{path}.tiers", _("no scheme has a tier “%(tier)s”.") % {"tier": code})
        if kinds.get(rule.code, rule.kind) != rule.kind:
            refuse(f"{path}.kind", _("a rule keeps its kind; switch it off and open another."))
        resolved(rule.when, segments, path=f"{path}.when")


def _publish(rule: Definition, content: dict[str, Any], start: Start) -> Applied:
    kind, hashed = f"change_rule:{rule.code}", digest(content)
    versions = ChangeRule.objects.filter(code=rule.code)
    if same := said_already(versions, start, hashed):
        return Applied(kind, same.number, same.effective_from, is_new=False)
    version = ChangeRule.objects.create(
        code=rule.code,
        kind=rule.kind,
        name=rule.name,
        number=next_number(versions),
        content=content,
        content_hash=hashed,
        **start.columns,
    )
    audit.record("change_rule.published", version, by=start.by, effective_from=str(start.day), hash=hashed)
    return Applied(kind, version.number, start.day, is_new=True)
