"""Columns that are joined where many customers are asked: looked up one by one they would cost more than all else."""

from collections.abc import Iterator, Mapping

from segmentation.rules.registry import FIELDS
from segmentation.rules.registry.attributes import declared, joins_in


class Joined(Mapping[str, str]):
    """By the name of a field that stands apart, one that a bank declared included: its column over what is joined."""

    def __init__(self) -> None:
        self._ours = {field.name: field.joined for field in FIELDS.values() if field.join}

    def __getitem__(self, name: str) -> str:
        found = self._ours.get(name) or (field.joined if (field := declared(name)) else "")
        if not found:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._ours)

    def __len__(self) -> int:
        return len(self._ours)


JOINED = Joined()
PARTITION = " AND {rows}.customer_id >= %(low)s AND {rows}.customer_id < %(high)s"


def joins_of(text: str, *, whose: str = "") -> str:
    """The joins that a compiled text needs, each once; `whose` narrows the customers of their rows."""
    ours = (field.join for field in FIELDS.values() if field.join and field.joined in text)
    needed = [*ours, *joins_in(text)]
    return " ".join(join.text.format(whose=whose.format(rows=join.rows)) for join in dict.fromkeys(needed) if join)
