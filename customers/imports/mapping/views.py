"""The columns of an upload on screen, and the profiles that were made of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import Action, DetailPage, Empty, ListPage, Page
from crm.base.pages.access import Crumb, Text, is_fragment
from crm.jobs.models import Run
from customers.imports.kinds import kind_of
from customers.imports.mapping.adopting import adopted
from customers.imports.mapping.definition import Mapping
from customers.imports.mapping.filters import ImportProfileFilter
from customers.imports.mapping.page import NONE, MappingForm
from customers.imports.mapping.profiles import delete_profile
from customers.imports.mapping.services import survey_of
from customers.imports.mapping.shown import lines_of
from customers.imports.mapping.tables import ProfileTable
from customers.imports.refusals import Refused
from customers.models import ImportBatch, ImportProfile

PROFILES = ImportProfile.objects.select_related("created_by", "changed_by")
AGAIN, LATER = "again", "later"


class MappingPage(Page):
    """One row for each column of the file. Whatever changes the page is posted and drawn anew; nothing is kept before it is said."""

    permission = "imports:write"
    title = _("Map the columns")

    @cached_property
    def batch(self) -> ImportBatch:
        return get_object_or_404(ImportBatch.objects.select_related("run", "profile"), pk=self.kwargs["pk"])

    @property
    def is_open(self) -> bool:
        return bool(self.batch.file) and self.batch.run.status == Run.Status.WAITING

    def get_crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Imports"), reverse("imports")),
            Crumb(self.batch.filename, reverse("import", args=[self.batch.pk])),
        ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("import", self.batch.pk)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open:
            return redirect("import", self.batch.pk)
        form = MappingForm(self.batch, survey_of(self.batch), asked=request.GET.get("profile", ""))
        return self.drawn(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open:
            return redirect("import", self.batch.pk)
        asked, do = request.POST.get("profile", ""), request.POST.get("do", "")
        survey = survey_of(self.batch)
        data: QueryDict = request.POST
        if self.may("custom-attributes:write") and kind_of(self.batch.kind).grown:
            data = adopted(survey, data, by=request.user)
        form = MappingForm(self.batch, survey, asked=asked, data=data)
        if do == AGAIN:
            return self.drawn(form)
        try:
            if do == LATER:
                form.keep(by=request.user)
                messages.success(request, _("The file waits in this list, with its columns as far as they are mapped."))
                return redirect("imports")
            if form.problems:
                return self.drawn(form, is_refused=True)
            form.save(by=request.user)
        except RuleBroken as refusal:
            form.refusal = refusal
            return self.drawn(form, is_refused=True)
        return redirect("import", self.batch.pk)

    def drawn(self, form: MappingForm, *, is_refused: bool = False) -> HttpResponse:
        context = self.get_context_data(form=form, batch=self.batch, none=NONE, is_refused=is_refused)
        return self.render_to_response(context, status=422 if is_refused else 200)

    def get_template_names(self) -> list[str]:
        name = "_mapping.html" if is_fragment(self.request) else "mapping.html"
        return [f"customers/imports/{name}"]


class ProfileList(ListPage):
    permission = "import-profiles:read"
    title = _("Import profiles")
    parents = [(_("Imports"), "imports")]
    queryset = PROFILES
    scoped = False
    filterset_class = ImportProfileFilter
    table_class = ProfileTable
    ordering_fields = {"kind": ("kind", "name")}
    ordering = "kind"
    exportable = False
    empty = Empty(
        _("No profiles yet"),
        _("Whoever maps the columns of a file may keep that under a name, for the next file of the same system."),
        Action(_("Upload a file"), "import_add", icon="upload", permission="imports:write"),
        icon="arrows-exchange",
    )


class ProfilePage(DetailPage):
    permission = "import-profiles:read"
    parents = [(_("Imports"), "imports"), (_("Import profiles"), "import_profiles")]
    queryset = PROFILES
    scoped = False
    template_name = "customers/imports/profile.html"

    def get_title(self) -> Text:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        profile, kind = self.object, kind_of(self.object.kind)
        return super().get_context_data(
            profile=profile,
            kind=kind,
            lines=lines_of(kind, Mapping.of(profile.columns)),
            used=ImportBatch.objects.filter(profile=profile).count(),
            may_delete=self.may("import-profiles:write"),
            **kwargs,
        )


class DeleteProfile(Page):
    permission = "import-profiles:write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponse:
        profile = get_object_or_404(PROFILES, pk=pk)
        delete_profile(profile=profile, by=request.user)
        messages.success(request, _("The profile is deleted. Files that came in by it stay as they are."))
        return redirect("import_profiles")
