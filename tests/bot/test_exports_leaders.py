"""What leaders look at first: summary, timeline, load, trends, and what is new since last time."""

import re
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as Xml
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from bot.exports import Form, book, rendered, tables
from bot.exports.lists import LEVEL, PERSON
from bot.exports.timeline import MOST_WEEKS
from bot.project import PersonHolder
from bot.sheets import Sheet, plain, read, write
from tests.bot.exported import ATLAS, TEAM, A, R, days, person, rows, sheets, stage
from tests.bot.rich import BEFORE, BERTH, CODE, COVE, PROJECTS, rich, since
from tests.bot.support import CY, held
from tests.support.clock import T0
from tests.support.packages import faults

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def made() -> bytes:
    return write(book(rich()))


@pytest.fixture(scope="module")
def found(made: bytes) -> Any:
    return read(made)


def opened(made: bytes) -> Any:
    return load_workbook(BytesIO(made))


def named(found: list[list[Any]]) -> dict[Any, Any]:
    return {row[0]: row[1] for row in found if row and row[0]}


def test_x1_every_data_sheet_is_one_table_with_a_head_in_view(made: bytes) -> None:
    book_made = opened(made)
    reading = {"Summary", "Timeline", "Matrix", "Lists & README"}
    assert {one.title for one in book_made if not one.tables} == reading
    names = [name for one in book_made for name in one.tables]
    assert len(set(names)) == len(names) == 13
    for sheet in book_made:
        for table in sheet.tables.values():
            first, last = table.ref.split(":")
            heads = [cell.value for cell in sheet[1]]
            assert (first, table.column_names) == ("A1", heads)
            assert (sheet.freeze_panes[1:], last[-1].isdigit()) == ("2", True)
            assert table.autoFilter.ref == table.ref
    assert book_made["Timeline"].freeze_panes == "C3"


def test_x1_the_summary_says_what_to_decide_what_may_go_wrong_and_what_nobody_owns(
    found: Any,
) -> None:
    told = named(found["Summary"])
    assert told["As of"].startswith("2026-11-23 11:00 (Europe/Berlin)")
    assert told["Export"] == f"{CODE}; the same data has the same id"
    assert told["Changes"].startswith(f"2 changes since {BEFORE} (18 Nov 11:00 CET)")
    assert (told["▲ Red"], told["◆ Amber"], told["● Green"]) == (1, 1, 1)
    text = "\n".join(str(cell) for row in found["Summary"] for cell in row if cell)
    assert "Decisions needed (1)" in text
    assert "Approve scope v1 (Bea Sample). Never approved." in text
    assert "Top risks (1)" in text
    assert "R-1 =the feed stops (Bea Sample, by 2026-11-22)" in text
    assert "Under way, and nobody accountable (1)" in text
    assert told["Seats without anybody"] == (
        "6: 2 accountable (1 for what is under way), 4 responsible; the sheet Gaps names them"
    )


def test_x1_the_portfolio_has_what_a_leader_asks_for(found: Any) -> None:
    berth = next(row for row in rows(found["Portfolio"]) if row["Project"] == "Berth planner")
    told = ("Sponsor", "Lead", "Current stage", "Accountable", "Health", "Health before")
    assert [berth[name] for name in told] == [
        "Bea Sample",
        "Bea Sample",
        "Modelling",
        "Cy Sample",
        "● Green",
        "◆ Amber",
    ]
    assert (berth["Best run"], berth["Gap closed"]) == (0.83, pytest.approx(0.65))
    assert (berth["Next milestone"], berth["Milestone due"]) == ("Pilot live", days(30))


def test_x2_the_totals_of_the_matrix_are_formulas_over_what_stands_there(made: bytes) -> None:
    sheet, values = opened(made)["Matrix"], read(made)["Matrix"]
    heads = values[1]
    totals = {row[0]: row for row in values if row[0] in ("Accountable for", "Responsible for")}
    for word, letter in (("Accountable for", "A"), ("Responsible for", "R")):
        for at in range(3, heads.index("Own")):
            counted = sum(
                row[heads.index("Own")] == 1 and letter in str(row[at] or "")
                for row in values[2:]
                if row[-1]
            )
            assert totals[word][at] == counted
        row = next(one for one in sheet.iter_rows() if one[0].value == word)
        assert str(row[3].value).startswith(f'=SUMPRODUCT(--ISNUMBER(FIND("{letter}",D3:D')


def test_x2_a_matrix_of_too_many_projects_says_where_the_others_are() -> None:
    many = [replace(ATLAS, id=at, key=f"p{at}", name=f"P {at:02}") for at in range(1, 33)]
    found = sheets(*many)
    shown = {row[0] for row in found["Matrix"][2:] if row[-1]}
    assert shown == {f"P {at:02}" for at in range(1, 31)}
    assert found["Matrix"][-1][0] == (
        "These are the first 30 of 32 projects. The sheet RACI has the letters of all of them; "
        "/charter export PROJECT gives the matrix of one."
    )
    assert {row["Project"] for row in rows(found["RACI"])} == {one.name for one in many}


