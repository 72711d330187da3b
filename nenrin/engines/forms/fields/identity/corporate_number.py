"""法人番号: thirteen digits, the first of which checks the rest."""

from datetime import date
from typing import Literal

from stdnum.exceptions import ValidationError
from stdnum.jp import cn

from ..contract import Json, Outside, Question, Refused, text_of
from ..text_rules import plain_digits


class CorporateNumberQuestion(Question):
    kind: Literal["corporate_number"] = "corporate_number"

    def clean(self, raw: object, outside: Outside) -> Json:
        """The thirteen digits."""
        digits = plain_digits(text_of(raw)).replace("-", "").replace(" ", "")
        if len(digits) != 13 or not digits.isdigit():
            raise Refused("法人番号は13けたの数字です。会社などの番号を書いてください。")
        try:
            return str(cn.validate(digits))
        except ValidationError as error:
            raise Refused("法人番号のけたが合いません。1けたずつ確かめてください。") from error

    def samples(self, today: date) -> tuple[Json, ...]:
        """A number with a right check digit that is given to nobody."""
        return (f"{cn.calc_check_digit('000000000001')}000000000001",)
