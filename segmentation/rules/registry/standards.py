"""What the service standards give. Closed to tiers and waivers: the tier gives the card, so neither may ask for it."""

from django.utils.translation import gettext_lazy as _

from segmentation.rules.registry.kinds import Field, Join, Sensitivity, Type

# as holds_gold_card: a card that was reported lost is still held
HELD = (
    "{0}.customer_id = c.id AND ({0}.state = 'valid' OR {0}.state = 'suspended' AND {0}.cause = 'loss')"
    " AND {0}.since <= %(day)s AND ({0}.until IS NULL OR {0}.until > %(day)s)"
)
STANDARDS = (
    Field(
        "gold_card",
        _("gold card held"),
        Type.BOOLEAN,
        f"EXISTS (SELECT FROM segmentation_goldcard g WHERE {HELD.format('g')})",
        sensitivity=Sensitivity.PROTECTED,
        about=_("By the service standards, and not suspended by them; the plastic is the newest card."),
        joined="(held_card.id IS NOT NULL)",
        join=Join(
            f"LEFT JOIN segmentation_goldcard held_card ON {HELD.format('held_card')}{{whose}}", rows="held_card"
        ),
    ),
)
