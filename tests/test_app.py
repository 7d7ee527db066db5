"""The command line's contract: results alone on standard output, and exit codes 0, 1 and 2."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from openpyxl import load_workbook

from tests.support.shell import SAMPLE, Shell
from tests.support.tree import ROOT


def test_load_ask_dump_and_verify(loaded: Shell) -> None:
    again = loaded.run("load", str(SAMPLE))
    parts = json.loads(again.out)["parts"]
    assert (again.code, again.err) == (0, "")
    assert {(part["created"], part["changed"]) for part in parts.values()} == {(0, 0)}

    asked = loaded.run("ask", "who owns the data pipeline?", "--channel", "berth")
    assert asked.code == 0
    assert asked.out.startswith("Bea Lind is accountable for Data pipeline in Berth Planner")

    as_json = json.loads(loaded.run("ask", "who owns the ETL in berth?", "--json").out)
    assert as_json.keys() == {"kind", "text", "people", "stages", "verdict"}
    assert (as_json["kind"], as_json["people"], as_json["stages"]) == (
        "answer",
        ["bea"],
        ["berth/data_pipeline"],
    )

    dumped = loaded.run("dump")
    (loaded.folder / "copy.json").write_text(dumped.out, encoding="utf-8")
    other = Shell(loaded.folder, f"sqlite:///{loaded.folder}/copy.db")
    assert other.run("load", "copy.json").code == 0
    assert other.run("dump").out == dumped.out

    verified = loaded.run("audit", "verify")
    assert verified.code == 0
    assert verified.out.endswith(" 0 faults\n")


def test_what_is_logged_never_stands_among_the_results(loaded: Shell) -> None:
    program = (
        "import sys, app, structlog\n"
        "def logging(options, settings):\n"
        "    structlog.get_logger('charter.deed').warning('slot_missed', key='blockers')\n"
        "    return app.dump(options, settings)\n"
        "app.DEEDS['dump'] = logging\n"
        "sys.exit(app.main(['dump']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": loaded.url},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout)["projects"]
    assert json.loads(done.stderr)["event"] == "slot_missed"


def test_ask_batch(loaded: Shell) -> None:
    questions = [
        {"id": "1", "text": "who owns it?", "context": {"channel_project": None, "asker": None}},
        {"id": "2", "text": "what do I own", "context": {"channel_project": None, "asker": "cy"}},
        {
            "id": "3",
            "text": "pipeline owner?",
            "context": {"channel_project": "berth", "asker": "cy"},
        },
    ]
    file = loaded.folder / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in questions) + "\n", encoding="utf-8")
    said = loaded.run("ask", "--batch", str(file), "--now", "2026-11-23T10:00:00Z")
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [line["id"] for line in lines] == ["1", "2", "3"]
    assert lines[0]["kind"] in {"clarify", "unknown"}
    assert lines[1]["people"] == ["cy"]
    assert lines[2]["people"] == ["bea"]


@pytest.mark.parametrize(
    "line",
    [
        '{"id": 1}',
        "[1]",
        "[" * 100_000,
        '{"id": 1, "text": 7}',
        '{"id": 1, "text": "who?", "context": "x"}',
        '{"id": 1, "text": "who?", "context": {"channel_project": ["berth"]}}',
        '{"id": 1, "text": "who?", "context": {"asker": ["bea"]}}',
    ],
    ids=lambda line: line[:50],
)
def test_a_batch_with_a_faulty_line_is_refused_as_a_whole(loaded: Shell, line: str) -> None:
    file = loaded.folder / "questions.jsonl"
    file.write_text(f'{{"id": 0, "text": "who owns\u2028it?"}}\n\n{line}\n', encoding="utf-8")
    said = loaded.run("ask", "--batch", str(file))
    assert (said.code, said.out) == (2, "")
    assert (
        said.err == f'{file}, line 3: expected one JSON object with "id", "text" and "context".\n'
    )


def test_ask_explains_each_step(loaded: Shell) -> None:
    question = ("ask", "who owns the ETL in berth?", "--explain")
    said = loaded.run(*question)
    assert (said.code, said.err) == (0, "")
    assert "Decided\n  the grammar of letters: it asks who holds a letter (owner)\n" in said.out
    assert "About\n  Data pipeline in Berth Planner: the project is named\n" in said.out
    plain = json.loads(loaded.run("ask", "who owns the ETL in berth?", "--json").out)
    told = json.loads(loaded.run(*question, "--json").out)
    steps = {one["step"]: one["lines"] for one in told.pop("steps")}
    assert told == plain
    assert steps["Answer"] == ["answer", plain["text"]]


def test_private_projects_are_told_to_their_people_alone(loaded: Shell) -> None:
    public = loaded.run("ask", "who leads Lighthouse?", "--json")
    assert json.loads(public.out)["kind"] == "unknown"
    member = loaded.run("ask", "who leads Lighthouse?", "--as", "nia", "--json")
    assert json.loads(member.out)["kind"] == "answer"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("ask",), "Ask something"),
        (("ask", "--batch", "questions.jsonl", "--explain"), "One question is explained"),
        (("ask", "who?", "--as", "nobody"), "nobody"),
        (("ask", "who?", "--channel", "nowhere"), "nowhere"),
        (("ask", "who?", "--now", "yesterday"), "yesterday"),
        (("ask", "who?", "--workspace", "7"), "7"),
        (("link", "https://x.example/a"), "--project berth"),
        (("link", "https://x.example/a", "--project", "nowhere"), "nowhere"),
        (("link", "here", "--project", "berth"), "is no address"),
        (("sync", "--source", "gitlab"), "gitlab"),
        (("load", "missing.json"), "missing.json"),
        (("fly",), "fly"),
    ],
)
def test_what_is_refused_says_why_and_leaves_with_2(
    loaded: Shell, arguments: tuple[str, ...], word: str
) -> None:
    said = loaded.run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert word in said.err
    assert "Traceback" not in said.err


def test_an_address_is_kept_and_a_run_is_looked_at(loaded: Shell) -> None:
    kept = loaded.run("link", "https://docs.example/plan", "--project", "berth", "--as", "ivo")
    assert (kept.code, kept.err) == (0, "")
    assert "https://docs.example/plan is kept among the links of Berth" in kept.out
    nothing = loaded.run("sync")
    assert (nothing.code, nothing.out) == (0, "")
    assert "No source is set up" in nothing.err

    tracker = "http://127.0.0.1:1"  # where nobody listens
    run = f"{tracker}/#/experiments/3/runs/{'0ab12' * 6}00"
    at = {"MLFLOW_TRACKING_URI": tracker}
    linked = loaded.run("link", run, "--project", "berth", "--item", "modelling", **at)
    assert (linked.code, linked.err) == (0, "")
    assert "run 0ab120ab120a is linked to Modelling (Berth Planner)" in linked.out
    assert "Not seen yet (no answer)." in linked.out
    synced = loaded.run("sync", "--source", "mlflow", "--now", "2027-01-01T00:00:00Z", **at)
    assert synced.out == "mlflow: 1 looked at; none changed; 1 not seen (no answer)\n"
    assert synced.code == 0
    assert "0ab12" in loaded.run("dump").out

    # The record says that these came from the command line, not from a document.
    out = loaded.folder / "book.xlsx"
    assert loaded.run("export", "berth", "--out", str(out)).code == 0
    rows = list(load_workbook(out)["Changes"].iter_rows(values_only=True))
    assert [row[-1] for row in rows if "0ab12" in str(row)] == ["command line"]


def test_a_faulty_document_names_every_fault_and_writes_nothing(loaded: Shell) -> None:
    before = loaded.run("dump", "--workspace", "1").out
    document = json.loads(SAMPLE.read_text(encoding="utf-8"))
    document["colour"] = "blue"
    document["projects"][0]["lead"] = "nobody"
    document["people"][0]["timezone"] = "Mars/Olympus"
    file = loaded.folder / "faulty.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    said = loaded.run("load", str(file))
    assert (said.code, said.out) == (2, "")
    for place in ("colour", "projects[0].lead", "people[0].timezone"):
        assert place in said.err
    after = loaded.run("dump", "--workspace", "1").out
    assert _without_now(after) == _without_now(before)


def _without_now(dumped: str) -> object:
    document = json.loads(dumped)
    document["meta"].pop("now", None)
    return document


def test_a_faulty_first_document_leaves_nothing_behind(shell: Shell) -> None:
    (shell.folder / "faulty.json").write_text('{"people": 7}', encoding="utf-8")
    assert shell.run("load", "faulty.json").code == 2
    said = shell.run("dump")
    assert (said.code, said.out) == (2, "")


def test_only_admins_load_as_themselves(loaded: Shell) -> None:
    said = loaded.run("load", str(SAMPLE), "--as", "cy")
    assert (said.code, said.out) == (2, "")
    assert "admin" in said.err


def test_wrong_settings_are_reported_together(shell: Shell) -> None:
    said = shell.run("doctor", DATABASE_URL="mysql://x", PORT="many", SLACK_BOT_TOKEN="hello")
    assert (said.code, said.out) == (2, "")
    for name in ("DATABASE_URL", "PORT", "SLACK_BOT_TOKEN"):
        assert name in said.err
    assert "hello" not in said.err


def test_doctor_tells_of_a_healthy_house(loaded: Shell) -> None:
    said = loaded.run("doctor")
    assert said.code == 0
    assert "playground" in said.out
    assert "the chain is whole" in said.out
    assert "wrong" not in said.out


def test_a_tampered_record_leaves_with_1(loaded: Shell) -> None:
    with sqlite3.connect(loaded.folder / "charter.db") as connection:
        connection.execute("UPDATE audit SET action = 'Nothing' WHERE seq = 9")
    connection.close()
    said = loaded.run("audit", "verify")
    assert said.code == 1
    assert "workspace 1, line 9: the line was changed" in said.out
    assert loaded.run("doctor").code == 1


@pytest.mark.parametrize("url", ["http://charter.example.org", "charter.example.org", "https://"])
def test_an_address_that_slack_does_not_take_is_refused(shell: Shell, url: str) -> None:
    ended = shell.run("manifest", "--url", url)
    assert (ended.code, ended.out) == (2, "")
    assert "is no address such as https://charter.example.org" in ended.err


def test_the_manifest_is_json_for_both_ways(shell: Shell) -> None:
    socket_mode = json.loads(shell.run("manifest").out)
    assert socket_mode["settings"]["socket_mode_enabled"] is True
    url = "https://charter.example/slack/events"
    http = json.loads(shell.run("manifest", "--url", url).out)
    assert http["settings"]["event_subscriptions"]["request_url"] == url
    assert http["settings"]["socket_mode_enabled"] is False


def test_a_port_in_use_is_named(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = shell.run("playground", PORT=port)
    assert (said.code, said.out) == (1, "")
    assert port in said.err
    assert "Traceback" not in said.err


def test_without_slack_nothing_but_the_playground_database_is_written(shell: Shell) -> None:
    assert shell.run("manifest").code == 0
    assert list(shell.folder.iterdir()) == []


def test_options_stand_before_a_command_or_after_it(loaded: Shell) -> None:
    other = f"sqlite:///{loaded.folder}/other.db"
    (loaded.folder / "small.json").write_text('{"meta": {"org": "Small"}}', encoding="utf-8")
    assert loaded.run("--database", other, "load", "small.json").code == 0
    assert json.loads(loaded.run("dump", "--database", other).out)["meta"]["org"] == "Small"
    lines = [
        loaded.run(*arguments).out
        for arguments in (
            ("--database", other, "audit", "verify"),
            ("audit", "--database", other, "verify"),
            ("audit", "verify", "--database", other),
        )
    ]
    assert len(set(lines)) == 1
    assert loaded.run("audit", "verify").out not in lines
    for arguments in (("--workspace", "7", "dump"), ("dump", "--workspace", "7")):
        said = loaded.run(*arguments)
        assert (said.code, said.out) == (2, "")
        assert "7" in said.err


def test_commands_that_read_wait_for_no_writer(loaded: Shell) -> None:
    with closing(sqlite3.connect(loaded.folder / "charter.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        for arguments in (("ask", "who leads berth?"), ("dump",), ("audit", "verify"), ("doctor",)):
            assert loaded.run(*arguments).code == 0, arguments
        said = loaded.run("load", str(SAMPLE))
    assert (said.code, said.out) == (1, "")
    assert "I cannot reach the database" in said.err


def test_a_reader_that_leaves_early_hears_nothing_more(loaded: Shell) -> None:
    dumping = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), "dump", "--database", loaded.url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert dumping.stdout is not None
    assert dumping.stderr is not None
    dumping.stdout.close()
    with dumping.stderr:
        assert dumping.stderr.read() == b""
    assert dumping.wait(timeout=60) == 1


@pytest.mark.parametrize("arguments", [("load", "."), ("ask", "--batch", ".")])
def test_a_folder_is_no_file(loaded: Shell, arguments: tuple[str, ...]) -> None:
    said = loaded.run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(". cannot be read: ")
    assert said.err.count("\n") == 1
