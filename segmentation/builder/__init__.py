"""A rule as a form: any tree of the rule language, typed, moved and wrapped by buttons, with or without JavaScript.

form = RuleForm.read(request.POST, "when", purpose=Purpose.TIER, currency="CNY")   # or RuleForm.of(tree, ...)
form.do(request.POST.get("do", ""))       # "add:when-0": True where the button was one of this form's
form.tree, form.rule, form.refusals       # the JSON, the rule where it is right, and what is wrong by path
{% include "segmentation/rules/_rule.html" with rule=form.drawn %}    # inside any <form>
"""

from segmentation.builder.form import RuleForm
from segmentation.builder.nodes import Kind, Node

__all__ = ["Kind", "Node", "RuleForm"]
