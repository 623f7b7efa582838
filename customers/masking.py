"""What a screen, an export or a log may show of contact data: enough to recognise, too little to use."""

from collections.abc import Callable

from crm.base.crypto import keyed_hash

HIDDEN = "****"


def national_id(text: str) -> str:
    """First three and last four: 110***********1234. A short one keeps its last two only."""
    if len(text) < 9:
        return HIDDEN + text[-2:] if len(text) > 3 else (HIDDEN if text else "")
    return text[:3] + "*" * (len(text) - 7) + text[-4:]


def phone(text: str) -> str:
    """138****1234, of an E.164 number too; other countries keep the country's sign and the last three digits."""
    local = text.removeprefix("+86")
    if len(local) == 11 and local.isdigit():
        return f"{local[:3]}{HIDDEN}{local[-4:]}"
    if len(text) < 8:
        return HIDDEN if text else ""
    return f"{text[:3]}{HIDDEN}{text[-3:]}"


def email(text: str) -> str:
    """First letter and domain: z****@example.com."""
    name, at, domain = text.rpartition("@")
    return f"{name[:1]}{HIDDEN}@{domain}" if at else (HIDDEN if text else "")


def address(text: str) -> str:
    """The beginning, at most a quarter of it and six characters: the province or town."""
    return text[: min(6, len(text) // 4)] + HIDDEN if text else ""


def name(text: str) -> str:
    """The first character of a Chinese name, the first letter of each word of another: 张**, J**** N****."""
    if not text.isascii():
        return text[:1] + "*" * (len(text) - 1)
    return " ".join(word[:1] + HIDDEN for word in text.split())


def customer_number(text: str) -> str:
    """Its last three."""
    return HIDDEN + text[-3:] if len(text) > 4 else HIDDEN


def account_number(text: str) -> str:
    """The bank's own reference, masked where the account is out of reach: its last four."""
    return HIDDEN + text[-4:] if len(text) > 6 else HIDDEN


MASKS: dict[str, Callable[[str], str]] = {
    "national_id": national_id,
    "phone": phone,
    "email": email,
    "address": address,
}


def masked(kind: str, text: str) -> str:
    return MASKS[kind](text)


def pseudonym(number: str) -> str:
    """For who may not see the customer: the same for the same one, and nobody's who has not the key. C-7F3A2B."""
    return f"C-{keyed_hash(f'pseudonym {number}').hex()[:6].upper()}"
