from django.urls import path

from managers.books import views

urlpatterns = [
    path("customers/<int:pk>/assignments/", views.AssignmentsOfCustomer.as_view(), name="customer_assignments"),
    path("customers/<int:pk>/assignments/<slug:role>/", views.Appoint.as_view(), name="customer_appoint"),
    path("assignments/<int:pk>/end/", views.EndAssignment.as_view(), name="assignment_end"),
    path("managers/uncovered/", views.UncoveredList.as_view(), name="uncovered"),
    path("managers/<int:pk>/", views.ManagerPage.as_view(), name="manager"),
    path("managers/<int:pk>/absence/", views.RecordAbsence.as_view(), name="manager_absence"),
    path("managers/<int:pk>/capacity/", views.SayCapacity.as_view(), name="manager_capacity"),
    path("absences/<int:pk>/end/", views.EndAbsence.as_view(), name="absence_end"),
]
