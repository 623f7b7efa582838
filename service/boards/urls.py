from django.urls import path

from service.boards.views import BoardPage

urlpatterns = [path("ticket-boards/", BoardPage.as_view(), name="ticket_boards")]
