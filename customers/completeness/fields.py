"""What the bank wants to know of a customer of each kind, how much each field counts, and for how long an answer is good.

Weights of a kind sum to 100, so that the sum of what is known is a percentage.
"""

from dataclasses import dataclass, replace

from customers.contacts import KINDS as CONTACT_KINDS
from customers.labels import heading_of
from customers.models import Contact, Customer

YEAR = 365


@dataclass(frozen=True)
class Wanted:
    """Of a customer of the kind; `good_for` is in days, None for what does not change by itself."""

    name: str
    weight: int
    good_for: int | None = None
    kind: str = ""

    @property
    def is_contact(self) -> bool:
        return self.name in CONTACT_KINDS

    @property
    def label(self) -> str:
        return heading_of(self.name, self.kind)

    def is_known(self, customer: Customer) -> bool:
        """Needs the customer's `contact`, whose hashes tell without anything being decrypted."""
        if not self.is_contact:
            return getattr(customer, self.name) not in (None, "")
        try:
            return getattr(customer.contact, f"{self.name}_hash") is not None
        except Contact.DoesNotExist:
            return False


PERSON = (
    Wanted("name", 10),
    Wanted("national_id", 15),
    Wanted("birth_date", 10),
    Wanted("phone", 15, YEAR),
    Wanted("address", 10, 2 * YEAR),
    Wanted("email", 5, 2 * YEAR),
    Wanted("occupation", 8, 2 * YEAR),
    Wanted("annual_income", 8, YEAR),
    Wanted("region", 4, 5 * YEAR),
    Wanted("education", 3, 5 * YEAR),
    Wanted("preferred_channel", 4, 2 * YEAR),
    Wanted("preferred_time", 3, 2 * YEAR),
    Wanted("language", 3),
    Wanted("sex", 2),
)
COMPANY = (
    Wanted("name", 15),
    Wanted("national_id", 25),
    Wanted("phone", 20, YEAR),
    Wanted("address", 15, 2 * YEAR),
    Wanted("email", 10, 2 * YEAR),
    Wanted("occupation", 10, 5 * YEAR),
    Wanted("region", 5, 5 * YEAR),
)
INSTITUTION = (
    Wanted("name", 20),
    Wanted("national_id", 25),
    Wanted("phone", 20, YEAR),
    Wanted("address", 15, 2 * YEAR),
    Wanted("email", 10, 2 * YEAR),
    Wanted("region", 10, 5 * YEAR),
)
WANTED: dict[str, tuple[Wanted, ...]] = {
    kind: tuple(replace(each, kind=kind) for each in wanted)
    for kind, wanted in (
        (Customer.Kind.PERSON, PERSON),
        (Customer.Kind.COMPANY, COMPANY),
        (Customer.Kind.INSTITUTION, INSTITUTION),
    )
}


def wanted_of(customer: Customer) -> dict[str, Wanted]:
    return {wanted.name: wanted for wanted in WANTED[customer.kind]}
