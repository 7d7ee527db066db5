"""What an answer says: plain English, ISO dates, no markup, the headline first."""

from collections.abc import Callable, Iterable, Sequence

from bot.moments import day
from bot.people import Delegation, Person
from bot.project import Gone, Item, Letter, Offer, Project
from bot.qa.facts import Facts
from bot.qa.grammar import Ask
from bot.qa.loads import Row
from bot.qa.raci import LETTER, Found, Line, Seat, last_accountable
from bot.qa.words import Intent
from bot.scope import is_stale
from bot.telling import owners
from bot.telling.holders import person_name
from bot.text import clip

LONGEST = 1_200
"""Characters of an answer: it is read in Slack, not searched."""
_NAME = 80  # characters of one name
_LIST = 900  # characters of one list
_POINT = 160  # characters of one thing in or out of scope
_NOTE = 300  # characters of what was understood
_LISTED = 12  # people of one line
SHOWN = 5
"""Options of a question back."""

CAN_ASK = (
    "You can ask who owns, is accountable or responsible for, is consulted on or informed about a "
    "stage or component of a project, whom to ask about it, and what somebody owns; where a stage "
    "or project stands, what is due, overdue or blocked, its scope and metrics, its pull requests "
    "and runs, today's standups, risks, what nobody owns, and what changed."
)
_EXAMPLES = (
    'For example: "who owns the data pipeline in <project>?", "what does Kim own?", "what does '
    'accountable mean?" or "how do I export?".'
)
_COMMANDS = "What changes something has a command: /charter help lists them."
LATER = (
    "I cannot answer that kind of question: I tell what is on record, not why, how often or what "
    "will be."
)
ORDER = "I only answer questions here; /charter help lists the commands that change something."
NO_ASKER = "I do not know who you are here, so I cannot tell what is yours. Ask with a name."
ONE_PERSON = "Please ask about one person at a time."

_NOBODY = {
    Intent.OWNER: "Nobody is accountable for",
    Intent.ACCOUNTABLE: "Nobody is accountable for",
    Intent.RESPONSIBLE: "Nobody is responsible for",
    Intent.CONTACT: "Nobody is responsible for",
    Intent.CONSULTED: "Nobody is consulted on",
    Intent.INFORMED: "Nobody is informed about",
}
_HOLDS = {
    Letter.A: "accountable for",
    Letter.R: "responsible for",
    Letter.C: "consulted on",
    Letter.I: "informed about",
}
_WHO = {
    Intent.OWNER: "who owns",
    Intent.ACCOUNTABLE: "who is accountable for",
    Intent.RESPONSIBLE: "who is responsible for",
    Intent.CONTACT: "who should I ask about",
    Intent.CONSULTED: "who is consulted on",
    Intent.INFORMED: "who is informed about",
}


def cut(text: str) -> str:
    """Never longer than an answer may be."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def name(text: str) -> str:
    return clip(text, _NAME)


def person(somebody: Person | None, facts: Facts) -> str:
    """A name; of two people with the same one also the e-mail's initial, or the job."""
    if somebody is None:
        return "somebody unknown"
    known = name(person_name(somebody))
    if not facts.names.people.namesakes(somebody):
        return known
    if somebody.email:
        return f"{known} ({somebody.email[0]}…@)"
    return f"{known} ({name(somebody.job_title or somebody.key)})"


def people(numbers: Iterable[int], facts: Facts) -> str:
    return listed([person(facts.people.get(number), facts) for number in numbers])


