from django.urls import path

from managers.assigning import views

urlpatterns = [
    path("move-suggestions/", views.SuggestionList.as_view(), name="move_suggestions"),
    path("move-suggestions/approve/", views.ApproveMoves.as_view(), name="moves_approve"),
    path("move-suggestions/<int:pk>/", views.DecideMove.as_view(), name="move_suggestion"),
    path("assignment-runs/", views.AssignmentRunList.as_view(), name="assignment_runs"),
    path("assignment-runs/new/", views.TryAssigning.as_view(), name="assignment_try"),
    path("assignment-runs/<int:pk>/", views.AssignmentRunPage.as_view(), name="assignment_run"),
    path("assignment-runs/<int:pk>/progress/", views.AssignmentProgress.as_view(), name="assignment_progress"),
]
