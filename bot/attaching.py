"""Which stage of which project a pull request or run belongs to, and by which rule.

What somebody said of the one thing wins over what was set for many: a pasted address or a link by
command, then a mark in the text (`charter:churn/data-pipeline`), then a label or a tag, the prefix
of a branch, the path of the files, and last the repository or experiment as a whole. Of two that
disagree the earlier of these holds, and says that the other would have had it elsewhere.

A branch is called whatever whoever made it likes. In the repository itself that is somebody who may
write there; in a fork it may be anybody: there it counts only where the workspace knows who it was.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fnmatch import fnmatchcase
from typing import Final

from bot.sources.base import Evidence, Kind, PullRequest, Run
from bot.spelling import folded

TAG = "charter.project"
"""The tag, or parameter, of a run that names its project and, behind a slash, a stage of it."""
NOBODY: Final[frozenset[str]] = frozenset()


class By(IntEnum):
    """How it came to be attached, the strongest first."""

    HAND = 0
    """Somebody pasted its address, or linked it."""
    MARK = 1
    """Its text, or a tag of the run, says so."""
    LABEL = 2
    """A label of a pull request or a tag of a run that a rule names."""
    BRANCH = 3
    PATH = 4
    COMMIT = 5
    """The run's code was at a commit of a linked pull request."""
    STREAM = 6
    """All of the repository, or of the experiment."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What belongs to a project, as somebody set it. `item` is the key of a stage or component.

    `stream` is the repository (`owner/name`), experiment or tracker's project that it is about;
    `pattern` the label (or `name=value` of a tag), the prefix of the branch, or the path with `*`.
    """

    id: int
    project: int
    item: str | None
    source: str
    stream: str
    by: By
    pattern: str = ""


WORDS: Mapping[By, str] = {By.BRANCH: "branch", By.PATH: "path"}


def rule_words(kind: Kind, stream: str, by: By, pattern: str) -> str:
    """What a rule is about: "repository acme/churn, label data"."""
    of_code = kind is Kind.PULL_REQUEST
    head = f"{'repository' if of_code else 'experiment'} {stream}"
    if by is By.STREAM:
        return head
    return f"{head}, {WORDS.get(by, 'label' if of_code else 'tag')} {pattern}"


@dataclass(frozen=True, slots=True)
class Attached:
    """Where something belongs. `why` is the rule in words; `overruled` those that disagree."""

    project: int
    item: str | None
    by: By
    why: str
    overruled: tuple["Attached", ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Projects and their items by what a mark may call them: keys, names and aliases, folded."""

    projects: Mapping[str, int]
    items: Mapping[int, Mapping[str, str]]

    def place(self, mark: str) -> tuple[int, str | None] | None:
        """The project and item that a mark names; None where it names no project that is known,
        and without an item where it names none of that project's.
        """
        name, _, wanted = mark.partition("/")
        project = self.projects.get(folded(name))
        if project is None:
            return None
        return project, self.items.get(project, {}).get(folded(wanted)) if wanted else None


def attached(
    seen: Evidence,
    rules: Sequence[Rule],
    names: Names,
    commits: Mapping[str, tuple[int, str | None]],
    known: Container[str] = NOBODY,
) -> Attached | None:
    """Where something belongs that nobody linked by hand; None where nothing says so.

    `rules` are those of its source, the narrower of one kind first by their order. `commits` are
    those of linked pull requests, each with the project and item that these belong to; `known` the
    names there, in lower case, of people whom the workspace knows.
    """
    ruled = _ruled(seen, [rule for rule in rules if _counts(rule, seen, known)])
    found = [*_marked(seen, names), *ruled, *_by_commit(seen, commits)]
    if not found:
        return None
    found.sort(key=lambda one: one.by)
    first, *rest = found
    others = {(one.project, one.item): one for one in reversed(rest)}
    others.pop((first.project, first.item), None)
    if first.item is None:
        # A rule that knows no stage is made more exact by one of the same project that does.
        nearer = next((one for one in rest if one.project == first.project and one.item), None)
        if nearer:
            others.pop((nearer.project, nearer.item), None)
            first = Attached(first.project, nearer.item, first.by, f"{first.why}, {nearer.why}")
    exact = {one.project for one in (first, *others.values()) if one.item} | {first.project}
    elsewhere = tuple(one for one in others.values() if one.item or one.project not in exact)
    return Attached(first.project, first.item, first.by, first.why, elsewhere)


def _marked(seen: Evidence, names: Names) -> Iterator[Attached]:
    if isinstance(seen, PullRequest):
        said = [(mark, f"charter:{mark} in its text") for mark in seen.marks]
    else:
        told = seen.tags.get(TAG) or seen.params.get(TAG)
        said = [(told.strip().lower(), f"its tag {TAG}")] if told else []
    for mark, why in said:
        place = names.place(mark)
        if place:
            yield Attached(*place, By.MARK, why)


def _ruled(seen: Evidence, rules: Sequence[Rule]) -> Iterator[Attached]:
    stream = seen.repo.lower() if isinstance(seen, PullRequest) else seen.experiment_id
    for rule in rules:
        if rule.source != seen.ref.source or rule.stream not in ("", stream):
            continue
        if why := _fits(rule, seen):
            yield Attached(rule.project, rule.item, rule.by, why)


def _counts(rule: Rule, seen: Evidence, known: Container[str]) -> bool:
    """Whether what the rule goes by was said by somebody whose word it is."""
    is_strange = isinstance(seen, PullRequest) and seen.is_fork and seen.author.lower() not in known
    return not (rule.by is By.BRANCH and is_strange)


def _fits(rule: Rule, seen: Evidence) -> str | None:
    """In which words the rule takes it in; None where it does not."""
    match rule.by, seen:
        case By.LABEL, PullRequest(labels=labels):
            wanted = folded(rule.pattern)
            return f"label {rule.pattern}" if wanted in map(folded, labels) else None
        case By.LABEL, Run(tags=tags):
            name, _, value = rule.pattern.partition("=")
            return f"tag {rule.pattern}" if tags.get(name) == value else None
        case By.BRANCH, PullRequest(branch=branch):
            return f"branch {rule.pattern}…" if branch.startswith(rule.pattern) else None
        case By.PATH, PullRequest(paths=paths):
            inside = any(path_fits(path, rule.pattern) for path in paths)
            return f"files in {rule.pattern}" if inside else None
        case By.STREAM, _:
            return f"repository {rule.stream}" if isinstance(seen, PullRequest) else "experiment"
        case _:
            return None


def path_fits(path: str, pattern: str) -> bool:
    """Whether a file lies where a pattern says: `data/` and `data/**` are all below that folder,
    `*.sql` any file of that name at any depth.
    """
    pattern = pattern.removeprefix("/")
    if pattern.endswith(("/**", "/")):
        return path.startswith(pattern.rstrip("*"))
    if "/" not in pattern:
        return fnmatchcase(path.rpartition("/")[2], pattern) or path.startswith(f"{pattern}/")
    return fnmatchcase(path, pattern)


def _by_commit(seen: Evidence, commits: Mapping[str, tuple[int, str | None]]) -> Iterator[Attached]:
    if isinstance(seen, Run) and seen.commit:
        place = commits.get(seen.commit)
        if place:
            yield Attached(*place, By.COMMIT, f"commit {seen.commit[:9]} of a linked pull request")
