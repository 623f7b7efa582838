from service.models.levels import ServiceLevels

__all__ = ["ServiceLevels"]
