"""The gold cards of a night: issued with the entitlement, suspended as the standards say, withdrawn when it ends.

A step of publishing, over all holders at once, after the tiers of tomorrow are opened.
"""

from crm.base.sql import run_sql, run_text, text_of
from segmentation.models import GoldCard
from segmentation.night.context import Night
from segmentation.standards.cards import one_at_a_time
from segmentation.standards.definition import Card, parsed
from segmentation.standards.entitlements import SQL, asked
from segmentation.standards.versions import version_on

NO_CARD = Card(benefit="")


def move_cards(night: Night) -> int:
    """How many cards move. What held this day stays written; each new state begins tomorrow."""
    version = version_on(night.tomorrow)
    card = (parsed(version.content).card if version else None) or NO_CARD
    if not card.benefit and not GoldCard.objects.open().exclude(state=GoldCard.State.WITHDRAWN).exists():
        return 0
    one_at_a_time()
    text = text_of(SQL / "cards_moved.sql").format(origins=text_of(SQL / "origins.sql"))
    moved = run_text(
        text,
        **asked(version.content if version else {}, night.tomorrow, only=card.benefit),
        day=night.day,
        on_frozen=card.on_frozen,
        watch_months=card.watch_months,
    )
    if moved:
        run_sql(SQL / "cards_ended.sql")
        run_sql(SQL / "cards_opened.sql", day=night.day)
    run_text("DROP TABLE night_cards")
    return moved
