"""Commands about the record as a whole, and about people in it."""

from handlers.shell.commands import BY_KEY, Commands, add_person


def add_record(commands: Commands) -> None:
    """What is done with the record as a whole."""
    commands.add(
        "migrate",
        "bring the database to the newest schema",
        "In one transaction; where that fails nothing has changed. Starting Charter does it too.",
    )
    file = "such as charter.jsonl, or charter.jsonl.gz, which is compressed"
    made = commands.add(
        "backup",
        "write everything that the database holds to a file",
        "Of all workspaces and of one moment, also while Charter runs; the file is written as a "
        "whole or not at all, and its owner alone may read it.",
        example="charter.jsonl.gz",
    )
    made.add_argument("file", metavar="FILE", help=file)
    made = commands.add(
        "restore",
        "bring a backup into an empty database",
        "All of it or nothing. Ends with 1 where the hash chain of the record does not stand.",
        example="charter.jsonl.gz --database sqlite:///restored.db",
    )
    made.add_argument("file", metavar="FILE", help="what `backup` wrote")
    made = commands.add(
        "migrate-to",
        "move the whole database into another one, which is empty",
        "Both are held against each other before it counts. Stop Charter first. Ends with 1, and "
        "leaves nothing in the target, where anything differs.",
        example="postgresql://charter@db.example.org/charter",
    )
    made.add_argument("target", metavar="URL", help="such as postgresql://USER@HOST/NAME")
    made = commands.add(
        "load",
        "load a workspace document",
        "All of it, or on any fault nothing. Where there is no workspace yet, one is made.",
        example="team.json",
    )
    made.add_argument("file", metavar="FILE", help="a JSON document, or - for standard input")
    add_person(made, f"act as this person, {BY_KEY}, who administers; else as the operator")
    commands.add("dump", "print the current truth as a workspace document")
    audit = commands.below(
        "audit", "verify the record of changes, or write it out", "verify|export"
    )
    audit.add(
        "verify",
        "verify the hash chain of the record",
        "It names the first line that does not stand, and all others, and ends with 1 there.",
    )
    made = audit.add(
        "export",
        "write the whole record out",
        "A line a change: who, when, from where, before, after and why.",
        example="record.csv",
    )
    made.add_argument("out", metavar="FILE", help="a file that ends in .csv or .xlsx")


def add_people(commands: Commands) -> None:
    """What the operator does with people's data."""
    people = commands.below("person", "people and their data", "export|erase|identities")
    who = "by key (key:bea), name or Slack id"
    made = people.add("export", "print all that is kept of a person, as JSON", example="key:bea")
    made.add_argument("who", metavar="PERSON", help=who)
    made = people.add(
        "erase",
        "take a person's name out of everything; there is no way back",
        "Dates, letters and the hash chain stay. Without --yes it only says of whom, and ends "
        "with 2.",
        example='key:bea --because "she asked" --yes',
    )
    made.add_argument("who", metavar="PERSON", help=who)
    made.add_argument(
        "--because", metavar="REASON", default="", help="why; it is kept in the record"
    )
    made.add_argument("--yes", action="store_true", help="do it")
    made = people.add(
        "identities",
        "print people's names elsewhere as a table, or load one",
        "Loaded is all of the table, or on any fault nothing.",
        example="names.csv --dry-run",
    )
    made.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="a CSV or xlsx file, or - for standard input; without it they are printed as CSV",
    )
    made.add_argument("--dry-run", action="store_true", help="only say what would change")
