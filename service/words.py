"""The words by which tickets and what is promised of them are told apart."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    QUESTION = "question", pgettext_lazy("a ticket", "Question")
    REQUEST = "request", _("Service request")
    COMPLAINT = "complaint", _("Complaint")
    FEEDBACK = "feedback", pgettext_lazy("a ticket", "Feedback")


class Impact(TextChoices):
    """How much it harms the customer."""

    LOW = "low", pgettext_lazy("impact", "Low")
    MEDIUM = "medium", pgettext_lazy("impact", "Medium")
    HIGH = "high", pgettext_lazy("impact", "High")


class Priority(TextChoices):
    URGENT = "urgent", pgettext_lazy("priority", "Urgent")
    HIGH = "high", pgettext_lazy("priority", "High")
    NORMAL = "normal", pgettext_lazy("priority", "Normal")
    LOW = "low", pgettext_lazy("priority", "Low")


class Status(TextChoices):
    NEW = "new", pgettext_lazy("a ticket", "New")
    OPEN = "open", pgettext_lazy("a ticket", "Open")
    WAITING_CUSTOMER = "waiting_customer", _("Waiting for the customer")
    WAITING_INSIDE = "waiting_inside", _("Waiting for a department")
    SOLVED = "solved", pgettext_lazy("a ticket", "Solved")
    CLOSED = "closed", pgettext_lazy("a ticket", "Closed")


class ClockKind(TextChoices):
    FIRST_RESPONSE = "first_response", _("First response")
    NEXT_RESPONSE = "next_response", _("Next response")
    SOLUTION = "solution", pgettext_lazy("a ticket", "Solution")


# in which nothing is asked of the bank any more
ENDED = (Status.SOLVED, Status.CLOSED)
# in which no clock runs
STOPPED = (Status.WAITING_CUSTOMER, *ENDED)
