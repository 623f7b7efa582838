from django.urls import path

from service.outbox import views

urlpatterns = [
    path("service-requests/<int:pk>/send-again/", views.SendAgain.as_view(), name="service_request_send_again"),
]
