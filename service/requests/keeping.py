"""The catalogue: the forms that are offered, one of them with its versions, and the editor that proposes another version."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.base.pages import Action, Page
from crm.base.pages.access import Text
from segmentation.views.versions import Rollback, VersionPage
from service.models import RequestForm
from service.proposing import ProposeLists
from service.requests.catalogue import Offered, catalogue_on
from service.requests.definition import PATH
from service.requests.editor import FormEditor
from service.requests.proposals import changes
from service.requests.saying import said_field, said_of, said_time

REQUESTS = (_("Service requests"), "service_requests")
CATALOGUE = (_("Request forms"), "request_forms")


class Catalogue(Page):
    permission = "request-forms:read"
    title = _("Request forms")
    parents = [REQUESTS]
    template_name = "service/requests/catalogue.html"
    actions = [Action(_("New form"), "request_form_new", "plus", "request-forms:write")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = catalogue_on(timezone.localdate()).values()
        waiting = Proposal.objects.filter(kind=PATH, status=Proposal.Status.OPEN).order_by("-pk")
        forms = [(each, said_time(each.form)) for each in found]
        return super().get_context_data(**{"forms": forms, "waiting": waiting} | kwargs)


class _OfForm(Page):
    permission = "request-forms:read"
    parents = [CATALOGUE]

    @cached_property
    def offered(self) -> Offered:
        found = catalogue_on(timezone.localdate()).get(self.kwargs["code"])
        if found is None:
            raise Http404
        return found


class FormPage(_OfForm):
    """The form as it is now, and its versions."""

    template_name = "service/requests/form.html"

    def get_title(self) -> Text:
        return self.offered.name

    def get_actions(self) -> list[Action]:
        if not self.may("request-forms:write"):
            return []
        return [Action(_("Propose a change"), reverse("request_form_propose", args=[self.offered.form.code]), "pencil")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.offered.form
        rows = RequestForm.objects.filter(code=form.code).select_related("published_by", "proposal__maker")
        context = {
            "offered": self.offered,
            "rules": said_of(form),
            "fields": [(_t(field.label), said_field(field)) for field in form.fields],
            "versions": rows.order_by("-number"),
            "today": timezone.localdate(),
        }
        return super().get_context_data(**context | kwargs)


class ProposeForm(_OfForm, ProposeLists):
    permission = "request-forms:write"
    title = _("Propose a form")
    template_name = "service/requests/propose.html"
    kind, form_class = PATH, FormEditor

    def content_on(self, day: date) -> dict[str, Any]:
        return self.offered.content

    def proposed_title(self, form: Any) -> str:
        return _t("Form “%(name)s”") % {"name": form.head["name"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        return found | {"head": found["form"].drawn_head()}


class NewForm(ProposeForm):
    title = _("New form")

    def content_on(self, day: date) -> dict[str, Any]:
        return {"identity": "document", "is_checked": True, "fields": [{"type": "account"}]}


class _Versions:
    kind, permission = PATH, "request-forms:read"
    page, rollback = "request_form_version", "request_form_rollback"
    parents: Sequence[tuple[Text, str]] = [CATALOGUE]
    changes = staticmethod(changes)
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> Any:
        return get_object_or_404(RequestForm.objects.select_related("proposal__maker"), pk=self.kwargs["pk"])

    def siblings(self) -> QuerySet:
        return RequestForm.objects.filter(code=self.version.code).order_by("-number")


class FormVersion(_Versions, VersionPage):
    pass


class FormRollback(_Versions, Rollback):
    pass
