"""Columns that are joined where many customers are asked: looked up one by one they would cost more than all else."""

from collections.abc import Mapping

from segmentation.rules.registry import FIELDS

JOINED: Mapping[str, str] = {field.name: field.joined for field in FIELDS.values() if field.join}
PARTITION = " AND {rows}.customer_id >= %(low)s AND {rows}.customer_id < %(high)s"


def joins_of(text: str, *, whose: str = "") -> str:
    """The joins that a compiled text needs, each once; `whose` narrows the customers of their rows."""
    needed = (field.join for field in FIELDS.values() if field.join and field.joined in text)
    return " ".join(join.text.format(whose=whose.format(rows=join.rows)) for join in dict.fromkeys(needed) if join)
