"""What a waiver by hand is for, where an upper app asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm.approvals.kinds import Content
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User

SLOT = "waiver.purposes"


@dataclass(frozen=True)
class Purpose:
    """`name` stands before the colon of `for`, behind it a key.

    check(content, by): raises RuleBroken, also where it is out of the maker's reach. subject(content): the id of whom it is kept from.
    made(proposal): what follows, in its transaction.
    """

    name: str
    check: Callable[[Content, User], None]
    subject: Callable[[Content], int | None]
    made: Callable[[Proposal], None]


def purpose_of(content: Any) -> Purpose | None:
    """None for a waiver that stands by itself."""
    if not isinstance(content, dict) or "for" not in content:
        return None
    name = str(content["for"]).partition(":")[0]
    found = next((each for each in contributions(SLOT) if each.name == name), None)
    if found is None:
        raise RuleBroken(_("Nobody asks for waivers like this."), field="for")
    return found


def key_of(content: Content) -> int:
    """The key behind the colon, 0 where it is none."""
    key = str(content["for"]).partition(":")[2]
    return int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0
