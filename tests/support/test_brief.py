"""Which tests `make test` leaves to `make thorough`."""

from tests.support.brief import by_turns


def chosen(*names: str) -> list[str]:
    return list(by_turns(names))


def test_a_use_case_runs_on_one_database_and_all_of_them_on_each_by_turns() -> None:
    tests = [f"tests/handlers/test_a.py::test_{number}" for number in range(100)]
    names = [f"{one}[{kind}]" for one in tests for kind in ("sqlite", "postgresql")]
    found = chosen(*names)
    assert [one.partition("[")[0] for one in found] == tests
    assert 10 < sum("postgresql" in one for one in found) < 40
    assert found == chosen(*names), "the same each time"


def test_other_parameters_are_tests_of_their_own() -> None:
    names = [
        f"tests/handlers/test_a.py::test_a[{kind}-{way}]"
        for way in ("http", "socket")
        for kind in ("sqlite", "postgresql")
    ]
    assert sorted(one[-9:].partition("-")[2] for one in chosen(*names)) == ["http]", "socket]"]


def test_what_there_is_for_one_database_alone_runs() -> None:
    assert chosen("tests/test_a.py::test_a[sqlite]", "tests/test_a.py::test_b") == [
        "tests/test_a.py::test_a[sqlite]",
        "tests/test_a.py::test_b",
    ]


def test_what_belongs_to_the_database_runs_on_both() -> None:
    names = [f"tests/storage/test_a.py::test_a[{kind}]" for kind in ("sqlite", "postgresql")]
    assert chosen(*names) == names
