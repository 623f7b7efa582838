from django.urls import path

from managers.teams import views

urlpatterns = [
    path("teams/", views.TeamList.as_view(), name="teams"),
    path("teams/new/", views.TeamAdd.as_view(), name="team_add"),
    path("teams/<int:pk>/", views.TeamChange.as_view(), name="team_change"),
]
