"""Whatever can be ordered, pressed or sent in has somebody who does it."""

from typing import get_args

from handlers import buttons, import_forms, orders
from handlers.asking import FORMS
from handlers.modals import READERS
from handlers.orders import HANDLED, Wish
from handlers.views.acts import Act, Form


def test_every_order_is_carried_out() -> None:
    assert frozenset(get_args(Wish)) == HANDLED


def test_no_order_is_carried_out_in_two_places() -> None:
    kinds = [kind for table in orders.TABLES for kind in table]
    assert len(kinds) == len(set(kinds))


def test_every_button_does_something() -> None:
    assert set(buttons.ON_PRESS) == set(Act)


def test_no_button_stands_in_two_tables() -> None:
    acts = [act for table in buttons.TABLES for act in table]
    assert len(acts) == len(set(acts))


def test_every_form_is_read() -> None:
    assert {*READERS, *FORMS, *import_forms.READERS} == set(Form) - {Form.NOTICE}
    assert not READERS.keys() & FORMS.keys()
    assert not (READERS.keys() | FORMS.keys()) & import_forms.READERS.keys()
