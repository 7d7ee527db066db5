"""Commands that start Charter, look after it, and set up its Slack app."""

from handlers.shell.commands import Commands
from handlers.shell.values import address


def add_service(commands: Commands) -> None:
    """What starts Charter, and what says whether it would work."""
    commands.add(
        "serve",
        "start Charter as the settings say (also without a command)",
        "In Socket Mode or over HTTP, whichever the tokens are for; without Slack tokens the "
        "playground. It brings the database to the newest schema first, and ends on SIGTERM or "
        "SIGINT, when what it has begun is done.",
    )
    made = commands.add(
        "playground",
        "start Charter without Slack, in the browser",
        "It keeps its record in var/playground.db, or in the database of --database; DATABASE_URL "
        "does not count.",
    )
    made.add_argument(
        "--empty", action="store_true", help="where nothing is kept yet, begin without projects"
    )
    commands.add(
        "doctor",
        "say what works, and how to mend the rest",
        "It looks at the settings, the database, Slack and the sources, writes nothing and shows "
        "no secret. Ends with 1 where something is wrong.",
    )


def add_app(commands: Commands) -> None:
    """What the Slack app is made of: its manifest, and the keys that seal tokens."""
    made = commands.add(
        "manifest",
        "print the Slack app manifest",
        "It is JSON, made from what the code uses and from the sources that are set up.",
        example="--url https://charter.example.org",
    )
    made.add_argument(
        "--url", type=address, help="for HTTP mode: the public https address of this server"
    )
    made.add_argument(
        "--install",
        metavar="URL",
        type=address,
        help="for several workspaces: the public https address at which they install Charter",
    )
    commands.add(
        "new-key",
        "print a new key for CHARTER_SECRET_KEYS",
        "Tokens of workspaces that install Charter are sealed with it. It is kept nowhere else.",
    )
    commands.add(
        "rotate-keys",
        "seal all tokens with the first key of CHARTER_SECRET_KEYS",
        "All of them, or none. Ends with 1 where one of them is opened by no key, with 2 where no "
        "key is set.",
    )
