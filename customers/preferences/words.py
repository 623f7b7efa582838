"""What a preference may say, by its kind. A kind without a list is said in one's own words."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from customers.models import ContactChannel, Customer, Preference
from customers.models.languages import SPOKEN

NONE = "none"


class Festival(TextChoices):
    SPRING = "spring_festival", _("Spring Festival")
    LANTERN = "lantern_festival", _("Lantern Festival")
    DRAGON_BOAT = "dragon_boat", _("Dragon Boat Festival")
    MID_AUTUMN = "mid_autumn", _("Mid-Autumn Festival")
    DOUBLE_NINTH = "double_ninth", _("Double Ninth Festival")
    NEW_YEAR = "new_year", _("New Year")
    CHRISTMAS = "christmas", _("Christmas")
    EASTER = "easter", _("Easter")
    EID_AL_FITR = "eid_al_fitr", _("Eid al-Fitr")
    EID_AL_ADHA = "eid_al_adha", _("Eid al-Adha")
    DIWALI = "diwali", _("Diwali")
    HANUKKAH = "hanukkah", _("Hanukkah")
    NONE = NONE, _("Wants no greetings")


class Diet(TextChoices):
    """Taste and custom. Nobody asks about health."""

    VEGETARIAN = "vegetarian", _("Vegetarian")
    VEGAN = "vegan", _("Vegan")
    HALAL = "halal", _("Halal")
    KOSHER = "kosher", _("Kosher")
    NO_PORK = "no_pork", _("No pork")
    NO_BEEF = "no_beef", _("No beef")
    NO_SEAFOOD = "no_seafood", _("No fish or seafood")
    NO_ALCOHOL = "no_alcohol", _("No alcohol")
    NOT_SPICY = "not_spicy", _("Nothing spicy")
    TEA = "tea", _("Tea rather than coffee")
    COFFEE = "coffee", _("Coffee rather than tea")
    NONE = NONE, _("Eats and drinks everything")


class Gift(TextChoices):
    NONE = NONE, _("Accepts no gifts")


class Risk(TextChoices):
    """What the customer says of themselves; what they may buy, the risk assessment says."""

    CAREFUL = "careful", _("Keep what there is")
    BALANCED = "balanced", _("Some risk for some more")
    BOLD = "bold", _("Risk for growth")


class Advice(TextChoices):
    ALONE = "alone", _("Decides alone")
    FACTS = "facts", _("Wants facts, no opinion")
    PROPOSAL = "proposal", _("Wants a proposal")
    FAMILY = "family", _("Decides with the family")
    DELEGATES = "delegates", _("Leaves it to us")


class Answer(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


Kind = Preference.Kind
CHOICES: Mapping[str, Any] = {
    Kind.LANGUAGE: SPOKEN,
    Kind.CHANNEL: ContactChannel.choices,
    Kind.TIME: Customer.Time.choices,
    Kind.FESTIVAL: Festival.choices,
    Kind.DIET: Diet.choices,
    Kind.RISK: Risk.choices,
    Kind.ADVICE: Advice.choices,
    Kind.LUNAR_BIRTHDAY: Answer.choices,
}
# what stands beside words of one's own
OWN_WORDS = (Kind.FORM_OF_ADDRESS, Kind.GIFT)
SHORT = {Kind.FORM_OF_ADDRESS: 40, Kind.GIFT: 120}


def said(kind: str, value: str) -> str:
    """A value in words; one that a file brought and that we have no word for, as it stands."""
    words = dict(CHOICES.get(kind, ())) | (dict(Gift.choices) if kind == Kind.GIFT else {})
    return str(words.get(value, value))
