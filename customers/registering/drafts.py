"""A draft as the page needs it: what was typed, and by which name to know it again."""

import json
from dataclasses import dataclass
from typing import Any

from crm.base.keys import key_in
from crm.identity.models import User
from customers.models import RegistrationDraft
from customers.registering.forms import RegisterForm
from customers.registering.papers import IMAGES

NOT_TYPED = {"kind", "draft", "key", "branch", "document_type", "representative_type"}
LISTS = {"consents"}


@dataclass(frozen=True)
class Begun:
    draft: RegistrationDraft
    typed: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.typed.get("name") or "")


def begun_by(user: User) -> list[Begun]:
    """The last first."""
    return [Begun(draft, json.loads(draft.typed)) for draft in RegistrationDraft.objects.visible_to(user)]


def named_in(data: Any) -> int | None:
    """The draft that a form goes on with, or an address names."""
    return key_in(data.get("draft", ""))


def typed_in(data: Any) -> dict[str, Any]:
    """The fields of the form that hold anything, from what a browser sent; its key too, which the draft goes on with."""
    names = {*RegisterForm.base_fields} - {"kind", "draft", *IMAGES}
    typed = {name: data.getlist(name) if name in LISTS else data.get(name, "") for name in names}
    return {name: value for name, value in typed.items() if value}


def is_worth_keeping(typed: dict[str, Any]) -> bool:
    """A branch that stands there by itself is nothing yet."""
    return bool(set(typed) - NOT_TYPED)
