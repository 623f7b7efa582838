from django.contrib.auth.views import LogoutView
from django.urls import path

from crm.identity import views

urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", views.ChangePassword.as_view(), name="password_change"),
    path("password/set/<uidb64>/<token>/", views.SetPassword.as_view(), name="password_set"),
    path("users/", views.UserList.as_view(), name="users"),
    path("language/", views.SetLanguage.as_view(), name="set_language"),
    path("notifications/", views.NotificationList.as_view(), name="notifications"),
    path("notifications/read/", views.ReadNotifications.as_view(), name="notifications_read"),
    path("notifications/<int:pk>/", views.OpenNotification.as_view(), name="notification"),
]
