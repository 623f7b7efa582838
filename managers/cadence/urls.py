from django.urls import path

from managers.cadence import views

urlpatterns = [
    path("cadence/", views.DueContacts.as_view(), name="cadence"),
    path("cadence/report/", views.CadenceReport.as_view(), name="cadence_report"),
    path("cadence/late/", views.LateContacts.as_view(), name="cadence_late"),
    path("contact-plan/", views.PlanPage.as_view(), name="contact_plan"),
    path("contact-plan/runs/<int:pk>/", views.PlanProgress.as_view(), name="contact_plan_run"),
    path("contact-plan/propose/", views.ProposePlan.as_view(), name="contact_plan_propose"),
]
