"""Money that a clerk takes: no page, no webhook, no report of its own."""

from ...contract import Provider


class Cash(Provider):
    key = "cash"
    label = "現金"
    is_cashless = False


class Terminal(Provider):
    key = "terminal"
    label = "カード・電子マネー（窓口の端末）"
