"""Of the world: a call, a need, cards and blanks, for the own customer and for the other."""

from typing import Any

from django.utils import timezone

from crm.base.crypto import keyed_hash
from crm.identity.models import User
from tests.factories import BranchFactory, UserFactory, WrapUpFactory
from tests.factories.calls import CallFactory, NeedFactory
from tests.factories.cards import (
    BlankMovementFactory,
    BlankStockFactory,
    CardDesignFactory,
    CardOrderFactory,
    SpoilageFactory,
)
from tests.world_queue import at_a_branch


class Said:
    """An answer of the caller's."""

    pk = {"document": "8515"}


ASKED = [{"kind": kind, "right": None} for kind in ("document", "branch", "account")]


def at_the_counter(story: Any, agent: User | None, teller: User) -> dict[str, Any]:
    """The call of the other customer is another agent's."""
    customer, branch = story.customer, story.customer.branch
    stock = BlankStockFactory(branch=branch, blanks=3)
    card = {"customer": customer, "account": story.account, "branch": branch}
    elsewhere = BlankStockFactory(branch=BranchFactory(), blanks=5)
    printed = CardDesignFactory(code="printed")
    BlankStockFactory(branch=branch, design=printed, blanks=1)
    agent = agent or UserFactory(agent=True, branch=branch)
    return at_a_branch(customer, teller) | {
        "wrap_up": WrapUpFactory(call=CallFactory(ended=True, agent=agent, customer=customer)),
        "call": CallFactory(
            agent=agent,
            customer=customer,
            questions=ASKED,
            number_hash=keyed_hash("+8613812345678"),
        ),
        "call_answers": Said(),
        "need": NeedFactory(customer=customer, by=customer.manager, noted_at=timezone.now()),
        "new_design": CardDesignFactory(code="youth"),
        "stock": stock,
        "card_order": CardOrderFactory(**card),
        "printed_card": CardOrderFactory(**card, design=printed, printed=True),
        "spoilage": SpoilageFactory(stock=stock),
        "taken_back": SpoilageFactory(stock=stock, taken_back=True),
        "far": elsewhere.branch,
        "lot": BlankMovementFactory(stock=elsewhere, kind="sent", change=-2, to=branch),
    }
