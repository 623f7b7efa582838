"""Writing versions of the assignment policy. A version never changes afterwards."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.digests import digest
from crm.identity.models import Branch, Team
from segmentation.managed.definition import PATH, Assigning
from segmentation.models import AssignmentPolicy, Tier
from segmentation.rules.validation import refuse
from segmentation.segments.references import resolved
from segmentation.segments.versions import rules_on
from segmentation.services.publishing import Applied, Start, next_number, said_already


def check_known(policy: Assigning, day: date) -> None:
    """Tiers, branches, teams and segments that the policy speaks of are there. Raises RuleBroken with the path."""
    tiers = set(Tier.objects.values_list("code", flat=True))
    branches = set(Branch.objects.values_list("code", flat=True))
    teams = set(Team.objects.values_list("code", flat=True))
    segments = rules_on(day)
    for place, code in enumerate(policy.weights):
        _tier(code, tiers, f"{PATH}.weights[{place}].tier")
    for place, each in enumerate(policy.rules):
        path = f"{PATH}.rules[{place}]"
        for code in each.tiers:
            _tier(code, tiers, f"{path}.tiers")
        if each.branch and each.branch not in branches:
            refuse(f"{path}.branch", _("no branch has the code “%(code)s”.") % {"code": each.branch})
        if each.team and each.team not in teams:
            refuse(f"{path}.team", _("no team has the code “%(code)s”.") % {"code": each.team})
        resolved(each.when, segments, path=f"{path}.when")


def _tier(code: str, known: set[str], path: str) -> None:
    if code not in known:
        refuse(path, _("no scheme has a tier “%(tier)s”.") % {"tier": code})


def publish_assigning(policy: Assigning, content: dict[str, Any], start: Start) -> Applied:
    check_known(policy, start.day)
    hashed = digest(content)
    if same := said_already(AssignmentPolicy.objects, start, hashed):
        return Applied(PATH, same.number, same.effective_from, is_new=False)
    version = AssignmentPolicy.objects.create(
        number=next_number(AssignmentPolicy.objects), content=content, content_hash=hashed, **start.columns
    )
    audit.record("assignment_policy.published", version, by=start.by, effective_from=str(start.day), hash=hashed)
    return Applied(PATH, version.number, start.day, is_new=True)
