from django.urls import path

from service.tickets import acting, desks, views

urlpatterns = [
    path("tickets/", views.TicketList.as_view(), name="tickets"),
    path("tickets/add/", views.NewTicket.as_view(), name="ticket_add"),
    path("tickets/next/", views.TakeNext.as_view(), name="ticket_next"),
    path("tickets/<int:pk>/", views.TicketPage.as_view(), name="ticket"),
    path("tickets/<int:pk>/reply/", acting.Reply.as_view(), name="ticket_reply"),
    path("tickets/<int:pk>/word/", acting.Word.as_view(), name="ticket_word"),
    path("tickets/<int:pk>/note/", acting.Note.as_view(), name="ticket_note"),
    path("tickets/<int:pk>/move/", acting.Move.as_view(), name="ticket_move"),
    path("tickets/<int:pk>/assign/", acting.Assign.as_view(), name="ticket_assign"),
    path("tickets/<int:pk>/priority/", acting.Prioritise.as_view(), name="ticket_priority"),
    path("tickets/<int:pk>/link/", acting.Link.as_view(), name="ticket_link"),
    path("tickets/<int:pk>/watch/", acting.Watch.as_view(), name="ticket_watch"),
    path("tickets/<int:pk>/files/<int:file>/", acting.Attachment.as_view(), name="ticket_file"),
    path("ticket-queues/", desks.QueueList.as_view(), name="ticket_queues"),
    path("ticket-queues/add/", desks.KeepQueue.as_view(), name="ticket_queue_add"),
    path("ticket-queues/<int:pk>/", desks.KeepQueue.as_view(), name="ticket_queue"),
    path("desk-profiles/", desks.PeopleList.as_view(), name="desk_profiles"),
    path("desk-profiles/keep/", desks.KeepProfile.as_view(), name="desk_profile_keep"),
    path("customers/<int:pk>/ticket/", views.NewTicketOfCustomer.as_view(), name="customer_ticket"),
]
