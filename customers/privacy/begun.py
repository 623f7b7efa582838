"""Forms for a new customer that somebody began, and that hold contact data of the one who is forgotten."""

import json

from customers.contacts import hash_of_typed
from customers.models import Contact, RegistrationDraft
from customers.privacy.taken import Uncounted
from customers.privacy.taking import Category, Subject

TELLING = ("national_id", "phone", "email")


class Drafts(Uncounted):
    """What was typed is encrypted: each is opened, and they are few, for each is kept for days only."""

    def take(self, subject: Subject) -> None:
        rows = Contact.objects.filter(customer__in=subject.ids).values_list(*(f"{kind}_hash" for kind in TELLING))
        known = {bytes(found) for row in rows for found in row if found}
        if known:
            begun = [draft.pk for draft in RegistrationDraft.objects.all() if known & _hashes(draft)]
            RegistrationDraft.objects.filter(pk__in=begun).delete()


def _hashes(draft: RegistrationDraft) -> set[bytes]:
    typed = json.loads(draft.typed)
    return {found for kind in TELLING if (found := hash_of_typed(kind, str(typed.get(kind, ""))))}


# before the contact data by which they are known
TAKEN = (Drafts("", Category.IDENTITY, RegistrationDraft),)
