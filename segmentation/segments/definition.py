"""A segment, parsed from the content of a policy file or of a stored version."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.models import Customer
from segmentation.checks import known_keys, not_late, one_of, text
from segmentation.rules import Purpose, Rule, validate
from segmentation.rules.tree import All
from segmentation.rules.validation import refuse
from segmentation.schemes import CODE

MAIN, LAST = "main", 100
MAX_PRIORITY = 9999
KEYS = {"code", "name", "scheme", "priority", "customer_kind", "description", "when", "retired"}


@dataclass(frozen=True)
class Definition:
    """A retired segment picks nobody, and need not have a rule. A smaller `priority` comes first; equal ones go by their codes."""

    code: str
    name: str
    scheme: str
    priority: int
    customer_kind: str
    description: str
    when: Rule | None
    is_retired: bool = False

    @classmethod
    def parse(cls, content: Any, *, path: str = "segment") -> "Definition":
        """Raises RuleBroken with the path of what is wrong."""
        known_keys(content, KEYS, path)
        code, scheme, is_retired = content.get("code"), content.get("scheme", MAIN), content.get("retired", False)
        for key, value in (("code", code), ("scheme", scheme)):
            if not isinstance(value, str) or not CODE.fullmatch(value):
                refuse(f"{path}.{key}", _("a code of up to 32 small letters, digits, - and _ belongs here."))
        text(content.get("name"), 80, f"{path}.name")
        if content.get("description", "") != "":
            text(content["description"], 300, f"{path}.description")
        if not isinstance(is_retired, bool):
            refuse(f"{path}.retired", _("true or false belongs here."))
        rule = _rule(content, path) if "when" in content or not is_retired else None
        return cls(
            code=code,
            name=content["name"],
            scheme=scheme,
            priority=_priority(content.get("priority", LAST), f"{path}.priority"),
            customer_kind=_kind(content.get("customer_kind", ""), f"{path}.customer_kind"),
            description=content.get("description", ""),
            when=rule,
            is_retired=is_retired,
        )

    @property
    def rule(self) -> Rule:
        """Whom it picks, the kind of customer included. Of one that is in use."""
        assert self.when is not None
        if not self.customer_kind:
            return self.when
        kind = {"field": "kind", "op": "=", "value": self.customer_kind}
        return All((validate(kind, purpose=Purpose.SEGMENT), self.when))

    @property
    def place(self) -> tuple[int, str]:
        """By which the segments of a scheme stand in their order."""
        return self.priority, self.code


def _priority(written: Any, path: str) -> int:
    if not isinstance(written, int) or isinstance(written, bool) or not 1 <= written <= MAX_PRIORITY:
        refuse(path, _("a whole number from 1, the first, to %(most)s belongs here.") % {"most": MAX_PRIORITY})
    return written


def _kind(written: Any, path: str) -> str:
    if written != "":
        one_of(written, list(Customer.Kind.values), path)
    return written


def _rule(content: Mapping, path: str) -> Rule:
    if not content.get("when"):
        refuse(f"{path}.when", _("a segment needs a rule: one that picks everybody tells nobody apart."))
    rule = validate(content["when"], purpose=Purpose.SEGMENT, path=f"{path}.when")
    not_late(rule, f"{path}.when")
    return rule


def readable(content: Mapping) -> Definition | None:
    """A stored one; None where this release no longer knows what it asks for, such as a field that has gone."""
    try:
        return _parsed(json.dumps(content))
    except RuleBroken:
        return None


@lru_cache(maxsize=512)
def _parsed(content: str) -> Definition:
    return Definition.parse(json.loads(content))
