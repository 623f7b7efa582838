"""What is asked of managers changes by proposal: an admin makes it, somebody else decides.

Content: {"tiers": {"private": {"grade": "senior", "certificates": ["cfp"]}}}. A tier that is not named asks for nothing.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Details, Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.identity.models import User
from managers.models import Certificate, Grade, Manager
from managers.staff.standards import RULES, Asked, able, parsed
from segmentation.differences import Change
from segmentation.models import Tier


def validate(content: Any) -> None:
    tiers = content.get("tiers") if isinstance(content, dict) and set(content) == {"tiers"} else None
    if not isinstance(tiers, dict):
        raise RuleBroken(_("This holds %(names)s and nothing else.") % {"names": "tiers"}, field="content")
    known = set(Tier.objects.values_list("code", flat=True))
    for code, asked in tiers.items():
        if code not in known:
            raise RuleBroken(_("no scheme has a tier “%(code)s”.") % {"code": code}, field=f"tiers.{code}")
        _validate_tier(asked, f"tiers.{code}")


def _validate_tier(asked: Any, path: str) -> None:
    if not isinstance(asked, dict) or not asked or set(asked) - {"grade", "certificates"}:
        raise RuleBroken(_("This holds %(names)s and nothing else.") % {"names": "grade, certificates"}, field=path)
    if "grade" in asked and asked["grade"] not in Grade.values:
        raise RuleBroken(_("There is no such grade."), field=f"{path}.grade")
    kinds = asked.get("certificates", [])
    is_list = isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)
    if not is_list or set(kinds) - set(Certificate.Kind.values) or len(set(kinds)) != len(kinds):
        raise RuleBroken(_("There is no such kind of certificate."), field=f"{path}.certificates")


def simulate(content: Mapping[str, Any]) -> dict[str, Any]:
    """How many managers at work would meet what is asked of each tier."""
    has = able(Manager.objects.filter(role=User.Role.MANAGER).at_work(), timezone.localdate())
    asked = parsed(content)
    able_for = {tier: sum(not each.missing(one) for one in has.values()) for tier, each in asked.items()}
    return {"_managers": len(has), "_able": able_for}


def said(asked: Asked) -> str:
    """What a tier asks for, in words."""
    parts = [_("%(grade)s or higher") % {"grade": Grade(asked.grade).label}] if asked.grade else []
    return "; ".join([*parts, *(str(Certificate.Kind(kind).label) for kind in asked.certificates)]) or "–"


def _sentences(proposal: Proposal) -> tuple[str, str]:
    count, able_for = proposal.effect.get("_managers", 0), proposal.effect.get("_able", {})
    words = ngettext("%(count)s manager is at work.", "%(count)s managers are at work.", count) % {"count": count}
    met = ", ".join(f"{tier}: {each}" for tier, each in able_for.items()) or "–"
    meeting = _("Who meets what is asked: %(able)s.") % {"able": met}
    return _("What is asked of managers, %(when)s.") % {"when": RULES.when(proposal)}, f"{words} {meeting}"


def _details(proposal: Proposal) -> Details:
    """Against the version that the maker had before the eyes."""
    version = RULES.built_on(proposal)
    before, after = parsed(version.content) if version else {}, parsed(proposal.content)
    changes = [
        Change(name, said(before.get(code, Asked())), said(after.get(code, Asked())))
        for code, name in dict(Tier.objects.order_by("rank").values_list("code", "name")).items()
        if before.get(code) != after.get(code)
    ]
    return Details("segmentation/_changes.html", {"changes": changes, "before": version})


STANDARDS = Kind(
    RULES.kind, gettext_lazy("What is asked of managers"), validate=validate, apply=RULES.apply, sentences=_sentences, base=RULES.base,
    starts=RULES.starts, simulate=simulate, details=_details,
)  # fmt: skip
