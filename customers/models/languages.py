"""The languages in which a customer may like to be spoken to. The bank writes in those of its pages."""

from django.utils.translation import gettext_lazy as _

SPOKEN = [
    ("zh-hans", _("Simplified Chinese")),
    ("zh-hant", _("Traditional Chinese")),
    ("yue", _("Cantonese")),
    ("en", _("English")),
    ("ja", _("Japanese")),
    ("ko", _("Korean")),
    ("ru", _("Russian")),
    ("fr", _("French")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("pt", _("Portuguese")),
    ("ar", _("Arabic")),
    ("cs", _("Czech")),
]
