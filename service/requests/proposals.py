"""A form of the catalogue as a proposal: an admin says it, somebody else approves it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Content
from crm.approvals.models import Proposal
from segmentation.differences import Change, changes_of
from segmentation.versioned import Daily, was_approved
from service.models import RequestForm
from service.requests.catalogue import CONTENTS
from service.requests.definition import PATH, Form
from service.requests.publishing import publish_form
from service.requests.saying import said_parts


def was_published() -> bool:
    """From then on forms change by proposal alone."""
    return was_approved(PATH)


def validate(content: Any) -> None:
    Form.parse(content)


def in_force(content: Content, day: date) -> RequestForm | None:
    return RequestForm.objects.in_force(day).filter(code=content.get("code", "")).first()


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """Against the standard form where nothing was published before."""
    before = before or CONTENTS.get((after or {}).get("code", ""))
    return changes_of(*(said_parts(content) if content else {} for content in (before, after)))


FORMS = Daily(
    PATH,
    in_force=in_force,
    versions=lambda content: RequestForm.objects.filter(code=content["code"]),
    differ=changes,
    key="code",
    past=gettext_lazy("A form takes effect today or later."),
)


def apply(proposal: Proposal, by: Any) -> RequestForm:
    return publish_form(content=proposal.content, by=by, day=FORMS.day_of(proposal), proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Form “%(name)s”, from %(day)s: %(what)s.")
    at_once = _("Form “%(name)s”, from its approval on: %(what)s.")
    said = FORMS.said(proposal, dated=dated, at_once=at_once, name=_(proposal.content.get("name", "")))
    return said, _("What was requested before keeps the form as it was.")


KIND = replace(
    FORMS.proposed(
        gettext_lazy("Request form"), validate=validate, sentences=sentences, simulate=lambda _content: {}
    ),
    apply=apply,
)  # fmt: skip
