from django.urls import path

from customers.looks import views

urlpatterns = [
    path("looks/", views.LooksReport.as_view(), name="looks"),
    path("looks/<int:pk>/", views.LooksOfPerson.as_view(), name="looks_of"),
]
