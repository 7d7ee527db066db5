"""People's names, told apart where two are the same."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.people import Person
from handlers.views.kit import name


def told_apart(people: Mapping[int, Person]) -> dict[int, Person]:
    """The same people; who shares a name gets the start of their e-mail address (or key) behind it:
    "Sam Lindqvist (s…@)", "Sam Lindqvist (t…@)".
    """
    folded = {
        key: person.name.casefold()
        for key, person in people.items()
        if person.merged_into is None or person.merged_into not in people
    }
    times = Counter(folded.values())
    told = dict(people)
    same: dict[str, list[int]] = defaultdict(list)
    for key, called in folded.items():
        if times[called] > 1:
            same[called].append(key)
    for keys in same.values():
        for key, mark in zip(keys, _marks([people[key] for key in keys]), strict=True):
            told[key] = replace(people[key], name=f"{people[key].name} ({mark})")
    for key, person in people.items():
        if person.merged_into in told:
            told[key] = replace(person, name=told[person.merged_into].name)
    return told


def at_source(login: str, logins: Mapping[str, int], people: Mapping[int, Person]) -> str:
    """Somebody at a code host or tracker: the person if Charter knows who it is, else the name
    there. `logins` are people by their names there, in lower case.
    """
    person = people.get(logins.get(login.lower(), -1))
    return name(person.name if person else login, 60)


def _marks(group: Sequence[Person]) -> list[str]:
    """What tells the people of a group apart: the shortest starts of their e-mail addresses."""
    mails = [(person.email or "").split("@", 1)[0] for person in group]
    if all(mails) and len(set(mails)) == len(mails):
        longest = max(len(mail) for mail in mails)
        for size in range(1, longest + 1):
            starts = [mail[:size] for mail in mails]
            if len(set(starts)) == len(starts):
                return [
                    f"{start}…@" if start != mail else f"{mail}@"
                    for start, mail in zip(starts, mails, strict=True)
                ]
    return [person.key for person in group]
