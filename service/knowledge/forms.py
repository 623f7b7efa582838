from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.identity.models import Team
from customers.forms.inputs import DateInput
from service.knowledge.content import LONGEST_KEYWORDS, TEXTS
from service.knowledge.services import LONGEST_REASON
from service.knowledge.words import Topic


def _body(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=TEXTS["body_en"], widget=forms.Textarea({"rows": 12}),
        help_text=_("Markdown: # a heading, - a list, **bold**, [words](https://address)."),
    )  # fmt: skip


class ArticleForm(forms.Form):
    """All of the next version."""

    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Small letters, digits and hyphens; it stays for good.")
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic)
    title_en = forms.CharField(label=_("Title in English"), max_length=TEXTS["title_en"])
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=TEXTS["title_zh"])
    keywords = forms.CharField(
        label=_("Search words"), max_length=LONGEST_KEYWORDS, required=False,
        help_text=_("What customers call it, in both languages; it is found and suggested by them too."),
    )  # fmt: skip
    body_en = _body(_("Text in English"))
    body_zh = _body(_("Text in Chinese"))
    owner = forms.CharField(
        label=_("Owner (user name)"), max_length=150, help_text=_("Told when the article is to be looked at again.")
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams that may read"), queryset=Team.objects.order_by("name"), required=False, to_field_name="code",
        widget=forms.CheckboxSelectMultiple, help_text=_("None: everybody who serves."),
    )  # fmt: skip
    review_on = forms.DateField(label=_("Review by"), widget=DateInput())
    reason = forms.CharField(label=_("Reason of the change"), max_length=500)

    @property
    def content(self) -> dict[str, Any]:
        """Of the proposal."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        bodies = {name: said[name].replace("\r\n", "\n") for name in ("body_en", "body_zh")}
        teams = sorted(team.code for team in said["teams"])
        return said | bodies | {"teams": teams, "review_on": said["review_on"].isoformat()}


class ConfirmForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    review_on = forms.DateField(label=_("Review by"), widget=DateInput())


class WithdrawForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON)


class RatingForm(forms.Form):
    """`helpful` is yes or no, as one presses."""

    helpful = forms.ChoiceField(label=_("Did it help?"), choices=[("yes", _("yes")), ("no", _("no"))])
    words = forms.CharField(label=_("What is missing or wrong"), max_length=LONGEST_REASON, required=False)
