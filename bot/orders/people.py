"""What is done about people: who they are, who left and who is back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FillSeats:
    """Give the chosen seats (by number) that somebody left to one holder. `gone` is a person's
    key.
    """

    gone: str
    chosen: tuple[int, ...]
    holder: str


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Give somebody who is back what is vacant still."""

    gone: str


@dataclass(frozen=True, slots=True)
class LinkNames:
    """Somebody has these names too: (kind, name) pairs, as `bot.identities` knows them."""

    person: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class UnlinkNames:
    """Take names away; a pair without a name means all of its kind."""

    person: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SetNames:
    """Somebody (by key) has just these names of each kind."""

    person: str
    says: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class MergePeople:
    """`old` turned out to be `into`."""

    old: str
    into: str


@dataclass(frozen=True, slots=True)
class SplitPeople:
    """Two who were merged are two again; `old` is the key of who was merged."""

    old: str


@dataclass(frozen=True, slots=True)
class AskToErase:
    """Look whose name would be taken out of everything, and ask whether to do it."""

    person: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """Take somebody's name out of everything, for good."""

    person: str
    reason: str = ""
