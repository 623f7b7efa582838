from django.urls import include, path

urlpatterns = [
    path("", include("service.clocks.urls")),
    path("", include("service.tickets.urls")),
    path("", include("service.callers.urls")),
    path("", include("service.complaints.urls")),
    path("", include("service.knowledge.urls")),
    path("", include("service.requests.urls")),
    path("", include("service.outbox.urls")),
    path("", include("service.queue.urls")),
    path("", include("service.phone.urls")),
    path("", include("service.reception.urls")),
    path("", include("service.boards.urls")),
    path("", include("service.workorders.urls")),
    path("", include("service.roster.urls")),
]
