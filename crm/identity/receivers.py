"""Who came in, who left, and who was turned away, for the audit trail."""

from typing import Any

from crm.audit import services as audit
from crm.audit.models import Event
from crm.identity.models import User


def note_sign_in(sender: Any, *, user: User, **kwargs: Any) -> None:
    audit.record("user.signed_in", user, by=user, kind=Event.Kind.SIGN_IN)


def note_sign_out(sender: Any, *, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        audit.record("user.signed_out", user, by=user, kind=Event.Kind.SIGN_IN)


def note_refusal(sender: Any, *, credentials: dict[str, Any], **kwargs: Any) -> None:
    """A name that nobody has is not kept: it may be a password typed into the wrong box."""
    user = User.objects.filter(username=credentials.get("username") or "").first()
    audit.record("user.refused", user or "identity.user", by="sign-in", kind=Event.Kind.SIGN_IN)
