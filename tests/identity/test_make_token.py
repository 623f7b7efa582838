from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from crm.audit.models import Event
from crm.identity.models import ApiToken
from crm.identity.permissions import permissions_of

pytestmark = pytest.mark.django_db


def make_token(*words):
    out = StringIO()
    call_command("make_token", *words, stdout=out)
    return out.getvalue()


def test_the_key_is_all_that_is_printed_and_it_is_kept_only_as_a_hash(auditor):
    printed = make_token("auditor")
    key = printed.strip()
    assert printed == f"{key}\n" and " " not in key
    token = ApiToken.objects.get()
    assert token.user == auditor and key not in (token.digest, token.token_key)
    assert token.scopes == []


def test_a_token_is_narrowed_to_its_scopes_and_days(auditor):
    make_token("auditor", "--scopes", "runs:read", "audit-events:read", "--days", "3")
    token = ApiToken.objects.get()
    assert token.scopes == ["audit-events:read", "runs:read"]
    assert 2.9 < (token.expiry - timezone.now()).total_seconds() / 86400 <= 3
    assert Event.objects.get(action="token.issued").data == {"scopes": token.scopes, "days": 3}


@pytest.mark.parametrize(
    "words",
    [
        ["nobody"],
        ["auditor", "--scopes", "runs:write"],
        ["auditor", "--scopes", "nonsense"],
        ["auditor", "--days", "0"],
    ],
)
def test_wrong_use_is_exit_2_with_a_sentence(words, auditor):
    with pytest.raises(CommandError) as refusal:
        make_token(*words)
    assert refusal.value.returncode == 2
    assert str(refusal.value).endswith(".")
    assert not ApiToken.objects.exists()


def test_the_matrix_holds_what_each_app_allowed():
    assert permissions_of("auditor") >= {"audit-events:read", "users:read", "branches:read", "runs:read"}
    assert not any(permission.endswith(":write") for permission in permissions_of("auditor"))
    assert permissions_of("none") == frozenset()
    assert "customers:read" not in permissions_of("agency") | permissions_of("admin")
