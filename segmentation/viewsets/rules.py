from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Private
from crm.base.errors import RuleBroken
from customers.models import Customer
from segmentation.builder.form import bare
from segmentation.counting import count
from segmentation.rules import Purpose, examine
from segmentation.saying import currency_of, sentences


class RuleAsked(serializers.Serializer):
    """`rule` as in a policy file; `currency` only says in which the sentence speaks of amounts."""

    rule = serializers.JSONField()
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    customer_kind = serializers.ChoiceField(choices=Customer.Kind.choices, required=False, default="")
    currency = serializers.RegexField("^[A-Z]{3}$", required=False)


class RuleCountSerializer(serializers.Serializer):
    """`unknown` are customers of whom a figure that must be known is not."""

    picked = serializers.IntegerField()
    unknown = serializers.IntegerField()
    asked = serializers.IntegerField()
    as_of = serializers.DateField()


class RuleSaid(serializers.Serializer):
    """`sentence` by language; `count` is null before the first night."""

    sentence = serializers.DictField(child=serializers.CharField())
    count = RuleCountSerializer(allow_null=True)


class RuleCheck(Private):
    """Whether a rule may stand where it is meant to stand, what it says, and how many customers it picks.

    Nothing is kept. What is wrong is answered with 400, each place by its path in the rule. An admin counts over the whole
    book, everybody else within their reach.
    """

    resource = "rules"
    only_reads = True

    @extend_schema(request=RuleAsked, responses=RuleSaid)
    def post(self, request: Request, **kwargs: Any) -> Response:
        serializer = RuleAsked(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        rule, wrong = examine(asked["rule"], purpose=asked["purpose"], path="rule")
        if rule is None:
            raise ValidationError({str(each.field): [bare(each)] for each in wrong})
        kind = asked["customer_kind"]
        try:
            found = count(rule, user=request.user, purpose=asked["purpose"], customer_kind=kind)
        except RuleBroken as refusal:
            raise ValidationError({"rule": [bare(refusal)]}) from refusal
        said = sentences(rule, asked.get("currency") or currency_of(kind))
        body = {"sentence": {code: words for code, _name, words in said}, "count": found}
        return Response(RuleSaid(body).data)
