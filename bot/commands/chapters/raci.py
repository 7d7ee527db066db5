"""Who does what: the letters of RACI."""

from bot.commands.chapter import Command
from bot.commands.delegations import read_delegate
from bot.commands.raci import read_raci

RACI: tuple[Command, ...] = (
    Command(
        "raci",
        (
            "raci",
            "raci ITEM",
            "raci ITEM on DATE",
            "raci ITEM LETTERS HOLDER",
            "raci ITEM LETTERS HOLDER since DATE",
            "raci ITEM A HOLDER hand over",
            "raci ITEM A HOLDER hand over now because REASON",
            "raci ITEM accept|decline|call off hand over",
            "raci ITEM clear LETTERS",
            "raci ITEM clear LETTERS HOLDER",
        ),
        "raci data pipeline A @bea since 1 March in Churn Radar",
        "see, give or clear the RACI letters of a stage or component",
        read_raci,
        (
            "LETTERS: A (accountable, exactly one), R (responsible), C (consulted), I (informed), "
            "also together: A/R, AR or A,R.",
            "HOLDER: a @mention, a name, `me`, a @user-group (not for A), a seat that is still "
            "open: `vacant Data Engineer DE-114`, or somebody who has no account here: "
            "`outside Vera Poe of Label Works vera@label.example`.",
            "Where the day is not today it is said: `since DATE` also puts the beginning of a "
            "letter right that somebody holds already, and `on DATE` tells who held it then.",
            "Where somebody is accountable already, `hand over` offers it: nothing changes until "
            "the one you name accepts, or, where you name yourself, the one who is accountable "
            "now. `now because …` asks nobody; it is for the project's lead and admins.",
        ),
    ),
    Command(
        "delegate",
        (
            "delegate",
            "delegate PERSON from DATE to DATE",
            "delegate PERSON until DATE because REASON",
            "delegate PERSON to PERSON from DATE to DATE",
            "delegate show",
            "delegate off",
        ),
        "delegate @dan from 3 August to 14 August in Churn Radar because I am on leave",
        "let somebody act for you, or for another, while you are away",
        read_delegate,
        (
            "Both days are included, and counted where the one who is away lives. Letters stay "
            "where they are: answers name who acts and whose it is, and the day after that one "
            "again.",
            "`@bea to @dan` is for others: for admins, and in one project for its lead. Without "
            "`in PROJECT` it is for all projects.",
            "Who acts for somebody who is away may have somebody act for them, at most three in a "
            "row.",
        ),
    ),
)
