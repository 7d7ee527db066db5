"""What Charter's own words mean, said in one place: answers and workbooks take it from here."""

from collections.abc import Mapping

from bot.project import Letter

LETTERS: Mapping[Letter, str] = {
    Letter.A: "answers for it; exactly one person, or a vacant seat",
    Letter.R: "does the work",
    Letter.C: "is asked before it counts as done",
    Letter.I: "reads of it in digests",
}

TERMS: Mapping[str, str] = {
    "RACI": "who does what for each stage and component of a project, in four letters: R is "
    "responsible, A accountable, C consulted, I informed",
    "Stage": "a step of a project's work, such as annotation or roll-out, with letters, a status "
    "and a due date of its own",
    "Component": "a part of a stage, such as a feature store; without letters of its own it takes "
    "those of its stage",
    "Ladder": "the stages that a project goes through, in their order",
    "Gate": "what a stage needs before it is done, as a list to tick",
    "Blocker": "what is in the way of a stage or component, whose it is, and since when",
    "Vacant": "a seat that nobody fills yet, with the role that is wanted",
    "Gap": "an open stage or component without an active A or R",
    "Drift": "where letters and work disagree: somebody does the work and holds no letter, or "
    "holds one and does none of it",
    "Slip": "the due date as forecast minus the first one ever set, which never changes",
    "Milestone": "a day that was promised, kept beside every day it was moved to since, and why",
    "RAID": "what may go wrong, what is taken for granted, what has gone wrong, and what is waited "
    "for: risks, assumptions, issues and dependencies",
    "Standup": "a few questions to everybody of a project, each at their own morning, and a report "
    "in its channel",
    "Digest": "what changed in projects and what is stuck, told regularly to a channel or to you",
    "Brief": "what a leader should know in three minutes: what turned worse, and what has to be "
    "decided",
    "Gap closed": "how much of the way from the metric's first value to its target is done",
}


def meaning(letter: Letter) -> str:
    """ "responsible: does the work"."""
    return f"{letter.word}: {LETTERS[letter]}"
