"""Pages of rules that change by proposal: the version in force with those before it, and the form of the next one."""

from typing import Any, ClassVar

from django import forms
from django.forms import BaseForm
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.base.pages import FormPage, Page
from crm.base.pages.access import Text
from customers.forms.inputs import DateInput
from managers.approved import Rules


class ProposedForm(forms.Form):
    """What every proposal of rules says beside them."""

    effective_from = forms.DateField(
        label=_("Effective from"), required=False, widget=DateInput(), help_text=_("Empty: when it is approved.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)


class RulesPage(Page):
    rules: ClassVar[Rules]

    @cached_property
    def version(self) -> Any:
        """The one that holds today."""
        return self.rules.version_on(timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"version": self.version, "versions": self.rules.model.objects.select_related("published_by")}
        return super().get_context_data(**shown | kwargs)


class ProposeRules(FormPage):
    rules: ClassVar[Rules]
    named: ClassVar[Text]
    submit = _("Propose")
    done = _("It waits for somebody else's decision.")

    def content(self, form: Any) -> dict[str, Any]:
        raise NotImplementedError

    def perform(self, form: BaseForm) -> Proposal:
        said = {name: form.cleaned_data[name] for name in ("reason", "effective_from")}
        by = {"by": self.request.user, "at": timezone.now()}
        return propose(kind=self.rules.kind, content=self.content(form), title=str(self.named), **said, **by)
