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
    return {key: _nearest(path, heads) for key, path in paths.items()}


def _nearest(path: str, heads: dict[str, list[User]]) -> list[User]:
    codes = path.strip("/").split("/")
    above = ("/" + "/".join(codes[:length]) + "/" for length in range(len(codes), 0, -1))
    return next((heads[each] for each in above if each in heads), [])
