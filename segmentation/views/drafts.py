"""The policy studio: drafts of tier schemes, waiver policies, segments and service standards, from the first line to the proposal."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage, Page
from crm.base.pages.access import Crumb, is_fragment
from customers.models import Customer
from segmentation.drafts import shown
from segmentation.filters import PolicyDraftFilter
from segmentation.models import PolicyDraft
from segmentation.services import drafts as services
from segmentation.tables import DraftTable

BEGIN = Action(_("Begin a draft"), "draft_add", icon="plus", permission="drafts:write")
HERE = [(_("Drafts"), "drafts")]
# whom a segment picks is counted while it is typed; standards move nobody
SIMULATED = (PolicyDraft.Kind.TIER_SCHEME, PolicyDraft.Kind.WAIVER_POLICY)


class DraftList(ListPage):
    permission = "drafts:read"
    title = _("Drafts")
    queryset = PolicyDraft.objects.all()
    filterset_class = PolicyDraftFilter
    table_class = DraftTable
    ordering_fields = {"saved_at": "saved_at"}
    ordering = "-saved_at"
    actions = [BEGIN]
    exportable = False
    empty = Empty(
        _("No drafts yet"),
        _("A draft begins with what is in force, or with nothing. Nobody but you sees it until you propose it."),
        BEGIN,
        icon="pencil",
    )


class BeginForm(forms.Form):
    start = forms.ChoiceField(label=_("What do you want to change?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = (
            services.WAIVERS,
            services.STANDARDS,
            services.VALUE,
            services.SEGMENT,
            services.OFFER,
            services.CHANGE,
            services.ASSIGNING,
        )
        starts = (*Customer.Kind.values, *own)
        found = [(start, services.begin_with(start)) for start in starts]
        self.fields["start"].choices = [(start, _begins(name, base)) for start, (_k, name, _c, base) in found]


def _begins(name: str, base: int) -> str:
    text = _("%(name)s, from version %(base)s") if base else _("%(name)s, from nothing")
    return str(text) % {"name": name, "base": base}


class DraftAdd(FormPage):
    """`?start=standards` chooses one beforehand."""

    permission = "drafts:write"
    title = _("Begin a draft")
    parents = HERE
    form_class = BeginForm
    submit = _("Begin")
    cancel_to = "drafts"

    def get_initial(self) -> dict[str, Any]:
        return {"start": self.request.GET.get("start", "")}

    def perform(self, form: BeginForm) -> PolicyDraft:
        return services.begin_draft(start=form.cleaned_data["start"], by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("draft_edit", args=[self.result.pk])


class DraftPage(DetailPage):
    """In words, with what is still wrong; from here it is tried and proposed."""

    permission = "drafts:read"
    parents = HERE
    queryset = PolicyDraft.objects.all()
    context_object_name = "draft"
    template_name = "segmentation/editor/draft.html"

    @cached_property
    def shown(self) -> Any:
        return shown(self.object)

    def get_actions(self) -> list[Action]:
        edit = Action(_("Edit"), reverse("draft_edit", args=[self.object.pk]), icon="pencil")
        if not self.shown.is_ready:
            return [edit]
        doors = [("draft_propose", _("Propose"), "send")]
        if self.object.kind in SIMULATED:
            doors.append(("draft_simulate", _("Try it"), "flask"))
        found = [Action(label, url, icon=icon) for name, label, icon in doors if (url := _url(name, self.object))]
        return [*found, edit]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(shown=self.shown, **kwargs)


def _url(name: str, draft: PolicyDraft) -> str:
    """A door appears when somebody has built what is behind it."""
    try:
        return reverse(name, args=[draft.pk])
    except NoReverseMatch:
        return ""


class OwnDraft(Page):
    permission = "drafts:write"

    @cached_property
    def draft(self) -> PolicyDraft:
        return get_object_or_404(self.drafts, pk=self.kwargs["pk"])

    @property
    def drafts(self) -> QuerySet[PolicyDraft]:
        return PolicyDraft.objects.visible_to(self.request.user)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Drafts"), reverse("drafts")), Crumb(str(self.draft), reverse("draft", args=[self.draft.pk]))]


class DraftDrop(OwnDraft):
    http_method_names = ["post"]

    def post(self, request: Any, pk: int) -> HttpResponse:
        services.drop_draft(draft=self.draft, by=request.user)
        messages.success(request, _("The draft is thrown away."))
        return redirect("drafts")


def saved(request: HttpRequest, draft: PolicyDraft) -> HttpResponse:
    """What stands beside the buttons once the browser has saved by itself."""
    return render(request, "segmentation/editor/_saved.html", {"draft": draft})


def fragment_of(request: HttpRequest) -> str:
    return "segmentation/editor/_edit.html" if is_fragment(request) else "segmentation/editor/edit.html"
