from django.urls import include, path

from managers.books.urls import urlpatterns as books
from managers.todo import views as todo

urlpatterns = [
    path("", include("managers.sales.urls")),
    path("tasks/", todo.TaskList.as_view(), name="tasks"),
    path("tasks/closed/", todo.ClosedTaskList.as_view(), name="tasks_closed"),
    path("tasks/<int:pk>/close/", todo.CloseTask.as_view(), name="task_close"),
    *books,
]
