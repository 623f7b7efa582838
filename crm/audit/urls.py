from django.urls import path

from crm.audit import views

urlpatterns = [
    path("audit/", views.EventList.as_view(), name="audit"),
    path("audit/<int:pk>/", views.EventPage.as_view(), name="audit_event"),
]
