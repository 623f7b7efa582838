from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Says neither whether the name exists nor how many tries are left."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("This user name and password don't go together. Check both and try again."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")


class LanguageForm(forms.Form):
    language = forms.CharField(max_length=10)
