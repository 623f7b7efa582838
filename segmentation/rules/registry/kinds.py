"""What a field is: its type, its unit, how sensitive it is, and where its value stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Type(TextChoices):
    MONEY = "money", _("Money")
    NUMBER = "number", pgettext_lazy("type of a field", "Number")
    INTEGER = "integer", _("Whole number")
    DATE = "date", _("Date")
    TEXT = "text", _("Text")
    CHOICE = "choice", _("Choice")
    BOOLEAN = "boolean", _("Yes or no")

    @property
    def is_ordered(self) -> bool:
        return self in (Type.MONEY, Type.NUMBER, Type.INTEGER, Type.DATE)


class Unit(TextChoices):
    NONE = "", ""
    CURRENCY = "currency", _("in the currency of the scheme")
    PERCENT = "percent", "%"
    DAYS = "days", pgettext_lazy("unit of a figure", "days")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")


class Sensitivity(TextChoices):
    BUSINESS = "business", _("Business figure")
    PERSONAL = "personal", _("Personal data")
    PROTECTED = "protected", _("Protected from discrimination")


@dataclass(frozen=True)
class Join:
    """Brings a column to many customers `c` at once; `rows` is the alias whose customer_id a partition narrows."""

    text: str
    rows: str = ""


@dataclass(frozen=True)
class Field:
    """`column` is SQL over `f` (the facts row), `c` (customers_customer) and the parameters `day` and `known_month`.

    Where many customers are asked, a column that would be looked up for each of them is `joined` instead, over what `join`
    brings. `family` heads it in the list of fields, else its type does; `about` says what is counted, where the label can't.
    `of_scheme`: reckoned by a tier scheme for its own tiers, and in no row of facts. `is_late`: reckoned only while a
    tier scheme in force looks at it, and unknown otherwise. `is_reference`: names segments, whose rules take its place before
    anything is compiled or evaluated, so that its column is never asked. Of one that `is_set` the value is a set of words: "=" asks whether the word
    is among them, "in" whether any of several is. A derived field is computed from the value of `source` on a day; Python's `derive` and the column are the same.
    `is_priced` says of a custom attribute that it may set prices. `counts_from` is the column of the day since which it counts full months or years, its unit.
    """

    name: str
    label: str | Promise
    type: Type
    column: str
    unit: Unit = Unit.NONE
    sensitivity: Sensitivity = Sensitivity.BUSINESS
    choices: tuple[tuple[str, str | Promise], ...] = ()
    source: str = ""
    derive: Callable[[date, date], int] | None = field(default=None, compare=False)
    counts_from: str = ""
    of_scheme: bool = False
    is_late: bool = False
    is_reference: bool = False
    is_set: bool = False
    joined: str = ""
    join: Join | None = None
    family: str | Promise = ""
    about: str | Promise = ""
    is_priced: bool = True

    @property
    def may_set_prices(self) -> bool:
        return self.is_priced and self.sensitivity != Sensitivity.PROTECTED

    @property
    def stands_apart(self) -> bool:
        """In rows of its own, neither in the facts nor on the customer's record: looked up where a rule asks for it."""
        return self.join is not None

    @property
    def stands(self) -> bool:
        """Stays what it is until the facts or the record of the customer change: neither days nor other rows move it."""
        return not (self.stands_apart or self.derive or self.is_late or self.of_scheme)
