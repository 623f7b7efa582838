from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from segmentation.changes.definition import readable
from segmentation.changes.wording import rule_in_words
from segmentation.models import Change, ChangeRule


class ChangeSerializer(serializers.ModelSerializer):
    """`figures` are those that made the rule speak, `sentence` says them in the language of the request; `rule` is the
    version that spoke, `about` what makes the change one of its kind."""

    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)
    sentence = serializers.CharField(source="__str__", read_only=True)
    rule = serializers.IntegerField(source="rule.number", read_only=True)

    class Meta:
        model = Change
        fields = [
            *("id", "customer", "code", "rule", "kind", "about", "day", "due_on", "sentence", "figures"),
            *("quiet_until", "noticed_at"),
        ]
        read_only_fields = fields


class ChangeRuleSerializer(serializers.ModelSerializer):
    """`content` is the rule as in a policy file; `sentence` says it in the language of the request."""

    sentence = serializers.SerializerMethodField()

    class Meta:
        model = ChangeRule
        fields = ["id", "code", "kind", "name", "number", "effective_from", "content", "sentence", "published_at"]

    @extend_schema_field(str)
    def get_sentence(self, version: ChangeRule) -> str:
        asked = readable(version.content)
        return rule_in_words(asked) if asked else ""
