"""Full card numbers are never stored: what looks like one is refused wherever it could be typed by mistake."""

import re

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken

LENGTHS = range(13, 20)


def is_card_number(text: str) -> bool:
    """13 to 19 digits, blanks and hyphens aside, whose last is the check digit of ISO/IEC 7812-1 (Luhn)."""
    digits = re.sub(r"[\s-]", "", text)
    if not digits.isascii() or not digits.isdigit() or len(digits) not in LENGTHS:
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def refuse_card_number(text: str, *, field: str) -> None:
    if is_card_number(text):
        raise RuleBroken(_("This is a whole card number: it is stored nowhere."), field=field, code="card_number")
