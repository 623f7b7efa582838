"""Forms that say which version was read, and that ask whose value stays where two people wrote at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.editing.clashes import NOW, TYPED

KEEP = [(NOW, _("What is there now")), (TYPED, _("What I typed"))]


class VersionForm(forms.Form):
    """`version` is the one that was read: whoever saves over somebody else's change is told."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class KeepForm(VersionForm):
    """Once two people wrote, `asked` names the fields in which they differ, and `keep_<field>` says whose value stays.

    `read` is the version that was read before anything was asked, `version` the one that was there when it was.
    """

    read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.getlist("asked") if hasattr(self.data, "getlist") else []
        self.asked = [name for name in given if name in self.fields]
        missing = {"required": _("Choose whose value stays.")}
        for name in self.asked:
            label = self.fields[name].label
            self.fields[_keep(name)] = forms.ChoiceField(choices=KEEP, label=label, error_messages=missing)

    def changes(self) -> dict[str, Any]:
        """What was typed, by field."""
        raise NotImplementedError

    def taken(self) -> dict[str, Any]:
        """What was typed, without what shall stay as it is now."""
        return {name: value for name, value in self.changes().items() if self.chosen(name) != NOW}

    def typed_fields(self) -> list[forms.BoundField]:
        """The fields of the record, for a page that carries what was typed along unseen."""
        own = {*VersionForm.base_fields, "read", *map(_keep, self.asked)}
        return [self[name] for name in self.fields if name not in own]

    def chosen(self, name: str) -> str:
        return str(self.data.get(_keep(name), ""))

    def choices(self) -> set[str]:
        return set(map(_keep, self.asked))

    def first_read(self) -> int:
        return int(self.cleaned_data.get("read") or self.cleaned_data["version"])


def _keep(name: str) -> str:
    return f"keep_{name}"