def test_x2_the_load_counts_the_letters_of_the_list(made: bytes, found: Any) -> None:
    heads, first, *_ = opened(made)["Load"].iter_rows(min_col=3, max_col=6)
    for head, cell in zip(heads, first, strict=True):
        assert str(cell.value).endswith(f'$A2),--EXACT(RACI!$D$2:$D$15,"{head.value}"))')
    listed = Counter((row["Person"], row["Letter"]) for row in rows(found["RACI"]))
    *told, total = rows(found["Load"])
    for row in told:
        assert [row[letter] for letter in "ARCI"] == [listed[row["Person"], one] for one in "ARCI"]
    assert {row["Person"] for row in told} == {person for person, _ in listed}
    assert [total[letter] for letter in "ARCI"] == [
        sum(count for (_, each), count in listed.items() if each == one) for one in "ARCI"
    ]
    by_name = {row["Person"]: row for row in told}
    assert by_name["Cy Sample"]["What that means"] == "accountable for more than 1; alone on 1"
    assert by_name["Dee Sample"]["What that means"] == "has left"
    assert by_name["vacant (Data Engineer, DE-1)"]["What that means"] == "nobody yet"
    assert by_name["Bea Sample"]["ID"] == "bea"


def test_x2_people_whose_names_differ_by_case_alone_are_counted_apart() -> None:
    team = {**TEAM, 9: replace(TEAM[CY], id=9, key="cy2", name="cy sample")}
    framing = stage("framing", person(A, CY), person(R, 9), held(R, PersonHolder(CY), 5))
    one = replace(ATLAS, items=(framing,))
    load = {row["ID"]: row for row in rows(sheets(one, people=team)["Load"])}
    assert ([load["cy"][x] for x in "AR"], [load["cy2"][x] for x in "AR"]) == ([1, 1], [0, 1])


def test_x3_bars_are_painted_by_true_days_and_every_light_has_a_word_and_a_sign(
    made: bytes, found: Any
) -> None:
    sheet = opened(made)["Timeline"]
    heads = found["Timeline"][1]
    weeks = heads[10:]
    assert all(isinstance(week, date) and week.weekday() == 0 for week in weeks)
    assert len(weeks) <= MOST_WEEKS
    [area] = sheet.conditional_formatting
    assert [rule.formula[0] for rule in area.rules][-1] == "AND($E3<K$2+7,$G3>=K$2)"
    assert all(rule.dxf.fill.bgColor.rgb != "00000000" for rule in area.rules)
    told = {(row[0], row[1]): row[2:10] for row in found["Timeline"][2:] if row[1]}
    assert told["Berth planner", "Modelling"] == [
        "● in progress",
        "Cy Sample",
        days(-40),
        days(7),
        days(21),
        14,
        "planned 14 days later",
        None,
    ]
    # Nothing tells when it begins: when what comes before it is due.
    assert told["Berth planner", "Rollout"][2:5] == [days(21), days(70), days(70)]
    assert told["Berth planner", "Framing"][2:5] == [days(-70), days(-42), days(-40)]
    assert told["Berth planner", "the whole project"][0] == "● Green"
    for one in opened(made):
        assert one.page_setup.orientation == "landscape"
        is_one_page = one.title in ("Summary", "Lists & README")
        assert one.page_setup.fitToHeight == int(is_one_page)
        assert f"export {CODE}" in one.oddFooter.left.text
        assert one.oddFooter.right.text == "Page &P of &N"


def test_x4_what_changed_since_the_last_export_is_listed_and_noted(made: bytes, found: Any) -> None:
    told = [row["What"] for row in rows(found["Changes"]) if row["Project"]]
    assert told == ["due: 2026-12-07 → 2026-12-14", "A: Cy Sample → Bea Sample"]
    assert found["Changes"][-1][0] == f"2 changes since {BEFORE} (18 Nov 11:00 CET)"
    stages = opened(made)["Stages"]
    heads = [cell.value for cell in stages[1]]
    row = next(one for one in stages.iter_rows(min_row=2) if one[-1].value == "berth/modelling")
    due = row[heads.index("Forecast due")]
    assert due.comment.text == f"Was {days(14).isoformat()} ({BEFORE})."
    assert row[heads.index("Status")].comment is None
    raci = opened(made)["RACI"]
    notes = {one[-1].value: one[0].comment for one in raci.iter_rows(min_row=2)}
    assert notes["atlas/data_pipeline/A/bea"] is None
    assert notes["berth/rollout/A/ana"].text == f"New since {BEFORE}."


