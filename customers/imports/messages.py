"""What the codes of row errors mean, as sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.imports.kinds import kinds

MESSAGES = {
    "required": _("This must not be empty."),
    "too_long": _("This is too long."),
    "choice": _("This is none of the words that may stand here."),
    "date": _("This is no date: write 2024-03-31 or 20240331."),
    "moment": _("This is no date and time: write 2024-03-31T14:30 or add an offset, +08:00."),
    "amount": _("This is no amount: digits and a decimal point, no thousands separators."),
    "share": _("This is no share: a fraction from 0 to 1, 0.5 for a half."),
    "level": _("This is no risk level: 1 to 5."),
    "digits": _("There are more digits after the point than there may be."),
    "too_small": _("This is less than it may be."),
    "too_large": _("This is more than it may be."),
    "currency": _("This is no currency code of three capital letters."),
    "country": _("This is no country code of two capital letters."),
    "unknown_branch": _("No branch has this code."),
    "unknown_manager": _("No relationship manager has this user name."),
    "unknown_product": _("No product has this code."),
    "unknown_account": _("No account has this number."),
    "unknown_customer": _("No customer has this number."),
    "erased": _("This customer was erased: nothing is noted of them any more."),
    "unknown_holder": _("No holder has this number."),
    "unmapped": _("This word of the file is mapped to nothing."),
    "date_form": _("This is no date in the form that was chosen for the column."),
    "amount_form": _("This is no amount in the form that was chosen for the column."),
    "unknown_column": _("This column is not known and was left out."),
    "duplicate": _("An earlier row of the file has the same key."),
    "moved": _("This number is booked on another date."),
    "circle": _("The parents of this branch lead back to it."),
    "branch_moved": _("A branch moves by a proposal that somebody else approves."),
    "shares": _("The shares of this account would sum to more than 1."),
    "closed_before_opened": _("An account can't close before it opens."),
    "matures_before_opened": _("A term can't end before its account opens."),
    "currency_changed": _("The currency of an account with balances or transactions can't change."),
    "less_than_waived": _("More than this is waived of the fee already."),
    "phone": _("This is not a phone number."),
    "email": _("This is not an e-mail address."),
    "national_id": _("This is not the number of an id document."),
    "too_few_fields": _("The row has fewer fields than the first line, or is cut off."),
    "too_many_fields": _("The row has more fields than the first line."),
    "quote": _("A quotation mark opens here and never closes: the row may be cut off."),
    "character": _("The row has a zero byte in it."),
}


def _texts() -> dict[str, Promise | str]:
    """By code, those of each kind too."""
    own = (kind.messages for kind in kinds().values())
    return {code: text for texts in (*own, MESSAGES) for code, text in texts.items()}


def sentences() -> dict[str, str]:
    """By code, in the language of whoever asks."""
    return {code: str(text) for code, text in _texts().items()}


def message_of(code: str) -> str:
    return str(_texts().get(code, code))
