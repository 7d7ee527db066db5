"""Who people are."""

from bot.commands.chapter import Command
from bot.commands.people import read_person
from bot.identities import KINDS

PEOPLE: tuple[Command, ...] = (
    Command(
        "person",
        (
            "person",
            "person PERSON",
            "person link PERSON KIND=NAME …",
            "person unlink PERSON KIND=NAME …",
            "person logins",
            "person merge OLD into NEW",
            "person unmerge KEY",
            "person export",
            "person erase PERSON because REASON",
        ),
        "person link @bea github=bea-x mlflow=bea",
        "see and say who somebody is elsewhere; let two accounts be one person",
        read_person,
        (
            f"KIND: {', '.join(KINDS[:-1])} or {KINDS[-1]}. Nobody is guessed: whose name is not "
            "said here is told of nothing that happens there.",
            "`logins` lists the names at GitHub and trackers that nobody is known by, each with "
            "who it may be by name or e-mail address: a question, until you press the button.",
            "To merge means that letters, grants, delegations and standups of OLD are NEW's, and "
            "that the record shows one person; `unmerge` takes it back.",
            "`export` brings all that is kept of you into your direct message.",
            "`erase` takes a name out of everything, after one more question; dates and letters "
            "stay.",
            "To see, and to export one's own, is for everybody, the rest is for admins.",
        ),
    ),
)
