"""What a manager is able to do: on their page, whole on one of its own, and what a head says of it."""

from typing import Any, ClassVar

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, FormPage, ListPage, Page
from crm.base.pages.access import Crumb
from managers.books.views.managers import BOOKS, OfBook, OfManager
from managers.models import Certificate, ManagerGrade, ManagerProfile, Training
from managers.staff import forms, services
from managers.staff.filters import CertificateFilter
from managers.staff.panels import qualified
from managers.staff.tables import CertificateTable, state_of


class CertificateList(ListPage):
    """What ends, and of whom."""

    permission = "certificates:read"
    title = _("Certificates")
    parents = [BOOKS]
    queryset = Certificate.objects.standing().select_related("manager")
    filterset_class = CertificateFilter
    table_class: ClassVar[Any] = CertificateTable
    ordering_fields = {"valid_until": "valid_until"}
    ordering = "valid_until"
    actions = [Action(_("Scorecards"), "scorecards", icon="report-analytics")]
    empty = Empty(
        _("No certificate is on record"),
        _("A branch head records them on the page of each manager."),
        icon="certificate",
    )


class Qualifications(OfManager, Page):
    permission = "certificates:read"
    template_name = "managers/staff/qualifications.html"

    def get_title(self) -> str:
        return _("What %(manager)s is able to do") % {"manager": self.manager}

    def get_actions(self) -> list[Action]:
        if not self.may("certificates:write"):
            return []
        return [
            self._action(_("Record a certificate"), "certificate_add", "certificate"),
            self._action(_("Say the grade"), "grade_add", "stairs-up"),
        ]

    def _action(self, label: Any, name: str, icon: str) -> Action:
        return Action(label, reverse(name, args=[self.manager.pk]), icon=icon, dialog=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        of: dict[str, Any] = {"manager": self.manager.pk}
        certificates = list(Certificate.objects.filter(**of).select_related("withdrawn_by"))
        for each in certificates:
            each.state = state_of(each)
        shown = {
            "manager": self.manager,
            "may_write": self.may("certificates:write"),
            "grades": ManagerGrade.objects.filter(**of).select_related("made_by"),
            "certificates": certificates,
            "trainings": list(Training.objects.filter(**of)[:50]),
        }
        return super().get_context_data(**shown | qualified(self.manager, timezone.localdate()) | kwargs)


class OfQualified(OfBook):
    permission = "certificates:write"

    def get_success_url(self) -> str:
        return reverse("manager_qualifications", args=[self.manager.pk])

    def said(self, form: BaseForm) -> dict[str, Any]:
        return {"manager": self.manager, "by": self.request.user, "at": timezone.now(), **form.cleaned_data}


class SayGrade(OfQualified):
    title = _("Say the grade")
    form_class = forms.GradeForm

    def get_initial(self) -> dict[str, Any]:
        return {"since": timezone.localdate()}

    def perform(self, form: BaseForm) -> ManagerGrade:
        return services.say_grade(**self.said(form))


class RecordCertificate(OfQualified):
    title = _("Record a certificate")
    submit = _("Record")
    form_class = forms.CertificateForm

    def perform(self, form: BaseForm) -> Certificate:
        return services.record_certificate(**self.said(form))


class RecordTraining(OfQualified):
    title = _("Record a training")
    submit = _("Record")
    form_class = forms.TrainingForm

    def get_initial(self) -> dict[str, Any]:
        return {"held_on": timezone.localdate()}

    def perform(self, form: BaseForm) -> Training:
        return services.record_training(**self.said(form))


class SaySkills(OfQualified):
    title = _("Product skills")
    form_class = forms.SkillsForm

    def get_initial(self) -> dict[str, Any]:
        known = ManagerProfile.objects.filter(pk=self.manager.pk).first()
        return {"skills": known.skills, "version": known.version} if known else {"skills": [], "version": 0}

    def perform(self, form: BaseForm) -> ManagerProfile:
        return services.say_skills(manager=self.manager, by=self.request.user, **form.cleaned_data)


class WithdrawCertificate(FormPage):
    permission = "certificates:write"
    title = _("Withdraw the certificate")
    submit = _("Withdraw")
    intro = _("It counts no more, as if it had never been recorded. It stays in the list.")
    form_class = forms.WithdrawForm
    done = _("Withdrawn.")

    @cached_property
    def certificate(self) -> Certificate:
        rows = Certificate.objects.visible_to(self.request.user).standing()
        return get_object_or_404(rows.select_related("manager"), pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(str(self.certificate.manager), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("manager_qualifications", args=[self.certificate.manager_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)

    def perform(self, form: BaseForm) -> Certificate:
        said = {"by": self.request.user, "at": timezone.now()} | form.cleaned_data
        return services.withdraw_certificate(certificate=self.certificate, **said)
