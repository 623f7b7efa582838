from django import forms
from django.utils.translation import gettext_lazy

from customers.forms import DateInput
from segmentation.models import WaiverPolicy


class CheckForm(forms.Form):
    since = forms.DateField(
        label=gettext_lazy("From"), widget=DateInput(), help_text=gettext_lazy("The first day of a month.")
    )
    through = forms.DateField(
        label=gettext_lazy("Through"),
        widget=DateInput(),
        help_text=gettext_lazy("The end of a month, or the data date."),
    )
    policy = forms.ModelChoiceField(
        label=gettext_lazy("Under the policy"),
        required=False,
        queryset=WaiverPolicy.objects.order_by("-number"),
        empty_label=gettext_lazy("as in force on the day of each charge"),
        help_text=gettext_lazy("Where a policy was wrong: the version that is right."),
    )
    tiers_on = forms.DateField(
        label=gettext_lazy("In the tiers of"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("Where tiers were wrong: a day on which they were right. Empty: of each charge's day."),
    )
