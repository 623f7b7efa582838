"""A page with one form and one service behind it."""

from typing import Any, ClassVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormMixin, ProcessFormView

from crm.base.errors import RuleBroken
from crm.base.pages.access import Page, Text, is_fragment


class FormPage(FormMixin, Page, ProcessFormView):
    """`perform(form)` calls the service; what it refuses stands beside the field, and nothing typed is lost.

    A form that can't be taken answers 422, with the form. HTMX gets `fragment_name` and is sent on by the browser.
    """

    template_name = "base/form.html"
    fragment_name = "base/_form.html"
    submit: ClassVar[Text] = _("Save")
    done: ClassVar[Text] = ""
    cancel_to: ClassVar[str] = ""
    intro: ClassVar[Text] = ""

    def perform(self, form: BaseForm) -> Any:
        raise NotImplementedError

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            self.result = self.perform(form)
        except RuleBroken as refusal:
            refusal.conclude()
            return self.refused(form, refusal)
        if text := self.get_done():
            messages.success(self.request, str(text))
        return self.leave(self.get_success_url())

    def refused(self, form: BaseForm, refusal: RuleBroken) -> HttpResponse:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.message))
        return self.form_invalid(form)

    def retyped(self, form: BaseForm, **hidden: object) -> None:
        """What was typed stays; these fields are others when the form is sent again."""
        typed = self.request.POST.copy()
        for name, value in hidden.items():
            typed[name] = str(value)
        form.data = typed

    def get_done(self) -> Text:
        return self.done

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self) -> str:
        return resolve_url(str(self.success_url))

    def get_template_names(self) -> list[str]:
        return [self.fragment_name if is_fragment(self.request) else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = {
            "submit": self.submit,
            "intro": self.intro,
            "cancel_url": self.cancel_to and resolve_url(self.cancel_to),
        }
        return super().get_context_data(**texts | {"form_action": self.request.get_full_path()} | kwargs)
