"""The admin site is one of the four doors: the same roles, the same scope, the same services.

Django's own permissions and the superuser's mark open nothing here: a role does. Nothing is deleted, and what has no
service of its own to save it is read-only.
"""

from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from crm.base.signals import read

ENTRY = "users:read"


class ScopedAdmin(admin.ModelAdmin):
    """`resource` is the word of the permission matrix. A subclass that can write has a `save_model` that calls a service."""

    resource = ""
    is_personal = False  # a look at one object tells of one customer, and is recorded
    actions = None
    list_per_page = 50
    show_full_result_count = False
    can_write = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.may(f"{self.resource}:read")  # type: ignore[union-attr]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.can_write and request.user.may(f"{self.resource}:write")  # type: ignore[union-attr]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found = super().get_queryset(request)
        return found.visible_to(request.user) if hasattr(found, "visible_to") else found

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        found = super().get_object(request, object_id, from_field)
        if found is not None and self.is_personal:
            read.send(self.model, user=request.user, obj=found, what="admin")
        return found


def register_rooms(app: str) -> None:
    """Imports the `admin` of every room of the app that has one: they register what is theirs."""
    for module in sorted(Path(apps.get_app_config(app).path).glob("*/admin.py")):
        import_module(f"{app}.{module.parent.name}.admin")


class ScopedSite(admin.AdminSite):
    site_header = site_title = _("Administration")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Models of other packages stay out: their pages would write without a service and without a trace."""
        if admin_class and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.may(ENTRY)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The one login page of all, with its lock-out; who has signed in and may not come in is told so."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or resolve_url("admin:index"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> NoReturn:
        raise PermissionDenied
