"""Columns that are joined where many customers are asked: looked up one by one they would cost more than all else."""

from collections.abc import Mapping

BRANCHES = "LEFT JOIN identity_branch b ON b.id = c.branch_id"
CARDS = """LEFT JOIN (
    SELECT DISTINCT ON (h.customer_id) h.customer_id, x.kind
    FROM customers_card x JOIN customers_accountholder h ON h.id = x.holder_id
    WHERE x.issued_on <= %(day)s{whose}
    ORDER BY h.customer_id, x.issued_on DESC, x.number DESC
) newest_card ON newest_card.customer_id = c.id"""
# by the field: its column, and the join that brings it; `c` is the customer
JOINS: Mapping[str, tuple[str, str]] = {"branch": ("b.code", BRANCHES), "card": ("newest_card.kind", CARDS)}
JOINED: Mapping[str, str] = {name: column for name, (column, _join) in JOINS.items()}


PARTITION = " AND h.customer_id >= %(low)s AND h.customer_id < %(high)s"


def joins_of(text: str, *, whose: str = "") -> str:
    """The joins that a compiled text needs; `whose` narrows the customers `h`."""
    return " ".join(join.format(whose=whose) for column, join in JOINS.values() if column in text)