def listed(parts: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"; a long list is cut with a count."""
    if len(parts) > _LISTED:
        parts = [*parts[:_LISTED], f"{len(parts) - _LISTED} more"]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def thing(project: Project, item: Item | None) -> str:
    return f"{name(item.title)} in {name(project.name)}" if item else name(project.name)


def gone(project: Project, what: Gone) -> str:
    """What was taken out of a project, and when."""
    return (
        f"{cut(what.title)} was removed from {cut(project.name)} on {day(what.at)}; "
        "its history stays."
    )


def since(seat: Seat, facts: Facts) -> str:
    """ "since 2026-03-04, set by Kim Roe"."""
    if seat.since is None:
        return "since before the record began"
    by = person(facts.people.get(seat.set_by), facts) if seat.set_by else "the operator"
    if seat.held and seat.held.is_back_dated:
        return f"since {day(seat.since)}, back-dated by {by} on {day(seat.held.recorded_at)}"
    return f"since {day(seat.since)}, set by {by}"


def holder(seat: Seat, facts: Facts) -> str:
    """One holder, with whoever acts."""
    if seat.group:
        return f"the group {name(seat.group.handle.lstrip('@'))}"
    acting = {seat.person or 0: seat.acting} if seat.acting is not None else {}
    note = offered(seat.offer, facts) if seat.offer is not None else ""
    return owners.person(seat.person or 0, facts.people, acting, note, _called(facts))


def offered(offer: Offer, facts: Facts) -> str:
    """ "hand-over to Cy Moss offered 2 d ago"."""
    return owners.offered(offer, facts.people, facts.now, _called(facts))


def _called(facts: Facts) -> Callable[[Person], str]:
    return lambda one: person(one, facts)


def absent(line: Line, facts: Facts) -> list[str]:
    """What a line has instead of holders: vacant seats, and people who have left."""
    said: list[str] = []
    for seat in line.seats:
        if seat.vacancy:
            requisition = (
                f", requisition {seat.vacancy.requisition}" if seat.vacancy.requisition else ""
            )
            since = f" since {day(seat.since)}" if seat.since else ""
            said.append(f"a seat is vacant ({name(seat.vacancy.role)}{requisition}){since}")
        elif seat.left:
            on = f" ({seat.left_on.isoformat()})" if seat.left_on else ""
            said.append(f"{person(facts.people.get(seat.person or 0), facts)} has left{on}")
    return list(dict.fromkeys(said))


def found(one: Found, facts: Facts) -> str:
    """The answer about one item: the letter asked for first, then the other."""
    if one.item is None:
        return _lead(one, facts)
    parts = [_headline(one, facts), *_other(one, facts)]
    if one.stage:
        parts.append(f"It takes the letters of its stage, {name(one.stage.title)}.")
    if one.project.archived_at:
        parts.append(f"{name(one.project.name)} was archived on {day(one.project.archived_at)}.")
    return " ".join(parts)


def _lead(one: Found, facts: Facts) -> str:
    project = one.project
    archived = f" It was archived on {day(project.archived_at)}." if project.archived_at else ""
    who = people(one.people, facts)
    if not one.nobody:
        return f"{who} leads {name(project.name)}.{archived}"
    nearest = f" Nearest: {who} ({one.fallback})." if one.people else ""
    return f"{name(project.name)} has no lead.{nearest}{archived}"


def _headline(one: Found, facts: Facts) -> str:
    first = one.lines[0]
    what = thing(one.project, one.item)
    held = [seat for seat in first.seats if seat.headline or seat.group]
    why = absent(first, facts)
    if held:
        verb = _verb(one.project, many=len(held) > 1)
        holds = f"{_holders(held, facts)} {verb} {_HOLDS[first.letter]} {what}{_alike(held, facts)}"
        return f"{'; '.join([holds, *why])}."
    why = [*why, *one.skipped]
    nobody = f"{_NOBODY[one.intent]} {what}{': ' + listed(why) if why else ''}."
    parts = [nobody, *_last(one, facts)]
    if one.intent is Intent.CONTACT and one.people:
        parts.insert(0, f"Ask {people(one.people, facts)} ({one.fallback}).")
    elif one.people:
        parts.append(f"Nearest: {people(one.people, facts)} ({one.fallback}).")
    return " ".join(parts)


def _verb(project: Project, *, many: bool) -> str:
    """Nobody holds anything of a project that was put away: they did last."""
    if project.archived_at:
        return "were last" if many else "was last"
    return "are" if many else "is"


def _last(one: Found, facts: Facts) -> list[str]:
    """Who was accountable last, where nobody is now."""
    last = last_accountable(one.item, facts) if one.item else None
    if last is None or one.lines[0].letter is not Letter.A:
        return []
    until = f" (until {day(last[1])})" if last[1] else ""
    return [f"Last: {person(last[0], facts)}{until}."]


def _holders(seats: Sequence[Seat], facts: Facts) -> str:
    said = [holder(seat, facts) for seat in seats]
    if not _same_since(seats):
        said = [f"{who} ({since(seat, facts)})" for who, seat in zip(said, seats, strict=True)]
    return listed(said)


def _alike(seats: Sequence[Seat], facts: Facts) -> str:
    return f", {since(seats[0], facts)}" if _same_since(seats) else ""


def _same_since(seats: Sequence[Seat]) -> bool:
    return len({(seat.since, seat.set_by if seat.since else None) for seat in seats}) < 2


def _other(one: Found, facts: Facts) -> list[str]:
    """The second letter, as far as it was not named as the nearest already."""
    parts: list[str] = []
    first = [seat for seat in one.lines[0].seats if seat.headline or seat.group]
    for line in one.lines[1:]:
        held = [seat for seat in line.seats if seat.headline or seat.group]
        said = absent(line, facts)
        if held and one.fallback != line.letter.word:
            alike = _alike(held, facts) if not first or not _same_since([*first, *held]) else ""
            said.insert(0, f"{_holders(held, facts)}{alike}")
        if said:
            parts.append(f"{line.letter.word.capitalize()}: {'; '.join(said)}.")
        elif not held:
            parts.append(f"Nobody is {line.letter.word}.")
    return parts


def freshness(projects: Iterable[Project], facts: Facts) -> str:
    """When somebody last said that it is still true: "Confirmed 12 d ago."; each project by its
    name where there are several. Empty where there is nothing to say.
    """
    open_ones = list({one.id: one for one in projects if not one.archived_at}.values())
    how = (facts.now, facts.review_days, facts.zone)
    said = [(one, one.review.words(*how)) for one in open_ones if one.review]
    told = [(one, words) for one, words in said if words]
    if len(open_ones) == 1:
        return "".join(f"{words[0].upper()}{words[1:]}." for _, words in told)
    return " ".join(f"{name(one.name)} is {words}." for one, words in told)


def with_understood(said: str, titles: Sequence[str]) -> str:
    """The answer, and by what titles it goes; of the two the answer is cut first."""
    note = f" Understood as {listed([name(title) for title in titles])}." if titles else ""
    note = note if len(note) <= _NOTE else ""
    room = LONGEST - len(note)
    return (said if len(said) <= room else said[: room - 1].rstrip() + "…") + note


def load(who: str, letter: Letter, held: Sequence[Row]) -> str:
    """What somebody holds, by project; a long list is cut with a count."""
    said = f"{who} is {_HOLDS[letter]} {len(held)} {'item' if len(held) == 1 else 'items'}: "
    before = None
    for number, row in enumerate(held):
        between = (
            ", "
            if before == row.project.id
            else f"{'; ' if number else ''}{name(row.project.name)}: "
        )
        part = between + name(row.item.title)
        if len(said) + len(part) > _LIST:
            return f"{said}; and {len(held) - number} more."
        said += part
        before = row.project.id
    return f"{said}."


def left(who: Person, facts: Facts) -> str:
    on = f" ({who.left_on.isoformat()})" if who.left_on else ""
    return f"{person(who, facts)} has left{on}; what is still listed:"


def acts_for(given: Delegation, facts: Facts) -> str:
    away = person(facts.people.get(given.person), facts)
    where = f" in {name(facts.name_of(given.project))}" if given.project else ""
    return f"Also acting for {away}{where} until {given.end.isoformat()}."


def nothing_held(who: str, letter: Letter | None, where: str) -> str:
    what = f"is not {_HOLDS[letter]} anything" if letter else "holds no letter of anything"
    return f"{who} {what}{f' in {where}' if where else ''}, as far as is on record."


def scope(project: Project, facts: Facts) -> str:
    """What a project does and leaves out, by which version of its scope, and who approved that."""
    told = project.scope
    where = name(project.name)
    parts = [
        f"{label} of {where}: {'; '.join(clip(line, _POINT) for line in lines)}."
        for label, lines in (("In scope", told.in_scope), ("Out of scope", told.out_of_scope))
        if lines
    ]
    if not parts:
        parts = [f"What is in and out of scope of {where} has not been written down yet."]
    if told.version:
        saved = f", saved {day(told.changed_at)}" if told.changed_at else ""
        parts.append(f"That is v{told.version}{saved}; {_approved(project, facts)}.")
    if project.archived_at:
        parts.append(f"{where} was archived on {day(project.archived_at)}.")
    return " ".join(parts)


def _approved(project: Project, facts: Facts) -> str:
    signed = project.scope.approval
    if signed is None:
        return "not approved yet"
    by = person(facts.people.get(signed.by or 0), facts) if signed.by else "the operator"
    since = ", changed since" if is_stale(project.scope) else ""
    return f"approved v{signed.version} by {by}{since}"


def which(what: str, options: Sequence[str], more: int | None) -> str:
    """The question back."""
    rest = ["one of many more"] if more is None else [f"{more} more"] if more else []
    return f"Which {what} do you mean: {listed([*options, *rest], 'or')}?"


def labels(
    pairs: Sequence[tuple[Project, Item | None]], *, items: bool, projects: bool
) -> list[str]:
    """What tells the options apart: the project, the item, or both; else the project's key."""
    said = [
        " – ".join(
            part
            for part, wanted in (
                (name(item.title) if item else "", items),
                (name(project.name), projects),
            )
            if part and wanted
        )
        or name(project.name)
        for project, item in pairs
    ]
    return [
        f"{label} ({project.key})" if said.count(label) > 1 else label
        for label, (project, _) in zip(said, pairs, strict=True)
    ]


def asked(
    ask: Ask, intent: Intent | None, who: str, project: Project, item: Item | None, verb: str = "is"
) -> str:
    """The complete question that an option stands for; `who` may be several names."""
    what = f"{item.title} in {project.name}" if item else project.name
    letter = LETTER[intent] if intent else None
    match ask:
        case Ask.LOAD:
            holds = _HOLDS[letter] if letter else "involved in"
            return f"what is {who} {holds} in {project.name}?"
        case Ask.VERIFY if letter:
            return f"{verb} {who} {_HOLDS[letter]} {what}?"
        case _:
            return f"{_WHO[intent or Intent.OWNER]} {what}?"


def unknown(said: str, where: str, suggestions: Sequence[str]) -> str:
    """An honest no, with what comes nearest."""
    thing_said = f'"{clip(said, 60)}"' if said else "that"
    place = f" in {name(where)}" if where else ""
    parts = [f"I have nothing called {thing_said} on record{place}."]
    if suggestions:
        parts.append(f"Nearest: {listed([name(title) for title in suggestions], 'or')}.")
    return " ".join([*parts, CAN_ASK])


def help_text() -> str:
    return f"{CAN_ASK} {_EXAMPLES} {_COMMANDS}"


def not_understood() -> str:
    return f"I did not find a question that I can answer. {CAN_ASK} {_EXAMPLES} {_COMMANDS}"
