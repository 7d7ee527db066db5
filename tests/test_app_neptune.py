"""Runs of Neptune at the command line."""

from tests.support.shell import Shell
from tests.support.tree import ROOT


def test_e1_runs_of_neptune_are_imported_once_and_answer_at_once(loaded: Shell) -> None:
    sample = ROOT / "tests" / "sources" / "neptune"
    lost = loaded.run("neptune", "import", str(sample))
    assert (lost.code, lost.out) == (1, "")
    assert lost.err == (
        "acme/churn/churn-run-7: no project of Charter's is called acme/churn; "
        "say which one: --project P\n"
    )
    line = "acme/churn/churn-run-7: {} (baseline-xgb, finished, auc 0.88, loss 0.05)\n"
    taken = loaded.run("neptune", "import", str(sample), "--project", "berth")
    assert (taken.code, taken.out, taken.err) == (0, line.format("imported"), "")
    again = loaded.run("neptune", "import", str(sample), "--project", "berth")
    assert (again.code, again.out, again.err) == (0, line.format("unchanged"), "")
    assert "baseline-xgb" in loaded.run("ask", "which runs are in berth?").out
    linked = loaded.run("link", "https://app.neptune.ai/acme/churn/e/CHU-1", "--project", "berth")
    assert "run churn-run-7 was linked already to Berth Planner" in linked.out

    broken = loaded.folder / "export"
    broken.mkdir()
    [whole] = sample.rglob("*.parquet")
    (broken / "a_part_0.parquet").write_bytes(whole.read_bytes()[:4_000])
    (broken / "b_part_0.parquet").write_bytes(whole.read_bytes())
    some = loaded.run("neptune", "import", str(broken), "--project", "berth")
    assert (some.code, some.out) == (1, line.format("unchanged"))
    assert some.err.startswith(f"{broken}/a_part_0.parquet cannot be read: it is cut off")
    empty = loaded.run("neptune", "import", str(loaded.folder / "nothing"))
    assert (empty.code, empty.out) == (1, "")
    assert "holds no runs: name the folder that neptune-exporter wrote." in empty.err
    assert loaded.run("audit", "verify").code == 0
