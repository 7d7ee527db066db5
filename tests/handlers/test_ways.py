"""Every action id and every form's callback id is heard, and something that people see leads there.

That each listener is there at all is for `test_orders`; here it is shown that Bolt gets to it, and
that no listener waits for what no view holds.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers import buttons, import_forms, views
from handlers.asking import FORMS
from handlers.modals import READERS
from handlers.views.acts import Act, Form, act_of, pattern

FOLDER = Path(views.__file__).parent
TABLE = FOLDER / "acts.py"


def _named(kind: str, source: str) -> Iterator[str]:
    """The members of `Act` or `Form` that are handed to something: to a button, a pager, a form."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        for given in [*call.args, *(keyword.value for keyword in call.keywords)]:
            for part in ast.walk(given):
                if (
                    isinstance(part, ast.Attribute)
                    and isinstance(part.value, ast.Name)
                    and part.value.id == kind
                ):
                    yield part.attr


def _shown(kind: str) -> set[str]:
    files = (path for path in FOLDER.rglob("*.py") if path != TABLE)
    return {name for path in files for name in _named(kind, path.read_text())}


READ = (*READERS, *FORMS, *import_forms.READERS)
"""The forms that somebody reads when they are sent in."""


def test_a_view_leads_to_every_button_that_is_listened_to() -> None:
    assert {act.name for act in buttons.ON_PRESS} - _shown("Act") == set()


def test_a_view_leads_to_every_form_that_is_read() -> None:
    assert {form.name for form in READ} - _shown("Form") == set()


def test_whatever_a_view_shows_is_listened_to() -> None:
    assert _shown("Act") <= {act.name for act in buttons.ON_PRESS}
    assert _shown("Form") <= {form.name for form in (*READ, Form.NOTICE)}


@pytest.mark.parametrize("act", Act)
def test_an_action_id_means_one_thing_wherever_it_stands_in_a_row(act: Act) -> None:
    for action_id in (act.value, f"{act.value}#3"):
        assert act_of(action_id) is act
        assert [other for other in Act if pattern(other).match(action_id)] == [act]


def test_a_button_of_nobody_is_noticed() -> None:
    """The search itself: a button that is not made, but only named, leads nowhere."""
    named = (
        "TABLE = {Act.UNDO: 1}\nx = Act.DISMISS\nbutton('Undo', Act.HELP_SHOW, style=Act.EXPORT)"
    )
    assert set(_named("Act", named)) == {"HELP_SHOW", "EXPORT"}
