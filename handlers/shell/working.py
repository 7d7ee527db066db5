"""Commands that do at the command line what people do in Slack."""

from handlers.shell.commands import BY_KEY, Commands, add_moment, add_person
from handlers.shell.values import meaning, meant


def add_sheets(commands: Commands) -> None:
    """Workbooks and tables, in both directions."""
    made = commands.add(
        "export",
        "write a workbook, or the same as text",
        "The file is written as a whole or not at all.",
        example="portfolio --out portfolio.xlsx --as nia",
    )
    made.add_argument("what", metavar="portfolio|PROJECT", help="all projects, or one of them")
    made.add_argument(
        "--out", metavar="FILE", required=True, help="a file that ends in .xlsx, .csv, .json or .md"
    )
    made.add_argument(
        "--sheet", metavar="NAME", help="this sheet only; a CSV holds RACI unless named"
    )
    add_person(made, f"what this person, {BY_KEY}, may see; else what anybody may")
    add_moment(made)
    made = commands.add(
        "import",
        "take RACI letters from a workbook or CSV file",
        "Ends with 2, and has written nothing, where something is wrong with a cell, unless "
        "--partial is said.",
        example="raci.xlsx --dry-run --as nia",
    )
    made.add_argument("file", metavar="FILE", help="an xlsx or CSV file")
    made.add_argument("--dry-run", action="store_true", help="only say what would change")
    made.add_argument("--json", action="store_true", help="the report as a JSON object")
    add_person(made, f"act as this person, {BY_KEY}, with their rights; else as the operator")
    made.add_argument("--project", metavar="P", help="the project, where the file names none")
    made.add_argument(
        "--partial", action="store_true", help="take what has no errors, although other cells have"
    )
    made.add_argument(
        "--map",
        metavar="HEAD=MEANING",
        type=meaning,
        action="append",
        default=[],
        help="what a column means: stage, R, a person, “not read” …; may be said several times",
    )
    made.add_argument(
        "--person",
        dest="who",
        metavar="NAME=WHO",
        type=meant,
        action="append",
        default=[],
        help="whom a name means: somebody, “vacant”, or “left out”; may be said several times",
    )
    made.add_argument(
        "--take",
        choices=("theirs", "ours"),
        help="settle all conflicts: by the file's word, or by what holds",
    )
    made.add_argument(
        "--dates",
        choices=("dmy", "mdy"),
        help="what 03/04 is: 3 April (dmy), or 4 March (mdy)",
    )


def add_answers(commands: Commands) -> None:
    """What Charter says of what it keeps."""
    made = commands.add(
        "ask",
        "answer a question, or a file of them",
        example='"who owns the data pipeline?"',
    )
    made.add_argument("text", metavar="TEXT", nargs="?", help="the question, in your own words")
    made.add_argument(
        "--batch", metavar="FILE", help="answer a file instead: a question (a JSON object) a line"
    )
    made.add_argument("--channel", metavar="PROJECT", help="as if asked in its channel")
    add_person(made, f"as if this person, {BY_KEY}, asked; else anybody")
    add_moment(made)
    made.add_argument("--json", action="store_true", help="the answer as a JSON object")
    made.add_argument("--explain", action="store_true", help="each step that leads to the answer")
    made = commands.add(
        "lint",
        "check letters by rules",
        "Ends with 1 where something as bad as --fail-on says was found, so that a pipeline can "
        "stop there.",
        example="churn --fail-on error",
    )
    made.add_argument("project", metavar="PROJECT", nargs="?", help="this one only; else all")
    made.add_argument(
        "--format", choices=("text", "json"), default="text", help="for people or for programs"
    )
    made.add_argument(
        "--fail-on",
        choices=("error", "warning", "note"),
        default="warning",
        help="how bad a finding must be to end with 1",
    )
    add_person(made, f"of what this person, {BY_KEY}, may see; else of all")
    made = commands.add(
        "brief",
        "say what a leader should know, in twelve lines at most",
        example='"Churn Radar" --as nia',
    )
    made.add_argument("projects", metavar="PROJECT", nargs="*", help="of these only; else of all")
    made.add_argument("--json", action="store_true", help="as a JSON object")
    add_person(made, f"of what this person, {BY_KEY}, may see; else of what anybody may")
    add_moment(made)
    made = commands.add(
        "burn-up",
        "say how far the runs of a project have closed the gap of its metrics",
        example="churn",
    )
    made.add_argument("project", metavar="PROJECT", help="by key, name or alias")
    add_person(made, f"as this person, {BY_KEY}, may see it; else as the operator, who sees all")
    add_moment(made)


def add_sources(commands: Commands) -> None:
    """Pull requests, runs and pages elsewhere."""
    made = commands.add(
        "link",
        "link a pull request, a run or any page to a project",
        example="https://github.com/acme/churn/pull/12 --project churn --item rollout",
    )
    made.add_argument("url", metavar="URL", help="its address")
    made.add_argument("--project", metavar="P", help="the project, by key, name or alias")
    made.add_argument("--item", metavar="I", help="its stage or component; else the whole project")
    add_person(made, f"act as this person, {BY_KEY}, with their rights; else as the operator")
    made = commands.add(
        "sync",
        "look once at all that is linked and open",
        "It prints a line a source. What changed on cards is posted when Charter runs.",
        example="--source github",
    )
    made.add_argument(
        "--source", metavar="NAME", help="this one only, such as github or mlflow; else all"
    )
    add_moment(made)
    neptune = commands.below("neptune", "runs of Neptune, whose hosted service is gone", "import")
    made = neptune.add(
        "import",
        "import the runs that neptune-exporter wrote (Parquet)",
        "It prints a line a run. A file that cannot be read, or a run that belongs nowhere, is "
        "named, the rest goes in, and it ends with 1.",
        example="exported --project churn",
    )
    made.add_argument("folder", metavar="DIR", help="the folder, searched with all below it")
    made.add_argument(
        "--project", metavar="P", help="the project of all runs; else where tags and names say"
    )
