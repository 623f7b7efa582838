"""A segment in a form: what it is called, where it stands, and its rule."""

from typing import Any

from segmentation.editor import fields
from segmentation.editor.problems import Wrong, segment_problems
from segmentation.editor.ruled import RuledForm
from segmentation.rules import Purpose

EMPTY: dict[str, Any] = {"priority": 100}


class SegmentForm(RuledForm):
    path = "segment"
    fields = fields.SEGMENT
    purpose = Purpose.SEGMENT

    @property
    def is_optional(self) -> bool:
        return self.head.get("retired") is True

    def wrong(self) -> Wrong:
        return segment_problems(self.content)
