"""The team: who is missing, free or overburdened, what job roles do, and many letters at once."""

from bot.commands.chapter import Command
from bot.commands.drift import read_drift
from bot.commands.moving import (
    read_clone,
    read_split,
    read_startup,
    read_transfer,
    read_waive,
)
from bot.commands.team import read_gaps, read_idle, read_lint, read_load, read_role

TEAM: tuple[Command, ...] = (
    Command(
        "gaps",
        ("gaps", "gaps PROJECT", "gaps all"),
        "gaps Churn Radar",
        "what is missing: nobody accountable, nobody responsible, no target",
        read_gaps,
        (
            "Each with a button that mends it. Without a name it is about the project of the "
            "channel, or else about all projects that you can see.",
        ),
        ("gap",),
    ),
    Command(
        "idle",
        ("idle",),
        "idle",
        "who holds no letter in any project that you can see",
        read_idle,
    ),
    Command(
        "load",
        ("load", "load PERSON"),
        "load @bea",
        "who is accountable for too much, and who is the only one responsible for a stage",
        read_load,
        (
            "Only what is open counts: neither archived projects nor what is done or skipped. "
            "An admin sets how many rows are enough: `/charter settings`.",
        ),
    ),
    Command(
        "role",
        (
            "role",
            "role ROLE",
            "role add ROLE: DUTIES",
            "role rename ROLE to NAME",
            "role edit ROLE",
            "role remove ROLE",
            "role set PERSON ROLE",
            "role set PERSON none",
        ),
        "role ML Engineer",
        "what a job role does here, its usual stages, whom it works with, and who has it",
        read_role,
        (
            "`role` lists all of them. Admins add, rename, edit and remove them; a role that "
            "somebody needs still is not removed. Everybody may say what their own role is.",
        ),
        ("roles",),
    ),
    Command(
        "transfer",
        (
            "transfer PERSON to PERSON",
            "transfer PERSON to PERSON in PROJECT",
            "transfer PERSON to PERSON everywhere because REASON",
            "transfer vacant to PERSON",
            "transfer vacant ROLE to PERSON",
        ),
        "transfer @bea to @cy in Churn Radar",
        "give somebody’s letters, or vacant seats, to somebody else, all at once",
        read_transfer,
        (
            "A preview shows row by row what would go and what would not, and why; a button "
            "carries out exactly that, and all of it can be undone at once. For whoever holds the "
            "letters, who answers for the project, and admins.",
        ),
    ),
    Command(
        "clone",
        ("clone raci from PROJECT", "clone raci from PROJECT with people"),
        "clone raci from Churn Radar in Fraud Radar",
        "copy the letters of another project: job roles as vacant seats, people only if asked",
        read_clone,
        (
            "A preview comes first. Rows are the same where their stage is; what a row has already "
            "stays as it is.",
        ),
    ),
    Command(
        "startup",
        ("startup PERSON", "startup off"),
        "startup @eva in Churn Radar",
        "let one person hold every role of a project, told as one line",
        read_startup,
        (
            "They take every seat that nobody sits on; what others hold stays theirs. As soon as "
            "somebody joins a row it is told by itself, and `startup off` tells all of them so. "
            "Nothing is lost either way.",
        ),
        ("start-up",),
    ),
    Command(
        "split",
        ("split ROLE to PERSON", "split ROLE to PERSON since DATE"),
        "split ML Engineer to @cy since 1 March in Churn Radar",
        "move the usual stages of a role to somebody new, in start-up mode",
        read_split,
        ("What was before that date stays with whoever held everything.",),
    ),
    Command(
        "lint",
        ("lint", "lint PROJECT", "lint all"),
        "lint Churn Radar",
        "check the letters by rules, each with what helps",
        read_lint,
        ("The rules stand in docs/linter.md.",),
    ),
    Command(
        "drift",
        ("drift", "drift PROJECT", "drift NUMBER right", "drift NUMBER wrong"),
        "drift in Churn Radar",
        "where letters and work disagree: what is about you, or about rows that are yours",
        read_drift,
        (
            "Looked at once a week: who is accountable and left no trace, who does the work and "
            "holds no letter, what is worked on and is nobody’s. Whoever is named reads it first, "
            "and says whether it is right; docs/drift.md tells the rest.",
        ),
    ),
    Command(
        "waive",
        (
            "waive RULE until DATE because REASON",
            "waive RULE ITEM until DATE because REASON",
            "waive off RULE ITEM",
        ),
        "waive spof data pipeline in Churn Radar until 1 June because we are hiring",
        "set a rule of the linter aside for a while, for a row or a whole project",
        read_waive,
        ("For whoever answers for it. It ends by itself after its last day.",),
    ),
)
