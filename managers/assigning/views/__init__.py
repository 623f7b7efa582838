from managers.assigning.views.moves import ApproveMoves, DecideMove, SuggestionList
from managers.assigning.views.runs import AssignmentProgress, AssignmentRunList, AssignmentRunPage, TryAssigning

__all__ = [
    "ApproveMoves",
    "AssignmentProgress",
    "AssignmentRunList",
    "AssignmentRunPage",
    "DecideMove",
    "SuggestionList",
    "TryAssigning",
]
