"""What the floor announces; audit records it."""

from django.dispatch import Signal

# someone looked: sender=model class, user, obj (with pk and str), what; sections of it that are named beside
read = Signal()
# someone took data along: sender=model class, user, what, rows, parameters; customer_id where it is about one
exported = Signal()
