"""One small language for everything that picks customers: a JSON tree, its SQL, its evaluation and its sentence."""

from segmentation.rules.compilation import predicate_sql, sql
from segmentation.rules.evaluation import evaluate, gap, met, value_of
from segmentation.rules.registry import FIELDS, Field, Type
from segmentation.rules.sentences import sentence, spoken
from segmentation.rules.tree import EVERYBODY, Op, Predicate, Rule, Unknown, predicates_at, predicates_of
from segmentation.rules.validation import Purpose, examine, validate

__all__ = [
    "EVERYBODY",
    "FIELDS",
    "Field",
    "Op",
    "Predicate",
    "Purpose",
    "Rule",
    "Type",
    "Unknown",
    "evaluate",
    "examine",
    "gap",
    "met",
    "predicate_sql",
    "predicates_at",
    "predicates_of",
    "sentence",
    "spoken",
    "sql",
    "validate",
    "value_of",
]
