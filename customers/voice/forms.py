from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Need, Product

MET = (("no", pgettext_lazy("a need", "Not met here")), ("yes", pgettext_lazy("a need", "Met here")))


def products() -> Iterator[tuple[Any, Any]]:
    """Each family, with any product of it, then its products."""
    yield "", "–"
    named: dict[str, list[tuple[str, str]]] = {}
    for code, name, family in Product.objects.order_by("family", "code").values_list("code", "name", "family"):
        named.setdefault(family, []).append((f"product {code}", name))
    for family, label in Product.Family.choices:
        yield label, [(f"family {family}", _t("%(family)s, any") % {"family": label}), *named.get(family, [])]


class NeedFields(forms.Form):
    """A need beside a contact: nothing of it has to be filled in. Names begin with `need_`."""

    need_about = forms.ChoiceField(label=_("Product or family"), required=False, choices=products)
    need_wish = forms.ChoiceField(label=_("What is wanted"), required=False, choices=[("", "–"), *Need.Wish.choices])
    need_met = forms.ChoiceField(label=_("Do they get it here?"), required=False, choices=MET)
    need_met_by = forms.CharField(
        label=_("Who gives it to them"), required=False, max_length=80, help_text=_("Another bank or company.")
    )
    need_quote = forms.CharField(
        label=_("In their own words"),
        required=False,
        max_length=300,
        help_text=_("The product department reads it without the customer: no names and no numbers."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        about, wish = found.get("need_about"), found.get("need_wish")
        if bool(about) != bool(wish):
            self.add_error("need_wish" if about else "need_about", _t("A need is a product and what is wanted of it."))
        if (found.get("need_quote") or found.get("need_met_by")) and not about and not wish:
            self.add_error("need_about", _t("A need is a product and what is wanted of it."))
        return found

    def need(self) -> dict[str, Any] | None:
        """What `note_need` wants, or None."""
        said = self.cleaned_data
        if not said.get("need_about"):
            return None
        sort, _blank, code = said["need_about"].partition(" ")
        product = Product.objects.get(code=code) if sort == "product" else None
        return {
            "product": product,
            "family": product.family if product else code,
            "wish": said["need_wish"],
            "is_met": said["need_met"] == "yes",
            "met_by": said["need_met_by"],
            "quote": said["need_quote"],
        }

    def contact(self) -> dict[str, Any]:
        """What is said of the contact."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("need_")}


class NeedForm(NeedFields):
    """A need alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need_about"].required = self.fields["need_wish"].required = True
