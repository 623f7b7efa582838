"""Segments that speak of other segments: the rule of the other takes the place of its name."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from segmentation.rules import Op, Predicate, Rule, predicates_of
from segmentation.rules.tree import Any, Not
from segmentation.rules.validation import refuse
from segmentation.segments.definition import Definition

MAX_PREDICATES = 500


def resolved(rule: Rule, others: Mapping[str, Rule], *, path: str = "when", within: tuple[str, ...] = ()) -> Rule:
    """The rule without any segment's name in it; `within` are the segments on the way here.

    Raises RuleBroken where a segment is not known, is part of itself, or makes the whole too long.
    """
    if isinstance(rule, Predicate):
        return _stood_for(rule, others, path, within) if rule.field.is_reference else rule
    if isinstance(rule, Not):
        return Not(resolved(rule.rule, others, path=path, within=within))
    return _short(type(rule)(tuple(resolved(part, others, path=path, within=within) for part in rule.rules)), path)


def _short(rule: Rule, path: str) -> Rule:
    if len(predicates_of(rule)) > MAX_PREDICATES:
        refuse(path, _("with the segments in it, a rule has at most %(count)s predicates.") % {"count": MAX_PREDICATES})
    return rule


def _stood_for(predicate: Predicate, others: Mapping[str, Rule], path: str, within: tuple[str, ...]) -> Rule:
    codes = predicate.value if isinstance(predicate.value, tuple) else (predicate.value,)
    found = []
    for code in dict.fromkeys(map(str, codes)):
        if code in within:
            way = " → ".join((*within[within.index(code) :], code))
            refuse(path, _("the segment “%(code)s” would be part of itself: %(way)s.") % {"code": code, "way": way})
        if code not in others:
            refuse(path, _("no segment in use is called “%(code)s”.") % {"code": code})
        found.append(resolved(others[code], others, path=path, within=(*within, code)))
    either = _short(Any(tuple(found)), path)
    return Not(either) if predicate.op in (Op.NE, Op.NOT_IN) else either


def rules_of(definitions: Mapping[str, Definition]) -> dict[str, Rule]:
    return {code: each.rule for code, each in definitions.items() if not each.is_retired}


def segments_named(rule: Rule) -> list[str]:
    """Their codes, in the order of the rule."""
    named = (each.value for each in predicates_of(rule) if each.field.is_reference)
    return [str(code) for value in named for code in (value if isinstance(value, tuple) else (value,))]