def test_x4_where_nothing_changed_it_says_so_and_notes_nothing() -> None:
    same = read(write(book(rich(since=None, same=since().at, changes=()))))
    assert same["Changes"][-1][0] == f"No change since {CODE} (18 Nov 11:00 CET)"
    assert named(same["Summary"])["Changes"].startswith(f"No change since {CODE}")
    late = opened(write(book(rich(since=since(at=T0), changes=()))))
    assert late["Changes"]["A2"].value == (
        f"No change since {BEFORE} (23 Nov 11:00 CET), but what may be seen is otherwise"
    )
    both = read(write(book(rich(since=since(), same=T0))))
    assert both["Changes"][-1][0] == (
        f"No change since {CODE} (23 Nov 11:00 CET); 2 changes since {BEFORE} (18 Nov 11:00 CET)"
    )
    first = opened(write(book(rich(since=None))))
    assert not [c for s in first for row in s.iter_rows() for c in row if c.comment]
    assert "Changes" not in named(read(write(book(rich(since=None))))["Summary"])


def test_edge_70_two_projects_of_one_name_stay_two_in_every_table() -> None:
    twin = replace(BERTH, name=ATLAS.name)
    found = read(write(book(rich(ATLAS, twin))))
    assert [row[0] for row in found["Portfolio"][1:]] == [ATLAS.name, ATLAS.name]
    for name in ("Portfolio", "RACI", "Stages"):
        keys = [str(row[-1]).partition("/")[0] for row in found[name][1:]]
        assert set(keys) == {"atlas", "berth"}, name
        assert len({row[-1] for row in found[name][1:]}) == len(keys), name


def test_x5_every_formula_in_the_package_is_one_that_charter_wrote(made: bytes) -> None:
    evil = replace(BERTH, name='=HYPERLINK("http://x")', key="evil", id=9)
    names = {key: replace(one, name=f"=1+{key}") for key, one in TEAM.items()}
    content = write(book(rich(*PROJECTS, evil, people=names)))
    ours = re.compile(
        r'SUMPRODUCT\(--ISNUMBER\(FIND\("[AR]",[A-Z]+\d+:[A-Z]+\d+\)\),\$[A-Z]+\$\d+:\$[A-Z]+\$\d+\)'
        r'|SUMPRODUCT\(--EXACT\(RACI!\$E\$2:\$E\$\d+,\$A\d+\),--EXACT\(RACI!\$D\$2:\$D\$\d+,"[ARCI]"\)\)'
        r"|SUM\([C-F]2:[C-F]\d+\)"
    )
    with ZipFile(BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name or "external" in name]
        sheets_of = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        trees = [Xml.fromstring(archive.read(name)) for name in sheets_of]
    formulas = [one.text or "" for tree in trees for one in tree.iter(f"{MAIN}f")]
    assert len(formulas) > 20
    assert [one for one in formulas if not ours.fullmatch(one)] == []
    rules = {one.text for tree in trees for one in tree.iter(f"{MAIN}formula")}
    offered = {one.text for tree in trees for one in tree.iter(f"{MAIN}formula1")}
    painted = re.compile(r'AND\(\$E3<K\$2.*\)|AND\(RIGHT\(\$I3,7\)="overdue",\$G3<\d+,K\$2<=.*\)')
    assert [one for one in rules if not painted.fullmatch(str(one))] == []
    assert offered == {"List_Status", "List_Letter", "List_Health", "List_Level", "List_Person"}


def test_x6_the_same_data_reader_and_clock_give_the_same_bytes(made: bytes) -> None:
    assert sha256(write(book(rich()))).digest() == sha256(made).digest()
    later = write(book(rich(now=T0 + timedelta(minutes=1))))
    assert sha256(later).digest() != sha256(made).digest()


def test_the_trend_tells_health_and_stages_week_by_week(made: bytes, found: Any) -> None:
    told = rows(found["Trend"])
    assert told[-1]["Week to"] == T0.date()
    assert [told[-1][name] for name in ("Red", "Amber", "Green")] == [1, 1, 1]
    assert (told[-1]["Stages done"], told[-1]["Stages"]) == (2, 9)
    assert told[0]["Stages done"] == 1
    assert [told[0][name] for name in ("Red", "Amber", "Green")] == [0, 0, 1]
    assert [told[-2][name] for name in ("Red", "Amber", "Green")] == [0, 2, 0]
    assert [one["Week to"] - before["Week to"] for before, one in pairwise(told)] == [
        timedelta(days=7)
    ] * (len(told) - 1)
    charts = {sheet.title: len(sheet._charts) for sheet in opened(made)}
    assert {name: count for name, count in charts.items() if count} == {
        "Summary": 1,
        "Load": 1,
        "Trend": 2,
        "Burn-up": 1,
    }


