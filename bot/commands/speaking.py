"""The words that commands are spoken with: names and texts that `words` reads back."""

import re

from bot.commands.words import quoted

# A word that may stand without quotes: longer than the letters, and none of the grammar's own.
_BARE = re.compile(r"[\w][\w-]{4,}|<[@!][^<>\s]+>", re.ASCII)
_OWN_WORDS = {"since", "vacant", "clear", "nobody", "remove", "handover", "hand-over", "because"}
_OWN_WORDS |= {"blocked", "skipped", "paused", "parked", "started", "stuck", "finished", "means"}
_OWN_WORDS |= {"complete", "completed", "ongoing", "delete", "project", "never", "nothing"}
_OWN_WORDS |= {"portfolio", "baseline", "target", "current", "measured", "higher", "lower"}
_OWN_WORDS |= {"override", "owner", "rename", "after", "behind", "before", "under", "untick"}
_OWN_WORDS |= {"likelihood", "impact", "mitigation"}
_OWN_WORDS |= {"blocker", "blockers", "about", "today", "yesterday", "stage", "stages", "person"}
_OWN_WORDS |= {"green", "amber", "yellow", "computed", "automatic"}


def name_word(name: str) -> str:
    if _BARE.fullmatch(name) and name.casefold() not in _OWN_WORDS:
        return name
    return quoted(name)


def own_text(text: str) -> str:
    """Free text stands as it is, unless its quotes would be taken for the grammar's."""
    return quoted(text) if re.search('["“”„«»\\\\]', text) else text


def within(project: str | None) -> str:
    return f" in {name_word(project)}" if project else ""
