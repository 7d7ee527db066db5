"""Holders in plain words, and as the words of a command."""

from collections.abc import Mapping

from bot.people import Person
from bot.project import Group, Holder, PersonHolder, Vacancy


def holder_name(holder: Holder, people: Mapping[int, Person]) -> str:
    """A holder in plain words: "Bea Lind", "@labellers", "vacant (Data Engineer, DE-114)", and
    "vacant (Data Engineer, was Bea Lind)" where somebody left.
    """
    match holder:
        case PersonHolder(person=key):
            return person_name(people[key]) if key in people else "somebody unknown"
        case Vacancy(role=role, requisition=requisition, was=key):
            was = f"was {people[key].name}" if key is not None and key in people else ""
            return f"vacant ({', '.join(filter(None, (role, requisition, was)))})"
        case Group(handle=handle):
            return f"@{handle.lstrip('@')}"


def person_name(person: Person) -> str:
    """A name; of somebody from outside with the company: "Vera Sample (Label Works)"."""
    return f"{person.name} ({person.company})" if person.company else person.name


def person_ref(person: Person) -> str:
    """Somebody as a word that means nobody else, whatever names are shared."""
    return f"<@{person.slack_id}>" if person.slack_id else f"key:{person.key}"


def holder_ref(holder: Holder, people: Mapping[int, Person]) -> str:
    """A holder as a command's word, which means nobody else."""
    match holder:
        case PersonHolder(person=key):
            return person_ref(people[key])
        case Vacancy(role=role, requisition=requisition):
            return f"vacant {role} {requisition or ''}".rstrip()
        case Group(slack_id=slack_id, handle=handle):
            return f"<!subteam^{slack_id}|@{handle.lstrip('@')}>"
