"""Writes the tables of docs/permissions.md anew: `python -m tests.support.permissions`."""

from bot import permission_table, workspace_settings
from tests.support.tree import ROOT

PAGE = ROOT / "docs" / "permissions.md"
IN_PART = (
    "*In part*: what it takes in any case they may; what it takes besides, and when, stands behind."
)
BEGINNING = "## The settings\n"


def tables() -> str:
    settings, commands = workspace_settings.markdown(), permission_table.markdown()
    return f"{BEGINNING}\n{settings}\n## Every command\n\n{IN_PART}\n\n{commands}"


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text.partition(BEGINNING)[0] + tables(), encoding="utf-8")


if __name__ == "__main__":
    main()
