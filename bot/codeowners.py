"""CODEOWNERS as GitHub reads it, held against the letters of the stages that paths belong to.

Read, and never written: what should stand there is proposed as lines of text. The rules are those
of GitHub's page "About code owners": the last line that matches wins, a line may name nobody, and
one with an error in it is passed over. What GitLab adds (sections, `!`) GitHub does not know.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

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
    all below it; what ends in `/*` means the files in it alone.
    """
    return re.fullmatch(_expression(pattern), path.removeprefix("/")) is not None


def _expression(pattern: str) -> str:
    is_rooted = "/" in pattern.rstrip("/")
    bare = pattern.strip("/") if pattern != "/" else ""
    parts = bare.split("/")
    made = "" if is_rooted else "(?:.*/)?"
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        if part == "**":
            made += ".*" if is_last else "(?:.*/)?"
        else:
            made += _part(part) + ("" if is_last else "/")
    if pattern.endswith("/"):
        return made + "/.*"
    return made if is_rooted and parts[-1] in {"*", "**"} else made + "(?:/.*)?"


def _part(part: str) -> str:
    signs = {"*": "[^/]*", "?": "[^/]"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in re.sub(r"\*+", "*", part))


# --- against the letters --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """A path that a rule gives to a stage, with the names at the host (`@ana`) of those who are
    responsible for it, and of all who hold any letter there.
    """

    pattern: str
    stage: str
    responsible: tuple[str, ...]
    holders: frozenset[str]


class Kind(StrEnum):
    """What a file and the letters disagree about."""

    LEFT = "left"
    NO_WRITE = "no-write"
    NOT_OWNER = "r-not-owner"
    NO_LETTER = "owner-without-letter"
    NO_R = "no-r"


@dataclass(frozen=True, slots=True)
class Difference:
    """One of them: of which pattern, whose (empty: nobody's), at which line of the file (0: none),
    and the stage where it is about one.
    """

    kind: Kind
    pattern: str
    owner: str = ""
    line: int = 0
    stage: str = ""


def differences(
    owners: Owners,
    claims: Iterable[Claim],
    left: Collection[str],
    writers: Collection[str] | None,
) -> tuple[Difference, ...]:
    """What they disagree about, by the lines of the file and then by the claims.

    `left` are the names of those who left, `writers` of those who may write there (None: nobody
    tells). Case tells no names apart. Of teams and addresses it is not known who they are: they are
    held against nothing.
    """
    gone = {one.lower() for one in left}
    may = None if writers is None else {one.lower() for one in writers}
    found = [one for entry in owners.entries for one in _of_entry(entry, gone, may)]
    return (*found, *(one for claim in claims for one in _of_claim(claim, owners)))


def _of_entry(entry: Entry, gone: set[str], may: set[str] | None) -> Iterator[Difference]:
    for owner in filter(_USER.fullmatch, entry.owners):
        if owner.lower() in gone:
            yield Difference(Kind.LEFT, entry.pattern, owner, entry.line)
        elif may is not None and owner.lower() not in may:
            yield Difference(Kind.NO_WRITE, entry.pattern, owner, entry.line)


def _of_claim(claim: Claim, owners: Owners) -> Iterator[Difference]:
    if not claim.responsible:
        yield Difference(Kind.NO_R, claim.pattern, stage=claim.stage)
    entry = owners.of(_example(claim.pattern))
    line, named = (entry.line, entry.owners) if entry else (0, ())
    own = {one.lower() for one in named}
    for one in claim.responsible:
        if one.lower() not in own:
            yield Difference(Kind.NOT_OWNER, claim.pattern, one, line, claim.stage)
    holders = {one.lower() for one in claim.holders}
    for one in filter(_USER.fullmatch, named):
        if one.lower() not in holders:
            yield Difference(Kind.NO_LETTER, claim.pattern, one, line, claim.stage)


def _example(pattern: str) -> str:
    """A file that a rule of paths takes in."""
    path = pattern.removeprefix("/")
    path = f"{path}file" if path.endswith("/") else path
    return re.sub(r"\*+", "file", path)


def proposed(owners: Owners, claims: Iterable[Claim], left: Collection[str]) -> Mapping[int, str]:
    """The lines that would read otherwise, by their number: without who left, and with who is
    responsible; under 0, one below the other, those to be added at the end.
    """
    gone = {one.lower() for one in left}
    wanted = {one.line: [*one.owners] for one in owners.entries}
    added: list[str] = []
    for claim in claims:
        entry = owners.of(_example(claim.pattern))
        if entry is None:
            if claim.responsible:
                added.append(" ".join((_escaped(claim.pattern), *claim.responsible)))
            continue
        there = {one.lower() for one in wanted[entry.line]}
        wanted[entry.line] += [one for one in claim.responsible if one.lower() not in there]
    changed: dict[int, str] = {}
    for entry in owners.entries:
        kept = [one for one in wanted[entry.line] if one.lower() not in gone]
        if tuple(kept) != entry.owners:
            changed[entry.line] = " ".join((_escaped(entry.pattern), *kept))
    if added:
        changed[0] = "\n".join(added)
    return changed


def _escaped(pattern: str) -> str:
    return pattern.replace(" ", "\\ ")
