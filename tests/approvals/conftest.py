from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from crm.approvals.kinds import Kind
from crm.approvals.services import propose
from crm.base import slots
from crm.base.errors import RuleBroken


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A kind of proposal of this test: `opened` are the contents that took effect, `base` is what is in force."""
    world = SimpleNamespace(opened=[], base="door:1", fails=False)

    def validate(content: dict) -> None:
        if "door" not in content:
            raise RuleBroken("Which door?", field="door")

    def apply(proposal, by):
        if world.fails:
            raise RuleBroken("The door is stuck.")
        world.opened.append(proposal.content)
        return proposal.content["door"]

    kind = Kind(
        "door",
        "Door",
        validate=validate,
        apply=apply,
        sentences=lambda proposal: (f"Door {proposal.content['door']} opens.", "People come in."),
        starts=lambda content, wished: wished,
        base=lambda content, effective_from: world.base,
        simulate=lambda content: {"People": 3},
        cost=lambda content, effect: (Decimal(content["cost"]), "CNY") if "cost" in content else None,
        customers=lambda content: content.get("customers", ()),
        makers=frozenset({"admin", "manager", "head", "approver"}),
        small_up_to=Decimal(100),
    )
    monkeypatch.setattr(slots, "_slots", slots._slots.copy())
    slots._slots["approvals.kinds"] = [*slots._slots["approvals.kinds"]]
    slots.contribute("approvals.kinds", kind)
    yield world


@pytest.fixture
def make(door: SimpleNamespace, admin) -> Callable:
    def make(*, by=None, effective_from: date | None = None, at=None, effect=None, kind="door", title="Open it",
             reason="It is warm", **content):  # fmt: skip
        content = content or {"door": "front"}
        return propose(kind=kind, content=content, title=title, reason=reason, by=by or admin,
                       effective_from=effective_from, at=at, effect=effect)  # fmt: skip

    return make
