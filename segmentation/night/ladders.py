"""The scheme versions by which a night decides."""

import json
from dataclasses import dataclass
from functools import lru_cache

from segmentation.models import SchemeVersion, Tier
from segmentation.schemes import Scheme


@dataclass(frozen=True)
class Ladder:
    """A scheme version in force, parsed, with the database ids of its tiers from lowest to highest."""

    version: SchemeVersion
    scheme: Scheme
    tier_ids: tuple[int, ...]

    @property
    def kind(self) -> str:
        return self.scheme.customer_kind


def ladders_of(pks: list[int]) -> tuple[Ladder, ...]:
    """Those of these versions, in their order."""
    versions = SchemeVersion.objects.select_related("scheme").in_bulk(pks)
    schemes = [versions[pk].scheme_id for pk in pks]
    rows = Tier.objects.filter(scheme__in=schemes).values_list("scheme", "code", "pk")
    ids = {(scheme, code): pk for scheme, code, pk in rows}
    return tuple(_ladder(versions[pk], ids) for pk in pks)


def _ladder(version: SchemeVersion, ids: dict[tuple[int, str], int]) -> Ladder:
    scheme = parsed(json.dumps(version.content))
    return Ladder(version, scheme, tuple(ids[version.scheme_id, tier.code] for tier in scheme.tiers))


@lru_cache(maxsize=64)
def parsed(content: str) -> Scheme:
    return Scheme.parse(json.loads(content))
