"""Which door a role or token may open over REST. Which rows come through it is `visible_to`'s business."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


def allows(request: Request, permission: str) -> bool:
    """The role must hold it, and a token with scopes must carry it too."""
    scopes = getattr(request.auth, "scopes", None)
    return request.user.may(permission) and (not scopes or permission in scopes)


class RoleAndScope(BasePermission):
    """`<resource>:read` or `:write` must be allowed.

    A view names its `resource`, the first word of its address. One that names none is closed to all. `only_reads` says
    that its POST is a question too long for an address.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        resource = getattr(view, "resource", "")
        if not resource or not request.user.is_authenticated:
            return False
        only_reads = request.method in SAFE_METHODS or getattr(view, "only_reads", False)
        return allows(request, f"{resource}:{'read' if only_reads else 'write'}")
