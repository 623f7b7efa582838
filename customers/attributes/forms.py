from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms import DateInput
from customers.models import Attribute

WORDS = _("Only for a choice: a line for each word, “code, name in English, name in Chinese”.")
UNKNOWN, YES, NO = "", "true", "false"


class AttributeForm(forms.ModelForm):
    """A new one is given its code and type; afterwards they stay, and `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words_typed = forms.CharField(
        label=_("Words"), required=False, widget=forms.Textarea({"rows": 4}), help_text=WORDS, max_length=20_000
    )

    class Meta:
        model = Attribute
        fields = ("label", "label_zh", "code", "type", "sensitivity", "may_set_prices")
        help_texts = {
            "code": _("Files and rules call it by this code, with a prefix. It never changes."),
            "may_set_prices": _("Tier and waiver rules may use it. Only for business figures."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"], self.fields["type"]
            self.initial["words_typed"] = "\n".join(
                ", ".join(filter(None, (word["code"], word["label"], word.get("label_zh"))))
                for word in self.instance.words
            )
        else:
            del self.fields["version"]

    def clean_words_typed(self) -> list[dict[str, str]]:
        lines = (line.replace("，", ",") for line in self.cleaned_data["words_typed"].splitlines() if line.strip())
        names = ("code", "label", "label_zh")
        return [dict(zip(names, (part.strip() for part in line.split(",", 2)), strict=False)) for line in lines]

    def _post_clean(self) -> None:
        """The service refuses what is wrong, beside its field; nothing is put into the instance here."""

    def said(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        return typed | {"words": typed.pop("words_typed")} if "words_typed" in typed else typed


class ValuesForm(forms.Form):
    """A field for each attribute in use; `version` is that of the customer that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, attributes: list[Attribute], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for attribute in attributes:
            self.fields[attribute.field] = _input(attribute)


def _input(attribute: Attribute) -> forms.Field:
    common: dict[str, Any] = {"label": attribute.said, "required": False}
    match Attribute.Type(attribute.type):
        case Attribute.Type.CHOICE:
            return forms.ChoiceField(choices=[(UNKNOWN, "–"), *attribute.choices], **common)
        case Attribute.Type.BOOLEAN:
            return forms.ChoiceField(choices=[(UNKNOWN, "–"), (YES, _("Yes")), (NO, _("No"))], **common)
        case Attribute.Type.DATE:
            return forms.DateField(widget=DateInput(), **common)
        case Attribute.Type.NUMBER | Attribute.Type.MONEY:
            return forms.DecimalField(max_digits=20, decimal_places=4, localize=False, **common)
    return forms.CharField(max_length=200, **common)
