"""What a proposal builds on where versions are numbered: "tier_scheme:person:3", and 0 before there is one."""

from typing import Any

from crm.approvals.models import Proposal


def base_of(name: str, version: Any) -> str:
    return f"{name}:{version.number if version else 0}"


def number_before(proposal: Proposal) -> int:
    """Of the version that the maker had before the eyes."""
    return int(proposal.base_version.rpartition(":")[2])
