"""What people type about proposals. What holds, the services and kinds say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.identity.models import Branch, User

REASON = forms.Textarea(attrs={"rows": 3})


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=REASON, help_text=_("Kept with the proposal and in the audit trail.")
    )


class ApproveForm(ReasonForm):
    """Carries the hash of the content that was on the page."""

    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class UserField(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj} ({obj.username}, {obj.get_role_display()})"


def people(*roles: str) -> Any:
    found = User.objects.filter(is_active=True).order_by("username")
    return found.filter(role__in=roles) if roles else found


class DeputyForm(forms.Form):
    approver = UserField(label=_("Absent"), queryset=people(User.Role.APPROVER))
    deputy = UserField(label=_("Deputy"), queryset=people(User.Role.APPROVER, User.Role.HEAD))
    since = forms.DateField(label=_("From"), widget=DateInput())
    until = forms.DateField(label=_("Until"), widget=DateInput(), help_text=_("The last day of the absence."))


class ProposalForm(forms.Form):
    """`content()` is what is proposed, `title()` names it."""

    def content(self) -> dict[str, str]:
        raise NotImplementedError

    def title(self) -> str:
        raise NotImplementedError


class RoleForm(ProposalForm):
    username = forms.CharField(
        label=_("User name"), max_length=150, help_text=_("Of an account that is there, or of the new one.")
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False, help_text=_("Only for a new account."))
    role = forms.ChoiceField(label=_("Role"), choices=[one for one in User.Role.choices if one[0] != User.Role.NONE])
    branch = forms.ModelChoiceField(
        label=_("Branch"), queryset=Branch.objects.order_by("path"), required=False, to_field_name="code"
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=REASON)

    def content(self) -> dict[str, str]:
        typed = self.cleaned_data
        branch = typed["branch"].code if typed["branch"] else ""
        return {"username": typed["username"], "name": typed["name"], "role": typed["role"], "branch": branch}

    def title(self) -> str:
        label = dict(User.Role.choices)[self.cleaned_data["role"]]
        return f"{self.cleaned_data['username']}: {label}"


class ReachForm(ProposalForm):
    username = UserField(label=_("User"), queryset=people(), to_field_name="username")
    owner = UserField(
        label=_("Book of"), queryset=people(User.Role.MANAGER), required=False, to_field_name="username",
        help_text=_("A book or a branch, not both."),
    )  # fmt: skip
    branch = forms.ModelChoiceField(
        label=_("Branch"), queryset=Branch.objects.order_by("path"), required=False, to_field_name="code"
    )
    until = forms.DateField(label=_("Until"), widget=DateInput(), help_text=_("The last day of it."))
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=REASON)

    def content(self) -> dict[str, str]:
        typed = self.cleaned_data
        found = {"username": typed["username"].username, "until": typed["until"].isoformat()}
        if typed["owner"]:
            found["owner"] = typed["owner"].username
        if typed["branch"]:
            found["branch"] = typed["branch"].code
        return found

    def title(self) -> str:
        return f"{self.cleaned_data['username'].username}: {self.cleaned_data['owner'] or self.cleaned_data['branch']}"


class LoginForm(ProposalForm):
    username = UserField(label=_("User"), queryset=people(), to_field_name="username")
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=REASON)

    def content(self) -> dict[str, str]:
        return {"username": self.cleaned_data["username"].username}

    def title(self) -> str:
        return str(self.cleaned_data["username"].username)


class BranchForm(ProposalForm):
    code = forms.ModelChoiceField(label=_("Branch"), queryset=Branch.objects.order_by("path"), to_field_name="code")
    parent = forms.ModelChoiceField(
        label=_("Parent"), queryset=Branch.objects.order_by("path"), required=False, to_field_name="code"
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=REASON)

    def content(self) -> dict[str, str]:
        parent = self.cleaned_data["parent"]
        return {"code": self.cleaned_data["code"].code, "parent": parent.code if parent else ""}

    def title(self) -> str:
        return f"{self.cleaned_data['code']} → {self.cleaned_data['parent'] or '/'}"


FORMS: dict[str, type[ProposalForm]] = {
    "role": RoleForm,
    "reach": ReachForm,
    "login_reset": LoginForm,
    "branch": BranchForm,
}
