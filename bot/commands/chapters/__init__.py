"""The table's chapters, in the order in which help tells them: one noun, one module each."""

from bot.commands.chapter import Chapter
from bot.commands.chapters.access import ACCESS
from bot.commands.chapters.decisions import DECISIONS
from bot.commands.chapters.evidence import EVIDENCE
from bot.commands.chapters.milestones import MILESTONES
from bot.commands.chapters.notices import NOTICES
from bot.commands.chapters.people import PEOPLE
from bot.commands.chapters.presence import PRESENCE
from bot.commands.chapters.projects import PROJECTS
from bot.commands.chapters.questions import QUESTIONS
from bot.commands.chapters.raci import RACI
from bot.commands.chapters.raid import RAID
from bot.commands.chapters.reviews import REVIEWS
from bot.commands.chapters.routines import ROUTINES
from bot.commands.chapters.scope import SCOPE
from bot.commands.chapters.sheets import SHEETS
from bot.commands.chapters.stages import STAGES
from bot.commands.chapters.team import TEAM

CHAPTERS: tuple[Chapter, ...] = (
    Chapter("Questions", QUESTIONS),
    Chapter("Projects", PROJECTS),
    Chapter("RACI letters", RACI),
    Chapter("The team", TEAM),
    Chapter("Stages, gates and health", STAGES),
    Chapter("What a project is for", SCOPE),
    Chapter("What was decided", DECISIONS),
    Chapter("What is promised", MILESTONES),
    Chapter("What may go wrong", RAID),
    Chapter("Still true?", REVIEWS),
    Chapter("Standups and digests", ROUTINES),
    Chapter("Who is there", PRESENCE),
    Chapter("What Charter writes to you", NOTICES),
    Chapter("Evidence", EVIDENCE),
    Chapter("People", PEOPLE),
    Chapter("Workbooks", SHEETS),
    Chapter("Who may do what", ACCESS),
)

__all__ = ["CHAPTERS"]
