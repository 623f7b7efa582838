from django.urls import path

from managers.targets import views

urlpatterns = [
    path("targets/", views.TargetList.as_view(), name="targets"),
    path("targets/new/", views.SetTarget.as_view(), name="target_add"),
    path("targets/<int:pk>/", views.TargetPage.as_view(), name="target"),
    path("targets/<int:pk>/change/", views.ChangeTarget.as_view(), name="target_change"),
]
