from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext

from crm.base.admin_site import ScopedAdmin
from crm.base.errors import RuleBroken
from crm.identity.models import ApiToken, Branch, Reach, Team, User
from crm.identity.services import save_branch
from crm.identity.services.branches import refuse_circle


class BranchForm(forms.ModelForm):
    class Meta:
        model = Branch
        fields = ("code", "name", "parent", "level", "region")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        branch = Branch(pk=self.instance.pk, code=cleaned.get("code", ""), parent=cleaned.get("parent"))
        try:
            refuse_circle(branch, {one.pk: one for one in Branch.objects.all()})
        except RuleBroken as refusal:
            raise ValidationError({refusal.field or "__all__": str(refusal)}) from refusal
        if self.instance.pk and self.instance.parent != cleaned.get("parent"):
            raise ValidationError({"parent": gettext("A branch moves by a proposal that somebody else approves.")})
        return cleaned


@admin.register(Branch)
class BranchAdmin(ScopedAdmin):
    resource = "branches"
    can_write = True
    form = BranchForm
    list_display = ("path", "name", "level", "region")
    search_fields = ("code", "name")

    def save_model(self, request: HttpRequest, obj: Branch, form: forms.ModelForm, change: bool) -> None:
        save_branch(branch=obj, by=request.user)  # type: ignore[arg-type]


@admin.register(User)
class UserAdmin(ScopedAdmin):
    resource = "users"
    list_display = ("username", "name", "role", "branch", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("username", "name")
    fields = ("username", "name", "role", "branch", "language", "is_active", "last_login", "date_joined")


@admin.register(Team)
class TeamAdmin(ScopedAdmin):
    resource = "users"
    list_display = ("code", "name", "branch")


@admin.register(Reach)
class ReachAdmin(ScopedAdmin):
    resource = "users"
    list_display = ("user", "cause", "owner", "branch", "starts_at", "ends_at")
    list_filter = ("cause",)
    list_select_related = ("user", "owner", "branch")
    exclude = ("customer_id",)


@admin.register(ApiToken)
class ApiTokenAdmin(ScopedAdmin):
    """The digest is shown nowhere."""

    resource = "users"
    list_display = ("name", "user", "created", "expiry", "scopes")
    list_display_links = None
    list_select_related = ("user",)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> None:
        return None
