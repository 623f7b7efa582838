from rest_framework import serializers

from crm.identity.models import Branch, User


class BranchSerializer(serializers.ModelSerializer):
    parent = serializers.SlugRelatedField(  # type: ignore[assignment]  # a field, which the metaclass takes out
        slug_field="code", read_only=True, allow_null=True
    )

    class Meta:
        model = Branch
        fields = ["id", "code", "name", "parent", "level", "region"]


class UserSerializer(serializers.ModelSerializer):
    branch = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)

    class Meta:
        model = User
        fields = ["id", "username", "name", "role", "branch", "language", "is_active", "last_login"]
