"""What each tier asks of a manager, who meets it, and what is missing of the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import User
from managers.approved import Rules
from managers.models import Certificate, Grade, Manager, ManagerGrade, ManagerStandard
from managers.models.staff_standards import KIND

RULES = Rules(KIND, ManagerStandard)


@dataclass(frozen=True)
class Asked:
    """Of who gets new customers of a tier: at least this grade ("" is none), and all of these certificates."""

    grade: str = ""
    certificates: tuple[str, ...] = ()

    def missing(self, has: "Able") -> list[str]:
        """What is lacking, each as a few words in the reader's language."""
        found = []
        if self.grade and (not has.grade or Grade(has.grade).height < Grade(self.grade).height):
            words = {"asked": Grade(self.grade).label, "has": Grade(has.grade).label if has.grade else _("none")}
            found.append(_("grade %(asked)s or higher (theirs: %(has)s)") % words)
        lacking = [kind for kind in self.certificates if kind not in has.certificates]
        return found + [_("valid certificate: %(kind)s") % {"kind": Certificate.Kind(kind).label} for kind in lacking]


@dataclass(frozen=True)
class Able:
    """What a manager has on a day: the grade, "" where none was said, and the kinds of valid certificates."""

    grade: str
    certificates: frozenset[str]


@dataclass(frozen=True)
class Eligible:
    """The managers at work, and of each tier that asks for something those who meet it."""

    everybody: frozenset[int]
    by_tier: Mapping[str, frozenset[int]]

    def of(self, tier: str) -> frozenset[int]:
        return self.by_tier.get(tier, self.everybody)


def parsed(content: Mapping[str, Any]) -> dict[str, Asked]:
    return {
        tier: Asked(asked.get("grade", ""), tuple(asked.get("certificates", ())))
        for tier, asked in content.get("tiers", {}).items()
    }


def asked_on(day: date) -> dict[str, Asked]:
    """By code of the tier; a tier that is not named asks for nothing."""
    return parsed(RULES.content_on(day))


def able(managers: QuerySet, on: date) -> dict[int, Able]:
    """What each of the managers has on the day: one statement for all."""
    grade = ManagerGrade.objects.holding(on).filter(manager=OuterRef("pk")).values("grade")
    kinds = Certificate.objects.valid(on).filter(manager=OuterRef("pk")).order_by().values("kind").distinct()
    rows = managers.order_by().annotate(held_grade=Subquery(grade[:1]), held=ArraySubquery(kinds))
    found = rows.values_list("pk", "held_grade", "held")
    return {pk: Able(grade or "", frozenset(kinds)) for pk, grade, kinds in found}


def eligible(*, on: date, managers: QuerySet | None = None) -> Eligible:
    """Who may get new customers of which tier on the day: two statements, however many managers and tiers there are."""
    if managers is None:
        managers = Manager.objects.filter(role=User.Role.MANAGER).at_work()
    has = able(managers, on)
    by_tier = {
        tier: frozenset(pk for pk, one in has.items() if not asked.missing(one)) for tier, asked in asked_on(on).items()
    }
    return Eligible(frozenset(has), by_tier)


def refuse_unable(*, manager: User, tiers: Iterable[tuple[str, str]], on: date, field: str = "manager") -> None:
    """`tiers` are (code, name) of the customers that the manager would get. Raises RuleBroken, naming the first tier."""
    asked = asked_on(on)
    wanted = [(code, name) for code, name in tiers if code in asked] if asked else []
    if not wanted:
        return
    has = able(User.objects.filter(pk=manager.pk), on)[manager.pk]
    for code, name in wanted:
        if missing := asked[code].missing(has):
            words = {"user": manager, "tier": name, "missing": "; ".join(missing)}
            text = _("%(user)s can't take on customers of the tier %(tier)s. Missing: %(missing)s.") % words
            raise RuleBroken(text, field=field, code="unable")
