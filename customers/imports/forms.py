from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from customers.imports.kinds import kinds, label_of_kind
from customers.models import ImportProfile

CODINGS = [
    ("", _("Found by itself")),
    ("utf-8", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("gb18030", "GB18030"),
    ("iso8859-2", "ISO 8859-2"),
    ("cp1250", "Windows-1250"),
    ("cp1252", "Windows-1252"),
]


def kind_choices() -> list[tuple[str, object]]:
    return [(kind.name, kind.label) for kind in kinds().values() if not kind.is_internal]


class ProfileField(forms.ModelChoiceField):
    def label_from_instance(self, profile: ImportProfile) -> str:
        return f"{label_of_kind(profile.kind)}: {profile.name}"


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in it"), choices=kind_choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, TSV or XLSX. The first line names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    encoding = forms.ChoiceField(
        label=_("Coding"),
        choices=CODINGS,
        required=False,
        help_text=_("Only where the file can be read in more than one."),
    )

    profile = ProfileField(
        label=_("Profile"),
        queryset=ImportProfile.objects.all(),
        required=False,
        empty_label=_("Found by itself"),
        help_text=_("How the columns of such a file become ours, as somebody kept it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ImportProfile.objects.exists():
            del self.fields["profile"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        profile = said.get("profile")
        if profile and said.get("kind") and profile.kind != said["kind"]:
            self.add_error("profile", _("This profile is for files of another kind."))
        return said

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.CRM_MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("The file is larger than an upload may be."))
        return file
