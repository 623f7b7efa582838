"""REST lists under a page that names no customer, which themselves do: a permission and a scope of their own."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request


class NamesCustomers:
    """Mixin: beside `resource` it takes the permission `named_by`, and of a token the scope `customers:read`."""

    named_by = ""

    def initial(self: Any, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        scopes = getattr(request.auth, "scopes", None)
        if not request.user.may(self.named_by) or (scopes and "customers:read" not in scopes):
            raise PermissionDenied(_("Your role or token sees no customers."))
