"""Serves chosen files of node_modules under `static/npm/`; nothing third-party is committed."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

ALLOWED = (
    "@tabler/core/dist/css/tabler.min.css",
    "@tabler/core/dist/css/tabler.min.css.map",
    "@tabler/core/dist/js/tabler.min.js",
    "@tabler/core/dist/js/tabler.min.js.map",
    "echarts/dist/echarts.min.js",
    "@alpinejs/csp/dist/cdn.min.js",
)


class NpmStorage(FileSystemStorage):
    prefix = "npm"


class NpmFinder(BaseFinder):
    def __init__(self, *args, **kwargs) -> None:
        self.root = Path(settings.BASE_DIR) / "node_modules"
        self.storage = NpmStorage(location=self.root)

    def find(self, path: str, find_all: bool = False, **kwargs):
        name = path.removeprefix("npm/")
        found = self.root / name
        if path == name or name not in ALLOWED or not found.is_file():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns):
        for name in ALLOWED:
            if (self.root / name).is_file():
                yield name, self.storage
