"""The workbook's sheet of risks and decisions."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from bot.decisions import Decision
from bot.exports import book
from bot.raid import Level, RaidEntry, RaidKind, Revision, Said
from bot.sheets import read, write
from tests.bot.exported import ATLAS, days, material, rows, sheets
from tests.bot.support import ANA, BEA, CY, DEE
from tests.support.clock import T0

FEED = Said("=the feed stops", 2, BEA, Level.HIGH, Level.HIGH, "a second vendor", days(-1))
RISK = RaidEntry(RaidKind.RISK, 1, (Revision(FEED, ANA, T0 - timedelta(days=2)),))
SETTLED = replace(FEED, item=None, owner=DEE, closed=True, because="it came")
CLOSED = RaidEntry(
    RaidKind.DEPENDENCY,
    1,
    (*RISK.revisions, Revision(SETTLED, CY, T0 - timedelta(days=1))),
)
DECISIONS = (
    Decision(2, 3, None, 2, "no trees", T0, ANA, BEA, "https://a.example/p1", T0, CY, "too slow"),
    Decision(1, 3, 2, 1, "boosted trees", T0, ANA),
)


def test_s8_risks_and_decisions_stand_in_a_sheet() -> None:
    atlas = replace(ATLAS, raid=(CLOSED, RISK))
    found = rows(sheets(atlas, decisions={3: DECISIONS})["Risks & decisions"])
    assert [row["Number"] for row in found] == ["R-1", "DEP-1", "D-2", "D-1"]
    assert found[0] == {
        "Project": "Atlas",
        "Number": "R-1",
        "Kind": "risk",
        "Text": "=the feed stops",
        "Of": "Data pipeline",
        "Owner": "Bea Sample",
        "Likelihood": "high",
        "Impact": "high",
        "Mitigation": "a second vendor",
        "Due": days(-1),
        "State": "◆ past its day",
        "Why": None,
        "Since": days(-2),
        "By": "Ana Sample",
        "Said by": None,
        "Source": None,
        "ID": "atlas/R-1",
    }
    told = ("Owner", "Of", "State", "Why", "Since", "By")
    assert [found[1][name] for name in told] == [
        *("Dee Sample (left)", "the project", "closed", "it came", days(-1), "Cy Sample")
    ]
    told = ("Text", "State", "Why", "By", "Said by", "Source")
    assert [found[2][name] for name in told] == [
        *("no trees", "withdrawn", "too slow", "Cy Sample", "Bea Sample", "message")
    ]
    assert (found[3]["State"], found[3]["Of"]) == ("holds", "Data pipeline")
    assert sheets(ATLAS)["Risks & decisions"][1][0] == "Nothing is kept yet."
    summary = {row[0]: row[1] for row in sheets(atlas)["Summary"]}
    assert summary["Risks and the like"] == (
        "1 open, 1 of them high in likelihood and impact, 1 past their day"
    )


def test_s7_a_decision_leads_to_its_message() -> None:
    made = write(book(material(ATLAS, decisions={3: DECISIONS})))
    assert read(made)["Risks & decisions"][1][-2:] == ["message", "atlas/D-2"]
    assert b"https://a.example/p1" in relations(made)


def relations(content: bytes) -> bytes:
    """What the parts of a workbook lead to."""
    with ZipFile(BytesIO(content)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
