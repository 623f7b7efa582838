"""A segment, parsed from the content of a policy file or of a stored version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from segmentation.checks import codeword, customer_kind, flag, known_keys, rule, text, whole
from segmentation.rules import Purpose, Rule, validate
from segmentation.rules.tree import All
from segmentation.rules.validation import refuse
from segmentation.stored import Stored

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
        codeword(content.get("code"), f"{path}.code")
        scheme = codeword(content.get("scheme", MAIN), f"{path}.scheme")
        is_retired = flag(content.get("retired", False), f"{path}.retired")
        text(content.get("name"), 80, f"{path}.name")
        if content.get("description", "") != "":
            text(content["description"], 300, f"{path}.description")
        return cls(
            code=content["code"],
            name=content["name"],
            scheme=scheme,
            priority=whole(content.get("priority", LAST), 1, MAX_PRIORITY, f"{path}.priority"),
            customer_kind=customer_kind(content.get("customer_kind", ""), f"{path}.customer_kind"),
            description=content.get("description", ""),
            when=_rule(content, path) if "when" in content or not is_retired else None,
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


def _rule(content: Mapping, path: str) -> Rule:
    if not content.get("when"):
        refuse(f"{path}.when", _("a segment needs a rule: one that picks everybody tells nobody apart."))
    return rule(content["when"], Purpose.SEGMENT, f"{path}.when")


STORED = Stored(Definition.parse)
readable = STORED.readable
