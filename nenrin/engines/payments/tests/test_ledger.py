import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.services.create_town import create_town
from nenrin.engines.payments.ledger import Booking, Unbalanced, book
from nenrin.engines.payments.models import Account, Entry, Transaction
from nenrin.engines.payments.selectors import balance_of, balances

from .factories import owed


@pytest.fixture
def request_(town):
    return owed(300)


def _at_the_end():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_charge_stands_on_both_sides(request_):
    assert balance_of("receivable") == 300
    assert balance_of("income:fees") == -300
    assert balances().is_balanced


def test_a_booking_that_does_not_balance_is_refused_by_the_code(request_):
    booking = Booking(request_, Transaction.Kind.PAID)
    for sides in ({"a": 1, "b": -2}, {}, {"a": 0}):
        with pytest.raises(Unbalanced):
            book(booking=booking, sides=sides, acting_user="t")


def _booking(request_, *amounts):
    made = Transaction.objects.create(
        request=request_, kind="paid", made_by="t", made_at="2026-11-26T00:00Z"
    )
    account = Account.objects.get(key="receivable")
    Entry.objects.bulk_create(
        Entry(transaction=made, account=account, amount=amount) for amount in amounts
    )


@pytest.mark.parametrize("amounts", [(1,), (2, -1), ()])
def test_the_database_refuses_it_at_the_end_of_the_transaction(request_, amounts):
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        _booking(request_, *amounts)
        _at_the_end()


def test_the_database_takes_what_balances(request_):
    _booking(request_, 5, -2, -3)
    _at_the_end()


def test_the_check_sees_the_rows_when_the_towns_scope_is_closed_already(request_):
    create_town(code="062057")
    _booking(request_, 5, -5)
    with town_scope("062057"), pytest.raises(IntegrityError), transaction.atomic():
        with town_scope("063614"):
            _booking(request_, 7)
        _at_the_end()
    with town_scope("062057"):
        _at_the_end()
        assert not Entry.objects.exists()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_nobody_changes_or_deletes_what_was_booked(request_, act):
    rows = Entry.objects.filter(amount=300)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(amount=1) if act == "update" else rows._raw_delete("default")
