from django.urls import path

from service.reception import rooms, views

urlpatterns = [
    path("reception/", views.Reception.as_view(), name="reception"),
    path("bookings/", views.BookingList.as_view(), name="bookings"),
    path("bookings/add/", views.Book.as_view(), name="booking_add"),
    path("bookings/<int:pk>/", views.BookingPage.as_view(), name="booking"),
    path("bookings/<int:pk>/arrive/", views.Arrive.as_view(), name="booking_arrive"),
    path("bookings/<int:pk>/miss/", views.Miss.as_view(), name="booking_miss"),
    path("bookings/<int:pk>/move/", views.Move.as_view(), name="booking_move"),
    path("bookings/<int:pk>/cancel/", views.Cancel.as_view(), name="booking_cancel"),
    path("rooms/", rooms.RoomList.as_view(), name="rooms"),
    path("rooms/add/", rooms.KeepRoom.as_view(), name="room_add"),
    path("rooms/<int:pk>/", rooms.KeepRoom.as_view(), name="room"),
]
