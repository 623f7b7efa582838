"""The editor: every post keeps what was typed, whatever button sent it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from crm.base.pages.access import is_fragment
from segmentation.builder.drawing import every
from segmentation.drafts import form_of, place_of
from segmentation.editor import FORMS, SchemeForm
from segmentation.editor.rows import Row
from segmentation.editor.ruled import Alone
from segmentation.services.drafts import save_draft
from segmentation.views.drafts import OwnDraft, fragment_of, saved


class DraftEdit(OwnDraft):
    title = _("Edit")

    def get_template_names(self) -> list[str]:
        return [fragment_of(self.request)]

    def get_title(self) -> str:
        return str(self.draft)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        button = request.POST.get("do", "")
        form = FORMS[self.draft.kind].read(request.POST)
        form.do(button)
        save_draft(draft=self.draft, content=form.content, name=request.POST.get("name", ""), by=request.user)
        if button == "autosave":
            return saved(request, self.draft)
        if button == "look":
            url = self.get_crumbs()[1].url
            return HttpResponseClientRedirect(url) if is_fragment(request) else redirect(url)
        return self.render_to_response(self.get_context_data(is_saved=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = form_of(self.draft)
        context: dict[str, Any] = {
            "draft": self.draft,
            "form": form,
            "problems": [(place_of(path), text) for path, text in form.problems.items()],
            "rows": [with_rule(row) for row in form.rows],
            "point_rows": [with_rule(row) for row in form.point_rows] if isinstance(form, SchemeForm) else [],
            "is_saved": False,
            "said": None,
            "lookups": [],
            "counted": "",
            "found": None,
            "text": "",
        }
        return super().get_context_data(**context | kwargs)


def with_rule(row: Row | Alone) -> dict[str, Any]:
    """A row, and of its rule what the templates of the builder want."""
    drawn = row.rule.drawn if row.rule else None
    return {"row": row, "rule": row.rule, "node": drawn, "places": list(every(drawn))}
