"""Workspace documents: what is read is kept, and every fault is named at once, with its place."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from bot.document import LARGEST, Document, plain, read, schema, write
from bot.errors import BadDocument
from tests.support.documents import documents, ordered, sample, written_documents
from tests.support.tree import ROOT

Raw = dict[str, Any]


def faults(source: str | bytes) -> dict[str, str]:
    with pytest.raises(BadDocument) as caught:
        read(source)
    return {problem.path: problem.message for problem in caught.value.problems}


@pytest.mark.parametrize("path", written_documents(), ids=lambda path: path.parent.name)
def test_a_whole_document_is_read_and_written_again_unchanged(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = read(text)
    assert plain(document) == json.loads(text)
    assert read(write(document)) == document


@settings(max_examples=60)
@given(documents())
def test_what_is_written_reads_back_the_same(raw: Raw) -> None:
    document = read(json.dumps(raw))
    assert read(write(document)) == read(json.dumps(plain(document)))
    assert ordered(plain(document)) == ordered(raw)


def test_a_document_written_by_hand_may_be_short() -> None:
    document = read(
        """{"people": [{"key": "bea", "name": "Bea Lind"}],
            "projects": [{"key": "atlas", "name": "Atlas", "lead": "bea"}],
            "assignments":
                [{"project": "atlas", "item": "rollout", "raci": "A", "person": "bea"}]}"""
    )
    written = plain(document)
    assert written["people"][0]["first_name"] == "Bea"
    assert [stage["key"] for stage in written["stages"]][5] == "modelling"
    assert written["projects"][0]["stages"]["rollout"] == {
        "status": "not_started",
        "due": None,
        "updated": None,
        "blocker": None,
    }


def test_an_empty_object_is_an_empty_document() -> None:
    assert read("{}") == Document()


def test_the_schema_in_the_docs_is_the_one_of_the_code() -> None:
    path = ROOT / "docs" / "workspace-document.schema.json"
    assert path.read_text(encoding="utf-8") == schema()


@pytest.mark.parametrize("path", written_documents(), ids=lambda path: path.parent.name)
def test_whole_documents_keep_to_the_schema(path: Path) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert list(validator.iter_errors(raw)) == []
    raw["projects"][0]["colour"] = "red"
    assert [error.json_path for error in validator.iter_errors(raw)] == ["$.projects[0]"]


@pytest.mark.parametrize(
    ("source", "path", "message"),
    [
        ("", "line 1, column 1", "is not JSON: Expecting value"),
        ('{\n "people": [}', "line 2, column 13", "is not JSON: Expecting value"),
        ("[]", "", "must be an object, not a list"),
        ("null", "", "must be an object, not null"),
        ('"text"', "", "must be an object, not 'text'"),
        ("[" * 200_000, "", "is nested too deeply"),
        ('{"runs": 1' + "0" * 5000 + "}", "", "holds a number with too many digits"),
        (b"\xff\xfe{\x00}\x00", "", "is encoded in UTF-16; save it as UTF-8"),
        (b'{\n"\xe4": 1}', "line 2", "is not UTF-8 (byte 4); save it as UTF-8"),
        ('{"people": [], "people": []}', "people", "stands twice"),
        ('{"meta": {"org": "a", "org": "b"}}', "meta.org", "stands twice"),
        (b" " * (LARGEST + 1), "", "is larger than 100 MB; load it in parts"),
    ],
    ids=range(12),
)
def test_what_is_no_document_is_refused(source: str | bytes, path: str, message: str) -> None:
    assert faults(source) == {path: message}


def test_a_lone_surrogate_is_refused() -> None:
    [(path, message)] = faults('{"meta": {"org": "\\ud800"}}').items()
    assert path == ""
    assert message.startswith("is not JSON: ")


def test_a_byte_order_mark_of_utf_8_does_no_harm() -> None:
    assert read(b'\xef\xbb\xbf{"people": []}') == read('{"people": []}')
    assert read('\ufeff{"people": []}') == read('{"people": []}')


FAULTS: list[Raw] = json.loads(
    (Path(__file__).parent / "document_faults.json").read_text(encoding="utf-8")
)
"""Changes to the sample (`set` a place `to` a value), and the fault each makes `at` a place."""

STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def spoil(raw: Raw, fault: Raw) -> tuple[str, str]:
    """Make the change of a fault; gives where and what the fault is."""
    steps = [int(n) if n else name for n, name in STEP.findall(fault["set"])]
    place: Any = raw
    for step in steps[:-1]:
        place = place[step]
    if steps[-1] == len(place):
        place.append(fault["to"])
    else:
        place[steps[-1]] = fault["to"]
    where: str = fault["at"] if "at" in fault else fault["set"]
    says: str = fault["says"]
    return where, says


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{n}-{f['set']}" for n, f in enumerate(FAULTS)])
def test_each_fault_is_named_with_its_place(fault: Raw) -> None:
    raw = sample()
    path, message = spoil(raw, fault)
    assert faults(json.dumps(raw)).get(path) == message


def test_all_faults_are_told_at_once() -> None:
    raw = sample()
    parts = ("projects[0].stages", "runs[1].params", "delegations", "meta")
    wanted = dict(spoil(raw, fault) for fault in FAULTS if fault["set"].startswith(parts))
    assert len(wanted) == 7
    found = faults(json.dumps(raw))
    assert {path: found.get(path) for path in wanted} == wanted


def test_edge_11_two_accountable_one_after_the_other_are_none_too_many() -> None:
    raw = sample()
    last = len(raw["assignments"])
    first = raw["assignments"][0] | {"until": "2026-12-01"}
    raw["assignments"][0] = first
    raw["assignments"].append(first | {"person": "bea", "since": "2026-12-01", "until": None})
    assert len(read(json.dumps(raw)).assignments) == last + 1
    raw["assignments"][-1]["since"] = "2026-11-30T23:59:59Z"
    assert f"assignments[{last}]" in faults(json.dumps(raw))


def test_delegations_may_go_round_in_circles() -> None:
    raw = sample()
    raw["delegations"].append({**raw["delegations"][0], "person": "tariq", "delegate": "greta"})
    assert len(read(json.dumps(raw)).delegations) == 2


def test_the_documentation_names_every_key_and_its_example_holds() -> None:
    text = (ROOT / "docs" / "workspace-document.md").read_text(encoding="utf-8")
    parts = json.loads(schema())
    keys = {key for part in (parts, *parts["$defs"].values()) for key in part.get("properties", {})}
    headings = set(re.findall(r"^### (\w+)$", text, re.MULTILINE))
    assert (
        keys - set(re.findall(r"`\"?(\w+)\"?`", text)) - headings - {"slack_id", "handle"} == set()
    )
    [example] = re.findall(r"^```json\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(read(example).assignments) == 4
