"""What is said of a file: what it is comes first, whatever its form."""

import pytest

from bot.exports import Form
from handlers.views import exports


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (Form.XLSX, "Here is the workbook Berth, with 1 project that you can see: b.xlsx"),
        (Form.CSV, "Here is the list of all letters (CSV) Berth, with 1 project"),
        (Form.JSON, "Here is the JSON file Berth, with 1 project that you can see: b.json"),
        (Form.MARKDOWN, "Here is the Markdown file Berth, with 1 project that you can see: b.md"),
    ],
)
def test_x9_a_file_is_called_what_it_is(form: Form, words: str) -> None:
    told = exports.done("Berth", f"b.{form}", 1, (), form=form)
    assert told.text.replace("*", "").startswith(words)
