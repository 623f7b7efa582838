from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.forms.inputs import DateInput
from managers.cadence.plan import DOUBLED, LATE, MOST, MOST_MONTHS, Unit, plan_of
from managers.models import ContactPlan
from segmentation.models import Tier

# what a plan asks for where there is none yet: days by the code of a tier
USUAL = {"private": 30, "diamond": 45, "platinum": 60, "gold": 90, "affluent": 180}


def _number(label: Any, most: int | None = None) -> forms.IntegerField:
    widget = forms.NumberInput({"class": "form-control"})
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False, widget=widget)


class PlanForm(forms.Form):
    """A line of fields per tier, the highest first; a tier without a number has no plan."""

    doubled_days = forms.IntegerField(
        label=gettext_lazy("Days in which everything is due in half the time, after another manager took over"),
        min_value=0,
        max_value=366,
    )
    late_days = forms.IntegerField(
        label=gettext_lazy("Days after which a contact counts as logged late"), min_value=0, max_value=366
    )
    effective_from = forms.DateField(
        label=gettext_lazy("Effective from"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("Empty: from the approval on."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, version: ContactPlan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = plan_of(version.content) if version else None
        lines = {line.tier: line for line in plan.lines} if plan else {}
        self.tiers = dict(Tier.objects.order_by("scheme", "-rank").values_list("code", "name"))
        for code in self.tiers:
            line = lines.get(code)
            self.fields |= {
                f"{code}.every": _number(gettext_lazy("Every")),
                f"{code}.unit": forms.ChoiceField(
                    label=gettext_lazy("Unit"),
                    choices=Unit,
                    initial=Unit.DAYS,
                    widget=forms.Select({"class": "form-select"}),
                ),
                f"{code}.executive_months": _number(gettext_lazy("Executive visit, months"), MOST_MONTHS),
                f"{code}.site_months": _number(gettext_lazy("Site visit, months"), MOST_MONTHS),
            }
            said = vars(line) if line else {"every": None if version else USUAL.get(code), "unit": Unit.DAYS}
            self.initial.update({f"{code}.{name}": value for name, value in said.items() if name != "tier"})
        days = (plan.doubled_days, plan.late_days) if plan else (DOUBLED, LATE)
        self.initial.update(zip(("doubled_days", "late_days"), days, strict=True))

    @property
    def rows(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for code, name in self.tiers.items():
            yield name, [self[f"{code}.{field}"] for field in ("every", "unit", "executive_months", "site_months")]

    @property
    def others(self) -> list[forms.BoundField]:
        return [self[name] for name in ("doubled_days", "late_days", "effective_from", "reason")]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for code in self.tiers:
            every, unit = found.get(f"{code}.every"), found.get(f"{code}.unit")
            if every and unit and every > MOST[Unit(unit)]:
                self.add_error(f"{code}.every", _("At most %(most)s.") % {"most": MOST[Unit(unit)]})
            for name in ("executive_months", "site_months"):
                if found.get(f"{code}.{name}") and not every:
                    self.add_error(f"{code}.every", _("Say how often somebody speaks with them too."))
        if not self.errors and not any(found.get(f"{code}.every") for code in self.tiers):
            raise forms.ValidationError(_("A plan has at least one tier."))
        return found

    def content(self) -> dict[str, Any]:
        """As it is proposed."""
        said = self.cleaned_data
        lines = [
            {"tier": code}
            | {
                name: said[f"{code}.{name}"]
                for name in ("every", "unit", "executive_months", "site_months")
                if said[f"{code}.{name}"]
            }
            for code in self.tiers
            if said[f"{code}.every"]
        ]
        return {"lines": lines, "doubled_days": said["doubled_days"], "late_days": said["late_days"]}
