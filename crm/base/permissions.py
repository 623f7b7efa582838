"""Which door a role or token may open over REST. Which rows come through it is `visible_to`'s business."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


class RoleAndScope(BasePermission):
    """The role must hold `<resource>:read` or `:write`; a token with scopes must carry it too.

    A view names its `resource`, the first word of its address. One that names none is closed to all.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        resource = getattr(view, "resource", "")
        if not resource or not request.user.is_authenticated:
            return False
        permission = f"{resource}:{'read' if request.method in SAFE_METHODS else 'write'}"
        scopes = getattr(request.auth, "scopes", None)
        return request.user.may(permission) and (not scopes or permission in scopes)
