"""CODEOWNERS as GitHub reads it, held against the letters of the stages that paths belong to.

Read, and never written: what should stand there is proposed as lines of text. The rules are those
of GitHub's page "About code owners": the last line that matches wins, a line may name nobody, and
one with an error in it is passed over. What GitLab adds (sections, `!`) GitHub does not know.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where GitHub looks for the file, in its order."""
LARGEST = 3 * 1024 * 1024
"""Bytes; a larger file GitHub does not load."""
_WORD = re.compile(r"(?:\\.|[^\s\\])+")
_USER = re.compile(r"@[A-Za-z\d](?:[A-Za-z\d_-]{0,38})")
_TEAM = re.compile(r"@[A-Za-z\d][A-Za-z\d-]{0,38}/[\w.-]{1,100}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that counts: who owns what fits its pattern; without owners nobody does."""

    line: int
    pattern: str
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that GitHub passes over, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Owners:
    """A file, read."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]

    def of(self, path: str) -> Entry | None:
        """The line that counts for a file: the last one that fits."""
        return next((one for one in reversed(self.entries) if fits(path, one.pattern)), None)


def read(text: str) -> Owners:
    """The lines that count, and those that do not."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        words = _words(line)
        if not words:
            continue
        pattern, *owners = words
        why = _wrong(pattern, owners)
        if why:
            faults.append(Fault(number, line.strip()[:200], why))
        else:
            entries.append(Entry(number, pattern.replace("\\ ", " "), tuple(owners)))
    return Owners(tuple(entries), tuple(faults))


def _words(line: str) -> list[str]:
    """The words up to a comment."""
    found: list[str] = []
    for word in _WORD.findall(line):
        if word.startswith("#"):
            break
        found.append(word)
    return found


def _wrong(pattern: str, owners: Sequence[str]) -> str:
    if pattern.startswith("!"):
        return "`!` does not work here"
    if pattern.startswith("\\#"):
        return "a pattern cannot begin with `#`"
    if "[" in pattern or "]" in pattern:
        return "`[ ]` does not work here, neither as a range nor as a section"
    bad = [one for one in owners if not _is_owner(one)]
    return f"“{bad[0][:60]}” is neither @user, @org/team nor an e-mail address" if bad else ""


def _is_owner(word: str) -> bool:
    return any(kind.fullmatch(word) for kind in (_USER, _TEAM, _MAIL))


def fits(path: str, pattern: str) -> bool:
    """Whether a file, by its path from the root, is meant by a pattern.

    One with a slash before its end is from the root on, any other at every depth. A folder means
    all below it; what ends in `/*` means the files in it alone. Takes no longer than the parts of
    both multiplied, whatever somebody wrote into the file.
    """
    steps = _steps(pattern)
    at = _passed({0}, steps)
    for part in path.removeprefix("/").split("/"):
        stays = {step for step in at if step < len(steps) and steps[step] == _ANY_DEPTH}
        moved = {step + 1 for step in at - stays if step < len(steps) and _alike(part, steps[step])}
        at = _passed(stays | moved, steps)
        if not at:
            return False
    return len(steps) in at


_ANY_DEPTH = "**"


@lru_cache(maxsize=8192)
def _steps(pattern: str) -> tuple[str, ...]:
    """The folders that a pattern goes through; `**` among them is any number of them."""
    is_rooted = "/" in pattern.rstrip("/")
    parts = pattern.strip("/").split("/")
    steps = [] if is_rooted else [_ANY_DEPTH]
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        steps += ["*", _ANY_DEPTH] if part == _ANY_DEPTH and is_last else [part]
    if pattern.endswith("/"):
        steps += ["*", _ANY_DEPTH]
    elif not is_rooted or parts[-1] not in {"*", _ANY_DEPTH}:
        steps.append(_ANY_DEPTH)
    return tuple(steps)


def _passed(at: Collection[int], steps: Sequence[str]) -> set[int]:
    """With those that are reached without a further folder."""
    found = set(at)
    for step, wanted in enumerate(steps):
        if step in found and wanted == _ANY_DEPTH:
            found.add(step + 1)
    return found


def _alike(part: str, wanted: str) -> bool:
    if "*" in wanted or "?" in wanted:
        return fnmatchcase(part, wanted)
    return part == wanted


# --- against the letters --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """A path that a rule gives to a stage, with the names at the host (`@ana`) of those who are
    responsible for it, and of all who hold any letter there.

    `answering` are those who are accountable or responsible, by their own names; `nameless` those
    of the responsible who have no name at the host that anybody said.
    """

    pattern: str
    stage: str
    responsible: tuple[str, ...]
    holders: frozenset[str]
    answering: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()


class Kind(StrEnum):
    """What a file and the letters disagree about."""

    LEFT = "left"
    NO_WRITE = "no-write"
    NOBODY = "nobody"
    NOT_OWNER = "r-not-owner"
    NO_LETTER = "owner-without-letter"
    NO_R = "no-r"
    NO_NAME = "r-without-name"


@dataclass(frozen=True, slots=True)
class Difference:
    """One of them: of which pattern, whose (empty: nobody's), at which line of the file (0: none),
    and the stage where it is about one. `who` are people by their own names.
    """

    kind: Kind
    pattern: str
    owner: str = ""
    line: int = 0
    stage: str = ""
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of those whom a file can name; names are in lower case.

    `left` are those who left, `writers` those who may write there (None: nobody tells), `refused`
    are owners whom the host itself does not accept. `teams` are the members of those teams
    (`@acme/data`) of which they are known.
    """

    left: Collection[str] = frozenset()
    writers: Collection[str] | None = None
    refused: Collection[str] = frozenset()
    teams: Mapping[str, Collection[str]] = field(default_factory=dict)

    def has_left(self, owner: str) -> bool:
        return owner.lower() in self.left

    def may_not_write(self, owner: str) -> bool:
        if owner.lower() in self.refused:
            return True
        if self.writers is None or not _USER.fullmatch(owner):
            return False
        return owner.lower() not in self.writers


def differences(owners: Owners, claims: Iterable[Claim], known: Standing) -> tuple[Difference, ...]:
    """What they disagree about, by the lines of the file and then by the claims.

    Case tells no names apart. Where a line names a team whose members nobody tells, or an address,
    it is not said that somebody is missing there.
    """
    found = [one for entry in owners.entries for one in _of_entry(entry, known)]
    return (*found, *(one for claim in claims for one in _of_claim(claim, owners, known)))


def _of_entry(entry: Entry, known: Standing) -> Iterator[Difference]:
    for owner in entry.owners:
        if known.has_left(owner):
            yield Difference(Kind.LEFT, entry.pattern, owner, entry.line)
        elif known.may_not_write(owner):
            yield Difference(Kind.NO_WRITE, entry.pattern, owner, entry.line)


def _of_claim(claim: Claim, owners: Owners, known: Standing) -> Iterator[Difference]:
    pattern, stage = claim.pattern, claim.stage
    if not (claim.responsible or claim.nameless):
        yield Difference(Kind.NO_R, pattern, stage=stage)
    if claim.nameless:
        yield Difference(Kind.NO_NAME, pattern, stage=stage, who=claim.nameless)
    entry = owners.of(example(pattern))
    if entry is None or not entry.owners:
        line = entry.line if entry else 0
        yield Difference(Kind.NOBODY, pattern, line=line, stage=stage, who=claim.answering)
        return
    for one in _missing(claim, entry, known):
        yield Difference(Kind.NOT_OWNER, pattern, one, entry.line, stage)
    holders = {one.lower() for one in claim.holders}
    for one in filter(_USER.fullmatch, entry.owners):
        if one.lower() not in holders and not known.has_left(one):
            yield Difference(Kind.NO_LETTER, pattern, one, entry.line, stage)


def _missing(claim: Claim, entry: Entry, known: Standing) -> list[str]:
    """The responsible whom a line names neither by themselves nor by a team; nobody where it may
    name them in a way that is not known.
    """
    named = {one.lower() for one in entry.owners}
    others = {one for one in named if not _USER.fullmatch(one)}
    if not others <= known.teams.keys():
        return []
    inside = named.union(*(known.teams[one] for one in others))
    return [one for one in claim.responsible if one.lower() not in inside]


def example(pattern: str) -> str:
    """A file that a rule of paths takes in."""
    path = pattern.removeprefix("/")
    if "/" not in path and "." not in path and "*" not in path:
        path = f"{path}/"
    path = f"{path}file" if path.endswith("/") else path
    return re.sub(r"\*+", "file", path)


# --- what should stand there ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line that should stand in the file: in place of the one of that number, which says
    `before`, or (that empty) as a new one below it; 0 is the top.
    """

    line: int
    text: str
    before: str = ""


def proposed(owners: Owners, claims: Iterable[Claim], known: Standing) -> tuple[Proposal, ...]:
    """The lines that would read otherwise: without who left, and with who is responsible.

    What counts for more than a claim stays as it is, and gets a narrower line below it. A path
    that nobody owns gets one at the top, where it takes nothing from any other line.
    """
    wanted = {one.line: [*one.owners] for one in owners.entries}
    added: dict[tuple[int, str], list[str]] = defaultdict(list)
    for claim in claims:
        entry, pattern = owners.of(example(claim.pattern)), as_line(claim.pattern)
        missing = claim.responsible if entry is None else _missing(claim, entry, known)
        if entry is not None and fits(example(entry.pattern), pattern):
            wanted[entry.line] += [one for one in missing if one not in wanted[entry.line]]
        elif missing:
            # A narrower line takes the path from the wider one: it names all who are responsible.
            there = added[entry.line if entry else 0, pattern]
            there += [one for one in claim.responsible if one not in there]
    changed = [
        Proposal(entry.line, _text(entry.pattern, kept), _text(entry.pattern, entry.owners))
        for entry in owners.entries
        if (kept := tuple(one for one in wanted[entry.line] if not known.has_left(one)))
        != entry.owners
    ]
    # Of new lines at one place the wider come first: the last that fits wins.
    places = sorted(added, key=lambda place: (place[0], len(place[1])))
    new = [Proposal(line, _text(pattern, added[line, pattern])) for line, pattern in places]
    return tuple(sorted((*changed, *new), key=lambda one: one.line))


def _text(pattern: str, owners: Iterable[str]) -> str:
    return " ".join((_escaped(pattern), *owners))


def as_line(pattern: str) -> str:
    """The path of a rule, which is from the root on, as a pattern of the file."""
    path = pattern.removeprefix("/")
    if path.endswith("/**"):
        path = path.removesuffix("**")
    if "/" not in path:
        return path if "*" in path or "." in path else f"/{path}/"
    return f"/{path}"


def _escaped(pattern: str) -> str:
    return pattern.replace(" ", "\\ ")
