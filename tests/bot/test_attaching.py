"""Which stage something belongs to, and which rule wins."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.attaching import Attached, By, Names, Rule, attached, path_fits
from bot.sources.base import Evidence
from bot.sources.marks import marks
from bot.spelling import folded
from tests.support.evidence import PULL, RUN

NAMES = Names(
    {folded(name): id for name, id in (("churn", 1), ("size-rec", 2))},
    {
        1: {folded("data-pipeline"): "data-pipeline", folded("etl"): "data-pipeline"},
        2: {folded("rollout"): "rollout"},
    },
)


def rule(by: By, pattern: str = "", item: str | None = None, project: int = 1, **more: str) -> Rule:
    return Rule(9, project, item, more.get("source", "github"), "acme/churn", by, pattern)


def where(seen: Evidence, *rules: Rule, **commits: tuple[int, str | None]) -> Attached | None:
    return attached(seen, rules, NAMES, commits)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("charter:size-rec/data-pipeline", ("size-rec/data-pipeline",)),
        ("Fixes it.\n\nCharter: Churn/ETL, really", ("churn/etl",)),
        ("charter:churn and charter:churn, charter:size-rec.", ("churn", "size-rec")),
        ("see https://x.example/charter:churn", ()),
        ("a magna-charter:churn", ()),
        ("charter:", ()),
    ],
)
def test_g1_a_mark_is_read_from_a_text(text: str, found: tuple[str, ...]) -> None:
    assert marks(text) == found


@pytest.mark.parametrize(
    ("seen", "rules", "place", "why"),
    [
        (
            replace(PULL, marks=("churn/etl",)),
            [],
            (1, "data-pipeline"),
            "charter:churn/etl in its text",
        ),
        (replace(PULL, labels=("Team Data",)), [rule(By.LABEL, "team data")], (1, None), "label"),
        (PULL, [rule(By.BRANCH, "retry-", "data")], (1, "data"), "branch retry-…"),
        (
            replace(PULL, paths=("README.md", "etl/jobs/load.sql")),
            [rule(By.PATH, "etl/**", "data")],
            (1, "data"),
            "files in etl/**",
        ),
        (PULL, [rule(By.STREAM)], (1, None), "repository acme/churn"),
    ],
)
def test_g1_the_rule_that_matched_is_told(
    seen: Evidence, rules: list[Rule], place: tuple[int, str | None], why: str
) -> None:
    found = where(seen, *rules)
    assert found
    assert (found.project, found.item) == place
    assert why in found.why
    assert found.overruled == ()


def test_g1_of_two_rules_that_disagree_the_explicit_one_wins_and_says_so() -> None:
    seen = replace(PULL, marks=("size-rec/rollout",), labels=("data",))
    found = where(seen, rule(By.STREAM), rule(By.LABEL, "data", "data-pipeline"))
    assert found
    assert (found.project, found.item, found.by) == (2, "rollout", By.MARK)
    assert [(one.project, one.item, one.why) for one in found.overruled] == [
        (1, "data-pipeline", "label data")
    ]


def test_a_rule_without_a_stage_is_made_more_exact_by_one_of_the_same_project() -> None:
    seen = replace(PULL, marks=("churn",), labels=("data",))
    found = where(seen, rule(By.STREAM), rule(By.LABEL, "data", "data-pipeline"))
    assert found == Attached(1, "data-pipeline", By.MARK, "charter:churn in its text, label data")


@pytest.mark.parametrize(
    ("seen", "rules", "commits"),
    [
        (PULL, [], {}),
        (replace(PULL, marks=("unknown/etl",)), [], {}),
        (PULL, [rule(By.BRANCH, "feature/")], {}),
        (PULL, [rule(By.PATH, "etl/")], {}),
        (replace(PULL, repo="acme/other"), [rule(By.STREAM)], {}),
        (PULL, [rule(By.STREAM, source="gitlab")], {}),
        (replace(RUN, commit="ff00"), [], {"ff01": (1, None)}),
    ],
)
def test_what_no_rule_names_belongs_nowhere(
    seen: Evidence, rules: list[Rule], commits: dict[str, tuple[int, str | None]]
) -> None:
    assert attached(seen, rules, NAMES, commits) is None


def test_e2_a_run_belongs_by_its_tag_its_experiment_or_its_commit() -> None:
    by_tag = where(replace(RUN, tags={"charter.project": "Churn/ETL"}))
    assert by_tag == Attached(1, "data-pipeline", By.MARK, "its tag charter.project")
    tagged = Rule(9, 1, "rollout", "mlflow", "", By.LABEL, "team=growth")
    assert where(replace(RUN, tags={"team": "growth"}), tagged) == Attached(
        1, "rollout", By.LABEL, "tag team=growth"
    )
    assert where(replace(RUN, tags={"team": "other"}), tagged) is None
    of_experiment = Rule(9, 2, None, "mlflow", "3", By.STREAM)
    assert where(replace(RUN, experiment_id="3"), of_experiment) == Attached(
        2, None, By.STREAM, "experiment"
    )
    by_commit = where(replace(RUN, commit="abc123"), of_experiment, abc123=(1, "data-pipeline"))
    assert by_commit == Attached(
        1, "data-pipeline", By.COMMIT, "commit abc123 of a linked pull request"
    )


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("data/a.sql", "data/", True),
        ("data/deep/a.sql", "/data/**", True),
        ("database/a.sql", "data/", False),
        ("deep/a.sql", "*.sql", True),
        ("data/a.sql", "data", True),
        ("data/a.sql", "data/*.sql", True),
        ("more/data/a.sql", "data/*.sql", False),
    ],
)
def test_a_path_fits_a_pattern_as_in_a_list_of_owners(path: str, pattern: str, fits: bool) -> None:
    assert path_fits(path, pattern) is fits


BYS = st.sampled_from([By.LABEL, By.BRANCH, By.PATH, By.STREAM])
RULES = st.lists(
    st.builds(
        rule,
        BYS,
        st.sampled_from(["data", "retry", "etl/", ""]),
        st.sampled_from([None, "data-pipeline", "rollout"]),
        st.sampled_from([1, 2]),
    ),
    max_size=6,
)


@given(RULES, st.permutations(["size-rec/rollout", "churn"]))
def test_the_strongest_rule_decides_in_whatever_order_they_were_set(
    rules: list[Rule], said: list[str]
) -> None:
    seen = replace(PULL, labels=("data",), paths=("etl/a.sql",), marks=(said[0],))
    found = where(seen, *rules)
    assert found
    assert found.by is By.MARK
    assert found.project == (2 if said[0].startswith("size") else 1)
    places = {(one.project, one.item) for one in found.overruled}
    assert (found.project, found.item) not in places
    assert len(places) == len(found.overruled)
