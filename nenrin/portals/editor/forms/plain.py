"""A form whose missing answers are told in the house's own words."""

from django import forms

DEFAULT = forms.Field.default_error_messages["required"]


class PlainForm(forms.Form):
    """Says what to do: write it, or choose it."""

    def full_clean(self) -> None:
        """Give each field its words before anything is looked at."""
        for field in self.fields.values():
            if field.error_messages["required"] is DEFAULT:
                is_choice = isinstance(field, forms.ChoiceField)
                words = "選んでください。" if is_choice else "書いてください。"
                field.error_messages["required"] = words
        super().full_clean()
