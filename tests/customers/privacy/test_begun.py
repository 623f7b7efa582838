"""Forms that somebody began with contact data of the erased customer go with them; others stay."""

import pytest
from django.utils import timezone

from customers.models import RegistrationDraft
from customers.registering.services import keep_draft
from tests.customers.privacy.conftest import NAME, PHONE

pytestmark = pytest.mark.django_db


def test_a_draft_with_their_phone_number_goes_and_that_of_a_namesake_stays(known, erased, manager, as_app_role) -> None:
    for phone in (PHONE.removeprefix("+86"), "13900001111", "139"):
        typed = {"name": NAME, "phone": phone, "consents": ["phone"]}
        keep_draft(typed=typed, kind="person", at=timezone.now(), by=manager)
    erased(known)
    kept = [draft.typed for draft in RegistrationDraft.objects.order_by("pk")]
    assert len(kept) == 2 and "13900001111" in kept[0] and '"139"' in kept[1]
