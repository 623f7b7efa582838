"""The page of one object."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.views.generic.detail import SingleObjectMixin

from crm.base import signals
from crm.base.pages.access import Page, Text
from crm.base.pages.lists import in_reach


class DetailPage(SingleObjectMixin, Page):
    """One object within the user's reach; out of reach is the same as not found."""

    scoped: ClassVar[bool] = True
    reads_are_logged: ClassVar[bool] = False
    what: ClassVar[str] = "page"

    def get_queryset(self):
        return in_reach(super().get_queryset(), self.request.user, scoped=self.scoped)

    def get_title(self) -> Text:
        return self.title or str(self.object)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if self.reads_are_logged:
            signals.read.send(type(self.object), user=request.user, obj=self.object, what=self.what)
        return self.render_to_response(self.get_context_data(object=self.object))
