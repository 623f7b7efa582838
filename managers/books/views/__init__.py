from managers.books.views.assignments import Appoint, AssignmentsOfCustomer, EndAssignment
from managers.books.views.managers import (
    EndAbsence,
    ManagerPage,
    RecordAbsence,
    SayCapacity,
    UncoveredList,
)

__all__ = [
    "Appoint",
    "AssignmentsOfCustomer",
    "EndAbsence",
    "EndAssignment",
    "ManagerPage",
    "RecordAbsence",
    "SayCapacity",
    "UncoveredList",
]
