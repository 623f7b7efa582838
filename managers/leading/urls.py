from django.urls import path

from managers.leading import views

urlpatterns = [
    path("managers/", views.ManagerList.as_view(), name="managers"),
    path("managers/<int:pk>/book/", views.BookList.as_view(), name="manager_book"),
]
