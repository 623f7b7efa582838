"""The fees of those who keep a tier below its level, where a scheme in force asks for one."""

from crm.base.sql import run_sql
from segmentation.night.context import SQL, Night


def write(night: Night) -> int:
    """In the transaction that publishes the night; the number of fees due."""
    due = [
        (ladder.version.pk, tier_id, tier.below.fee, tier.below.amount, ladder.scheme.currency)
        for ladder in night.ladders
        for tier, tier_id in zip(ladder.scheme.tiers, ladder.tier_ids, strict=True)
        if tier.below
    ]
    if not due:
        return 0
    versions, tiers, codes, amounts, currencies = (list(column) for column in zip(*due, strict=True))
    return run_sql(
        SQL / "fees_due.sql",
        **night.parameters(),
        fee_versions=versions,
        fee_tiers=tiers,
        fee_codes=codes,
        fee_amounts=amounts,
        fee_currencies=currencies,
    )
