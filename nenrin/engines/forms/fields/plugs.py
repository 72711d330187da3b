"""Every kind of question, listed once."""

from .basic.choice import ChoiceQuestion
from .basic.email import EmailQuestion
from .basic.money import MoneyQuestion
from .basic.number import NumberQuestion
from .basic.several import SeveralQuestion
from .basic.telephone import TelephoneQuestion
from .basic.text import TextQuestion
from .basic.yes_no import YesNoQuestion
from .identity.address import AddressQuestion
from .identity.bank_account import BankAccountQuestion
from .identity.corporate_number import CorporateNumberQuestion
from .identity.date_ import DateQuestion
from .identity.name import NameQuestion
from .kinds import QuestionKind, kinds
from .rich.file import FileQuestion
from .rich.group import GroupQuestion
from .rich.map_point import MapPointQuestion
from .rich.signature import SignatureQuestion
from .rich.time_slot import TimeSlotQuestion

for _key, _label, _model in (
    ("text", "文字", TextQuestion),
    ("number", "数", NumberQuestion),
    ("money", "金額", MoneyQuestion),
    ("yes_no", "はい・いいえ", YesNoQuestion),
    ("choice", "一つを選ぶ", ChoiceQuestion),
    ("several", "いくつか選ぶ", SeveralQuestion),
    ("telephone", "電話番号", TelephoneQuestion),
    ("email", "メールアドレス", EmailQuestion),
    ("name", "氏名とフリガナ", NameQuestion),
    ("date", "日付", DateQuestion),
    ("address", "住所", AddressQuestion),
    ("bank_account", "振込先の口座", BankAccountQuestion),
    ("corporate_number", "法人番号", CorporateNumberQuestion),
    ("group", "くり返し", GroupQuestion),
    ("file", "書類・写真", FileQuestion),
    ("signature", "署名", SignatureQuestion),
    ("map_point", "地図の場所", MapPointQuestion),
    ("time_slot", "日時の枠", TimeSlotQuestion),
):
    kinds.register(QuestionKind(_key, _label, _model))
