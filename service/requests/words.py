"""The words by which service requests and their forms are told apart."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Identity(TextChoices):
    """How the customer was known to be who they are; each is worth more than the ones before."""

    NONE = "none", pgettext_lazy("identity", "Not verified")
    PHONE = "phone", _("Verified on the phone")
    DOCUMENT = "document", _("Id document shown")

    def meets(self, asked: str) -> bool:
        order = list(Identity)
        return order.index(self) >= order.index(Identity(asked))


class State(TextChoices):
    REQUESTED = "requested", pgettext_lazy("a request", "Requested")
    AUTHORISED = "authorised", pgettext_lazy("a request", "Authorised")
    SENT = "sent", pgettext_lazy("a request", "Sent")
    EXECUTED = "executed", pgettext_lazy("a request", "Executed")
    FAILED = "failed", pgettext_lazy("a request", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("a request", "Cancelled")


# what may follow
WAYS: tuple[tuple[State, State], ...] = (
    (State.REQUESTED, State.AUTHORISED),
    (State.REQUESTED, State.CANCELLED),
    (State.AUTHORISED, State.SENT),
    (State.AUTHORISED, State.CANCELLED),
    (State.SENT, State.EXECUTED),
    (State.SENT, State.FAILED),
)
ENDED = (State.EXECUTED, State.FAILED, State.CANCELLED)
# of which nothing comes any more
VAIN = (State.FAILED, State.CANCELLED)


class FieldType(TextChoices):
    TEXT = "text", pgettext_lazy("a field", "Text")
    AMOUNT = "amount", pgettext_lazy("a field", "Amount")
    DATE = "date", pgettext_lazy("a field", "Date")
    ACCOUNT = "account", pgettext_lazy("a field", "Account of the customer")
    PRODUCT = "product", pgettext_lazy("a field", "Product")
    CHOICE = "choice", pgettext_lazy("a field", "Choice")
