"""What the database refuses, in words: it has the last word where two write at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken

SENTENCES: dict[str, tuple[str | None, Promise]] = {
    "company_never_owns_itself": ("party", _("The company would be its own ancestor: that party belongs to it.")),
    "shares_at_most_all": ("share", _("On some day the shares would sum to more than 100 %.")),
    "relation_once_a_day": ("since", _("On these days this relation holds already.")),
    "relation_outside_once_a_day": ("since", _("On these days this relation holds already.")),
    "relation_one_of_its_kind_a_day": (
        "since",
        _("On these days the company has another one. End that first: there is one at a time."),
    ),
    "relation_to_another": ("party", _("A company has no relation with itself.")),
    "guarantee_of_another": ("party", _("Nobody answers for the own debts.")),
    "company_figure_once": ("period", _("Somebody entered this figure of the period in the meantime.")),
    "group_one_per_customer_and_day": ("customer", _("On these days the company belongs to a group already.")),
    "group_limit_one_a_day": ("since", _("On these days the group has another limit.")),
    "outside_party_one_lei": ("lei", _("Another party has this LEI.")),
    "outside_party_one_registration": ("registration_number", _("Another party has this registration number.")),
}


@contextmanager
def promised() -> Iterator[None]:
    """Turns a constraint that was hit into a refusal beside its field; others go on as they are."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        name = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None)
        if name not in SENTENCES:
            raise
        field, text = SENTENCES[name]
        raise RuleBroken(text, field=field, code=name) from refused
