from django.urls import path

from segmentation.managed import views

urlpatterns = [
    path("assignment-policies/", views.AssignmentPoliciesPage.as_view(), name="assignment_policies"),
    path("assignment-policies/<int:pk>/", views.AssignmentPolicyPage.as_view(), name="assignment_policy"),
    path("assignment-policies/<int:pk>/again/", views.AssignmentRollback.as_view(), name="assignment_rollback"),
]