def test_the_burn_up_tells_how_far_each_metric_is(found: Any) -> None:
    told = rows(found["Burn-up"])
    assert {(row["Project"], row["Metric"], row["Target"]) for row in told} == {
        ("Berth planner", "Recall", 0.9)
    }
    assert (told[-1]["Best value"], told[-1]["Gap closed"]) == (0.83, pytest.approx(0.65))
    assert told[-1]["How it goes"].startswith("Recall: at this slope the target is met on")
    assert [row["How it goes"] for row in told[:-1]] == [None] * (len(told) - 1)


def test_standups_are_counts_of_a_project_and_week_and_nobodys_own(found: Any) -> None:
    assert [list(row.values()) for row in rows(found["Standups"])] == [
        ["Atlas", days(-7), 6, 5, 0, 0, 1, 1, "atlas/2026-11-16"],
        ["Atlas", days(0), 3, 0, 2, 1, 0, 0, "atlas/2026-11-23"],
    ]
    assert not any(one.name in repr(found["Standups"]) for one in TEAM.values())


def test_links_lead_to_work_and_of_a_private_repository_tell_the_number_alone(
    made: bytes, found: Any
) -> None:
    told = [(row["Kind"], row["Title"], row["State"]) for row in rows(found["Links"])]
    assert told[1:5] == [
        ("document", "Brief", None),
        ("pull request", "acme/churn#7 Retry the weather feed", "open"),
        ("pull request", "acme/churn#8", "open"),
        ("run", "gbm-4", "finished"),
    ]
    sheet = opened(made)["Links"]
    assert sheet["C4"].hyperlink.target == "https://github.com/acme/churn/pull/7"


def test_what_may_be_chosen_are_the_closed_lists_and_nobody_from_elsewhere(made: bytes) -> None:
    sheet = next(one for one in book(rich()).sheets if one.name == "Lists & README")
    assert chosen(sheet, LEVEL) == ["low", "medium", "high"]
    assert chosen(sheet, PERSON) == ["Ana Sample", "Bea Sample", "Cy Sample"]
    offered = {
        (one.title, str(each.sqref), each.formula1, each.errorStyle)
        for one in opened(made)
        for each in one.data_validations.dataValidation
    }
    assert ("RACI", "D2:D215", "List_Letter", "stop") in offered
    assert ("RACI", "E2:E215", "List_Person", "warning") in offered
    assert {title for title, *_ in offered} == {"Portfolio", "RACI", "Stages", "Risks & decisions"}


def chosen(sheet: Sheet, name: str) -> list[str]:
    span = sheet.lists[name]
    found = (plain(row[span.column - 1]) for row in sheet.rows[span.first - 1 : span.last])
    return [str(one) for one in found if one is not None]


def test_every_row_of_a_table_has_an_id_that_no_other_row_has() -> None:
    for sheet in tables(book(rich())):
        heads = [column.head for column in sheet.columns]
        if sheet.as_table in ("Changes", "Trend"):
            assert "ID" not in heads
            continue
        [column] = [one for one in sheet.columns if one.head == "ID"]
        assert column.hidden
        told = [str(plain(row[heads.index("ID")])) for row in sheet.rows]
        assert all("/" in one or sheet.as_table in ("Portfolio", "Load") for one in told)
        if sheet.as_table not in ("Blockers", "Burn_up"):
            assert len(set(told)) == len(told), sheet.name


def test_a_book_without_anything_is_a_book() -> None:
    bare = sheets(replace(COVE, items=(), private=False))
    assert bare["Timeline"][1][0] == "Cove watch"
    assert bare["Load"][1][0] == "Nobody holds a letter yet."
    assert bare["Trend"][1][0] == "There is no record of earlier weeks yet."
    assert bare["Burn-up"][1][0] == "No finished run says anything of a metric yet."
    assert bare["Standups"][1][0] == "Nobody was asked in the last 8 weeks."
    assert bare["Links"][1][0] == "Nothing is linked yet."


def test_x9_a_sheet_alone_looks_at_no_other() -> None:
    for name in ("Load", "RACI", "Stages"):
        content = rendered(book(rich()), Form.XLSX, name)
        assert faults(content) == []
        assert opened(content).sheetnames == [name]
        assert not opened(content)[name].data_validations.dataValidation
    assert read(rendered(book(rich()), Form.XLSX, "Load")) == {
        "Load": read(write(book(rich())))["Load"]
    }


def test_x2_in_a_book_that_would_take_long_to_open_the_load_is_plain_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = read(write(book(rich())))["Load"]
    monkeypatch.setattr(sys.modules["bot.exports.load"], "MOST_FORMULAS", 1)
    made = write(book(rich()))
    assert read(made)["Load"] == counted
    assert not [c for row in opened(made)["Load"].iter_rows() for c in row if c.data_type == "f"]
