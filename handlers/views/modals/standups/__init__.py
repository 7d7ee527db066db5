"""The forms of standups: how one is set, and what somebody answers."""

from handlers.views.modals.standups.answering import NONE, answers, answers_clash, read_answers
from handlers.views.modals.standups.setting import has_channel, read_standup, standup, team_standup

__all__ = [
    "NONE",
    "answers",
    "answers_clash",
    "has_channel",
    "read_answers",
    "read_standup",
    "standup",
    "team_standup",
]
