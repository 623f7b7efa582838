from managers.models.tasks import Task

__all__ = ["Task"]
