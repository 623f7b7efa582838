"""What a rule comes to, as the builder shows it while it is typed: in words, in numbers, or what is still wrong."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.base.errors import RuleBroken
from segmentation.builder import Node, RuleForm
from segmentation.builder.form import bare
from segmentation.builder.trees import tree_of
from segmentation.counting import Count, count, is_countable
from segmentation.rules import Rule, examine, sentence
from segmentation.services.policies import next_day
from segmentation.versions import scheme_versions_on


@dataclass(frozen=True)
class Said:
    """`sentences` by language, empty while the rule is wrong; `count` None where there is nothing to count."""

    sentences: list[tuple[str, str, str]] = field(default_factory=list)
    count: Count | None = None
    is_countable: bool = True
    wrong: list[tuple[str, str]] = field(default_factory=list)
    tree: str = ""


def said_of(form: RuleForm, *, user: Any, counts: bool = True) -> Said:
    if form.rule is None or form.given:
        return Said(wrong=list(form.marks.items()))
    try:
        found = count(form.rule, user=user, purpose=form.purpose, customer_kind=form.customer_kind) if counts else None
    except RuleBroken as refusal:  # a segment that is not in use
        return Said(wrong=[(form.prefix, bare(refusal))])
    text = json.dumps(form.tree, ensure_ascii=False, indent=2)
    words = sentences(form.rule, form.currency)
    return Said(sentences=words, count=found, is_countable=is_countable(form.rule), tree=text)


def sentences(rule: Rule, currency: str) -> list[tuple[str, str, str]]:
    """(code as HTML wants it, name of the language, sentence) in each of the bank's languages."""
    said = []
    for code, name in settings.LANGUAGES:
        with override(code):
            words = sentence(rule, currency=currency)
            said.append(("zh-Hans" if code == "zh-hans" else code, str(name), words[:1].upper() + words[1:]))
    return said


def count_of(node: Node | None, form: RuleForm, *, user: Any) -> tuple[Count | None, str]:
    """How many one place of the rule picks alone; or, in words, why that can't be said."""
    rule, _wrong = examine(tree_of(node), purpose=form.purpose)
    if rule is None or node is None:
        return None, _("Finish the condition first")
    try:
        found = count(rule, user=user, purpose=form.purpose, customer_kind=form.customer_kind)
    except RuleBroken as refusal:
        return None, bare(refusal)
    return found, "" if found else _("Not to be counted")


def currency_of(customer_kind: str) -> str:
    """In which currency the facts of a kind of customer are: that of their scheme, else the bank's."""
    versions = scheme_versions_on(next_day())
    version = versions.get(customer_kind)
    return version.currency if version else settings.CRM_BASE_CURRENCY
