"""What a status in Slack says of whether somebody is away: only what it says plainly.

The words of a status are looked at and let go: nothing keeps them.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.text import fold

EMOJI = frozenset(
    {
        *("palm_tree", "desert_island", "beach_with_umbrella", "umbrella_on_ground"),
        *("face_with_thermometer", "baby", "ooo"),
    }
)
"""Those by which people say that they are away, whatever is written beside them."""
WORDS = (
    *("vacation", "vacationing", "on holiday", "on holidays", "annual leave", "pto", "ooo", "ooto"),
    *("out of office", "out of the office", "on leave", "parental leave", "maternity leave"),
    *("paternity leave", "sick", "sick leave", "day off"),
    *("urlaub", "abwesend", "krank", "krankgeschrieben", "elternzeit", "mutterschutz"),
    *("ausser haus", "nicht im buro"),
    *("vacances", "en conge", "en conges", "conge maternite", "conge parental", "absent"),
    *("absente", "malade", "arret maladie"),
    *("vacaciones", "de baja", "enfermo", "enferma", "fuera de la oficina"),
)
SIGNS = ("休假", "度假", "请假", "病假", "产假", "年假", "不在办公室")
"""The same where words have no spaces between them."""
_OTHERWISE = (
    *("from", "next", "soon", "starting", "starts", "planning", "before", "after", "not", "no"),
    *("am back", "m back", "sick of", "working", "remote", "remotely", "wfh"),
    *("ab", "bald", "kurz", "nach", "vor", "nachste", "homeoffice", "home office", "kein", "nicht"),
    *("bientot", "apres", "avant", "prochaine", "prochaines", "pas", "teletravail"),
    *("pronto", "proxima", "proximas", "despues", "antes", "teletrabajo"),
)
"""Beside these it is another time, another thing, or unclear: nobody is taken for away then."""
_SIGNS_OTHERWISE = ("明天", "下周", "下个月", "没", "远程")
_TOMORROW = re.compile(
    r"(?<!until )(?<!till )(?<!back )(?<!bis )(?<!jusqu a )\b(tomorrow|demain)\b"
)
_LONGEST = timedelta(days=366)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


_AWAY, _NOT_AWAY = _any_of(WORDS), _any_of(_OTHERWISE)


def says_away(text: str, emoji: str) -> bool:
    """Whether a status says that somebody is away now; `emoji` as Slack has it, `:palm_tree:`."""
    said = " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())
    # "nicht im büro" holds a word that would otherwise turn it around.
    rest = said.replace("nicht im buro", "abwesend")
    if _NOT_AWAY.search(rest) or _TOMORROW.search(rest):
        return False
    if any(sign in said for sign in _SIGNS_OTHERWISE):
        return False
    shown = emoji.strip(":").partition("::")[0]
    return shown in EMOJI or bool(_AWAY.search(rest)) or any(sign in said for sign in SIGNS)


def away_until(expires: datetime | None, now: datetime, looked_next: datetime) -> datetime | None:
    """The last moment that counts of a status that says so; None for one that is over.

    Without an end it counts until it is looked at again, which need not be before a morning.
    """
    if expires is None:
        return looked_next - MORNING
    last = min(expires, now + _LONGEST) - timedelta(seconds=1)
    return last if last >= now else None


MORNING = timedelta(hours=6)
"""After midnight nobody is asked for so long: a look at that time comes early enough."""
