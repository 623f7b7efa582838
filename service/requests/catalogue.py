"""Which forms there are on a day: those that were published, and the standard ones under the codes that are left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from service.models import RequestForm
from service.requests.definition import Form, parsed
from service.requests.standard import STANDARD

CONTENTS: Mapping[str, dict[str, Any]] = {each["code"]: each for each in STANDARD}


@dataclass(frozen=True)
class Offered:
    """`version` is None for a standard form."""

    form: Form
    content: dict[str, Any]
    version: RequestForm | None = None

    @property
    def number(self) -> int:
        return self.version.number if self.version else 0

    @property
    def name(self) -> str:
        return _(self.form.name)

    @property
    def about(self) -> str:
        return _(self.form.about) if self.form.about else ""


def catalogue_on(day: date) -> dict[str, Offered]:
    """By code, retired ones too, as customers ask for them: the standard ones in their order, then the bank's own."""
    found = {code: Offered(parsed(content), content) for code, content in CONTENTS.items()}
    for version in RequestForm.objects.in_force(day):
        found[version.code] = Offered(parsed(version.content), version.content, version)
    return found


def offered_on(day: date) -> list[Offered]:
    return [each for each in catalogue_on(day).values() if not each.form.is_retired]


def form_on(code: str, day: date) -> Offered:
    """Raises RuleBroken where there is none that a customer can ask for."""
    found = catalogue_on(day).get(code)
    if found is None or found.form.is_retired:
        raise RuleBroken(_("There is no such form."), field="form")
    return found
