"""Who leads a branch."""

from collections import defaultdict
from collections.abc import Iterable

from crm.identity.models import Branch, User


def heads_of(branches: Iterable[int | None]) -> dict[int, list[User]]:
    """By branch its heads at work; where it has none, those of the nearest branch above that has some."""
    paths = dict(Branch.objects.filter(pk__in=[each for each in branches if each]).values_list("pk", "path"))
    if not paths:
        return {}
    heads: dict[str, list[User]] = defaultdict(list)
    at_work = User.objects.filter(role=User.Role.HEAD, is_active=True, branch__isnull=False)
    for head in at_work.select_related("branch").order_by("pk"):
        heads[head.branch.path].append(head)  # type: ignore[union-attr]  # those without were left out
    return {key: next((heads[each] for each in _upwards(path) if each in heads), []) for key, path in paths.items()}


def heads_upwards(branch: Branch | None) -> list[User]:
    """All heads at work of the branch and of those above it, with their branches: one query, however deep the tree."""
    if branch is None:
        return []
    at_work = User.objects.filter(role=User.Role.HEAD, is_active=True, branch__path__in=_upwards(branch.path))
    return list(at_work.select_related("branch").order_by("pk"))


def _upwards(path: str) -> list[str]:
    """The path itself, then those of the branches above it."""
    codes = path.strip("/").split("/")
    return ["/" + "/".join(codes[:length]) + "/" for length in range(len(codes), 0, -1)]
