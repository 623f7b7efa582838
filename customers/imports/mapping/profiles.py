"""Mappings kept under a name: made, changed and thrown away, and found again for a file."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from customers.imports.kinds import kind_of
from customers.imports.mapping.checking import checked
from customers.imports.mapping.definition import Mapping
from customers.models import ImportProfile

LONGEST = 80


def profile_of(kind: str, name: str) -> ImportProfile:
    """Raises RuleBroken beside `profile`, naming those there are."""
    found = ImportProfile.objects.filter(kind=kind, name=name).first()
    if found is None:
        names = ", ".join(ImportProfile.objects.filter(kind=kind).values_list("name", flat=True)) or "–"
        text = _("There is no profile %(name)s of this kind; there are: %(names)s.")
        raise RuleBroken(text % {"name": name, "names": names}, field="profile", code="profile")
    return found


def fitting(kind: str, header: list[str]) -> list[ImportProfile]:
    """The profiles of a file with just these columns, the one that was changed last first."""
    rows = ImportProfile.objects.filter(kind=kind).order_by("-changed_at", "-pk")
    return [profile for profile in rows if Mapping.of(profile.columns).fits(header)]


@transaction.atomic
def create_profile(*, kind: str, name: str, columns: dict[str, Any], by: Any) -> ImportProfile:
    mapping = checked(kind_of(kind), columns)
    user = by if getattr(by, "pk", None) else None
    said = {"columns": mapping.as_json(), "created_by": user, "changed_by": user}
    profile, is_new = ImportProfile.objects.get_or_create(kind=kind, name=_name(name), defaults=said)
    if not is_new:
        raise _taken()
    audit.record("import_profile.created", profile, by=by, feed=kind, columns=len(mapping.columns))
    return profile


@transaction.atomic
def change_profile(
    *, profile: ImportProfile, by: Any, name: str | None = None, columns: dict[str, Any] | None = None
) -> ImportProfile:
    """Its name, its columns or both; what is None stays."""
    profile = _locked(profile)
    mapping = checked(kind_of(profile.kind), profile.columns if columns is None else columns)
    profile.name = profile.name if name is None else _name(name)
    if ImportProfile.objects.filter(kind=profile.kind, name=profile.name).exclude(pk=profile.pk).exists():
        raise _taken()
    profile.columns = mapping.as_json()
    profile.changed_by = by if getattr(by, "pk", None) else None
    profile.version += 1
    profile.save(update_fields=["name", "columns", "changed_by", "changed_at", "version"])
    audit.record("import_profile.changed", profile, by=by, feed=profile.kind, columns=len(mapping.columns))
    return profile


@transaction.atomic
def delete_profile(*, profile: ImportProfile, by: Any) -> None:
    """Files that came in by it keep what became of their columns."""
    profile = _locked(profile)
    audit.record("import_profile.deleted", profile, by=by, feed=profile.kind)
    profile.delete()


def _locked(profile: ImportProfile) -> ImportProfile:
    rows = ImportProfile.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = rows.filter(pk=profile.pk).first()
    if found is None:
        raise RuleBroken(_("Somebody has deleted this profile."), field="profile")
    return found


def _name(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= LONGEST:
        text = _("A text of 1 to %(count)s characters belongs here.") % {"count": LONGEST}
        raise RuleBroken(text, field="name")
    return name


def _taken() -> RuleBroken:
    return RuleBroken(_("There is a profile with this name already."), field="name", code="taken")
