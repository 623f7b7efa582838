from django.urls import path

from managers.books import views

urlpatterns = [
    path("customers/<int:pk>/assignments/", views.AssignmentsOfCustomer.as_view(), name="customer_assignments"),
    path("customers/<int:pk>/assignments/<slug:role>/", views.Appoint.as_view(), name="customer_appoint"),
    path("assignments/<int:pk>/end/", views.EndAssignment.as_view(), name="assignment_end"),
]
