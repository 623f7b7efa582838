from django.urls import path

from crm.nightly import views

urlpatterns = [
    path("", views.RunList.as_view(), name="runs"),
    path("start/", views.RunStart.as_view(), name="run_start"),
    path("<int:pk>/", views.RunPage.as_view(), name="run"),
    path("<int:pk>/progress/", views.RunProgress.as_view(), name="run_progress"),
    path("<int:pk>/release/", views.RunRelease.as_view(), name="run_release"),
    path("<int:pk>/refuse/", views.RunRefuse.as_view(), name="run_refuse"),
]
