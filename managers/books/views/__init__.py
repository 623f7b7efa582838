from managers.books.views.assignments import Appoint, AssignmentsOfCustomer, EndAssignment
from managers.books.views.managers import (
    EndAbsence,
    ManagerList,
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
    "ManagerList",
    "ManagerPage",
    "RecordAbsence",
    "SayCapacity",
    "UncoveredList",
]
