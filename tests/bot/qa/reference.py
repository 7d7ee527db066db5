"""What a right answer is, computed from a workspace document alone.

A second, plainer writing of the rules, which the engine is measured against. Here are the letters;
`reference_kinds` has everything else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.bot.qa.reference_kinds import Kinds
from tests.bot.qa.support import Document


@dataclass(frozen=True, slots=True)
class Expected:
    """A kind, the keys of the people named first, and `project/item` pairs.

    Where a question is not about people or stages they are None: whatever is named is right then.
    A fact is several ways to write one, any of which will do.
    """

    kind: str
    people: frozenset[str] | None = frozenset()
    stages: frozenset[str] | None = frozenset()
    verdict: str | None = None
    optional: frozenset[str] = frozenset()
    facts: tuple[tuple[str, ...], ...] = ()
    not_facts: tuple[str, ...] = ()
    also_kinds: tuple[str, ...] = ()


class Reference:
    """The rules over one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.rows = document["assignments"]
        self.active = {row["key"] for row in document["people"] if row.get("active", True)}
        self.projects = {row["key"]: row for row in document["projects"]}
        self.parts = {
            f"{project['key']}/{part['key']}": part
            for project in document["projects"]
            for part in project["components"]
        }
        now = document["meta"]["now"][:10]
        self.acting = {
            row["person"]: row["delegate"]
            for row in document.get("delegations", ())
            if row["from"] <= now <= row["until"]
        }

    def expected(self, want: Mapping[str, Any], asker: str) -> Expected:
        match want["kind"]:
            case "holders":
                return self._holders(want)
            case "load":
                return self._load(want, asker)
            case "help":
                return Expected("answer")
            case "answer":
                return Expected(
                    "answer",
                    frozenset(want.get("people", ())),
                    frozenset(want.get("stages", ())),
                    want.get("verdict"),
                )
            case "unknown" | "clarify" as kind:
                return Expected(kind)
            case _:
                seen = list(self._seen_by(asker))
                told = Kinds(self.document, seen, self.holders).expected(want)
                return replace(Expected("answer", None, None), **told)

    def _holders(self, want: Mapping[str, Any]) -> Expected:
        found = [self.headline(want["intent"], ref) for ref in want["refs"]]
        nobody = all(kind == "no_owner" for kind, _ in found)
        named = [who for kind, people in found if nobody or kind == "answer" for who in people]
        stages = frozenset(ref for ref in want["refs"] if "/" in ref)
        kind = "no_owner" if nobody else "answer"
        named = [self.acting.get(who, who) for who in named]
        verdict = want.get("verdict")
        if want.get("exists"):
            verdict = "no" if nobody else "yes"
        if somebody := want.get("is"):
            verdict = "yes" if not nobody and somebody in named else "no"
        also = ("answer",) if nobody and want["intent"] in ("consulted", "informed") else ()
        return Expected(kind, frozenset(named), stages, verdict, also_kinds=also)

    def headline(self, intent: str, ref: str) -> tuple[str, list[str]]:
        """Whom a question about one item or project names first."""
        if "/" not in ref:
            return "answer", [self.projects[ref]["lead"]]
        accountable, responsible = self.holders(ref, "A"), self.holders(ref, "R")
        if intent in ("owner", "accountable"):
            return ("answer", accountable) if accountable else ("no_owner", self._near(ref))
        if intent in ("responsible", "contact"):
            fallback = accountable or [self.projects[ref.partition("/")[0]]["lead"]]
            kind = "answer" if responsible or intent == "contact" else "no_owner"
            return kind, responsible or fallback
        people = self.holders(ref, "C" if intent == "consulted" else "I")
        return ("answer" if people else "no_owner"), people

    def _near(self, ref: str) -> list[str]:
        part = self.parts.get(ref)
        project = ref.partition("/")[0]
        above = self.holders(f"{project}/{part['stage']}", "A") if part else []
        return self.holders(ref, "R") or above or [self.projects[project]["lead"]]

    def holders(self, ref: str, letter: str) -> list[str]:
        project, item = ref.split("/")
        part = self.parts.get(ref)
        if part and part.get("inherits_raci"):
            item = part["stage"]
        return [
            row["person"]
            for row in self.rows
            if (row["project"], row["item"], row["raci"]) == (project, item, letter)
            and row["person"] in self.active
        ]

    def _load(self, want: Mapping[str, Any], asker: str) -> Expected:
        seen = set(want.get("projects") or self._seen_by(asker))
        held = frozenset(
            f"{row['project']}/{row['item']}"
            for row in self.rows
            if row["person"] == want["person"]
            and row["raci"] in want["letter"]
            and row["project"] in seen
        )
        verdict = want.get("verdict")
        if want.get("any"):
            verdict = "yes" if held else "no"
        return Expected("answer", frozenset((want["person"],)), held, verdict)

    def _seen_by(self, asker: str) -> Iterable[str]:
        for key, row in self.projects.items():
            inside = asker == row["lead"] or asker in row.get("members", ())
            if (inside or not row.get("private")) and not row.get("archived"):
                yield key
