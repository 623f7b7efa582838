"""Hands over what is due, one message after the other. As often as one likes, in as many workers as one likes."""

import time
from datetime import datetime, timedelta

from service.outbox.posting import is_connected, post
from service.outbox.services import claim, record

MOST_AT_ONCE = 200


def hand_over(*, at: datetime) -> int:
    """How many arrived. Where no answer comes the core is down: the others wait for the next time, rather than each for its own."""
    started, arrived = time.monotonic(), 0
    for _number in range(MOST_AT_ONCE if is_connected() else 0):
        now = at + timedelta(seconds=time.monotonic() - started)
        found = claim(at=now)
        if found is None:
            break
        began = time.monotonic()
        outcome = post(str(found.message.key), found.message.sealed, at=now)
        taken = time.monotonic() - began
        record(claim=found, outcome=outcome, milliseconds=int(taken * 1000), at=now + timedelta(seconds=taken))
        arrived += outcome.is_delivered
        if outcome.status is None:
            break
    return arrived
