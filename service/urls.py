from django.urls import include, path

urlpatterns = [
    path("", include("service.clocks.urls")),
    path("", include("service.tickets.urls")),
    path("", include("service.complaints.urls")),
    path("", include("service.knowledge.urls")),
]
