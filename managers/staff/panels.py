"""What a manager is able to do, on the page of the manager."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from crm.identity.models import User
from customers.models import Product
from managers.models import Certificate, Grade, ManagerGrade
from managers.staff.standards import Able, asked_on
from segmentation.models import Tier


def qualified(manager: Any, on: date) -> dict[str, Any]:
    """The grade, the skills, and of each managed tier what is missing for new customers of it."""
    grade = ManagerGrade.objects.holding(on).filter(manager=manager.pk).first()
    valid = Certificate.objects.valid(on).filter(manager=manager.pk)
    has = Able(grade.grade if grade else "", frozenset(valid.values_list("kind", flat=True)))
    asked = asked_on(on)
    names = dict(Tier.objects.filter(code__in=asked).order_by("rank").values_list("code", "name")) if asked else {}
    profile = getattr(manager, "book_profile", None)
    return {
        "grade": grade,
        "grade_label": Grade(grade.grade).label if grade else "",
        "skills": [Product.Family(each).label for each in profile.skills] if profile else [],
        "languages": profile.languages if profile else [],
        "kinds": [Certificate.Kind(kind).label for kind in sorted(has.certificates)],
        "tiers": [{"code": code, "name": name, "missing": asked[code].missing(has)} for code, name in names.items()],
    }


def _panel(request: HttpRequest, manager: User) -> dict[str, Any]:
    return qualified(manager, timezone.localdate()) | {"manager": manager}


ABLE = Panel("qualifications", "managers/staff/_panel.html", _panel, _("Qualifications"), "certificates:read")
