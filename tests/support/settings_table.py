"""Writes the table of docs/settings.md anew: `python -m tests.support.settings_table`."""

from collections.abc import Iterator

from bot.settings import Settings
from tests.support.tree import ROOT

PAGE = ROOT / "docs" / "settings.md"
HEAD = "| Variable | Default | What it is |\n|---|---|---|\n"
AFTER = "\n## How Charter starts\n"


def table() -> str:
    return HEAD + "".join(_rows())


def _rows() -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        default = "–" if field.default in (None, "") else f"`{field.default}`"
        yield f"| `{name.upper()}` | {default} | {field.description} |\n"


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.partition(HEAD)[0], text.partition(AFTER)[2]
    PAGE.write_text(before + table() + AFTER + after, encoding="utf-8")


if __name__ == "__main__":
    main()
