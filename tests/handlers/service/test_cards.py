"""What a card may say where it stands: to whom, and how."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.errors import Forbidden, NotFound, Refused
from bot.links import LinkMade, Posted, Sight
from bot.orders import AddLink, AllowTitles, NewProject
from bot.sources.base import Kind, Trouble, Why
from handlers.service.links import Where
from tests.handlers.service.conftest import ELSEWHERE, HERE
from tests.handlers.service.linking import DIRECT, PRIVATE, URL, Linking, at_work, known_as
from tests.support.evidence import PULL


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        yield made


def test_of_a_private_repository_a_public_channel_reads_number_and_state(team: Linking) -> None:
    team.atlas()
    team.github.tells(replace(PULL, private=True))
    team.paste()
    team.paste(DIRECT, said="5.5")
    public, direct = team.cards()
    assert public.text.splitlines() == [
        "Pull request #7 – open",
        "Linked to Atlas, no stage yet.",
    ]
    assert not any(word in str(public.blocks) for word in ("acme", "Retry", "bea-x", "github.com"))
    assert (direct.channel, direct.thread_ts) == ("UANA", None)
    assert direct.text == public.text, "Charter's token may see more than Ana does"
    # What was never seen may be private as well.
    team.github.trouble = Trouble(Why.AWAY)
    team.charter.links.link(
        team.actor("ana"), AddLink("https://github.com/acme/churn/pull/8"), HERE
    )
    assert team.cards()[-1].text.splitlines() == [
        "Pull request #8",
        "Linked to Atlas, no stage yet.",
        "Not seen yet (no answer).",
    ]


def test_g6_where_the_project_allows_titles_all_who_may_know_of_it_read_them(
    team: Linking,
) -> None:
    team.atlas()
    team.github.tells(replace(PULL, private=True))
    team.paste()
    ana = team.actor("ana")
    with pytest.raises(Forbidden):
        team.charter.access.allow_titles(team.actor("bea"), AllowTitles(allowed=True), HERE)
    done = team.charter.access.allow_titles(ana, AllowTitles(allowed=True), HERE)
    assert [line.after for line in done.lines] == ["titles of what is in private repositories"]
    shown = team.charter.links.shown(team.actor("bea"), Kind.PULL_REQUEST, 1, HERE)
    assert shown.sight is Sight.FULL
    team.charter.polling.sync(team.workspace)
    [card] = team.cards()
    assert "Retry the weather feed" in card.text
    with pytest.raises(Refused):
        team.charter.access.allow_titles(ana, AllowTitles(allowed=True), HERE)
    team.charter.access.allow_titles(ana, AllowTitles(allowed=False), HERE)
    team.charter.polling.sync(team.workspace)
    [card] = team.cards()
    assert "Retry the weather feed" not in f"{card.text} {card.blocks}"


@pytest.mark.parametrize("login", ["Bea-X", "cy-m"])
def test_who_takes_part_in_a_pull_request_reads_all_of_it(team: Linking, login: str) -> None:
    known_as(team, "ana", "github", login)
    team.atlas()
    team.github.tells(replace(PULL, private=True))
    made = team.charter.links.link(team.actor("ana"), AddLink(URL), HERE)
    assert isinstance(made, LinkMade)
    assert made.card.sight is Sight.FULL
    others = team.charter.links.shown(team.actor("bea"), Kind.PULL_REQUEST, 1, HERE)
    assert others.sight is Sight.NUMBER
    team.paste(DIRECT, said="5.5")
    (public, direct) = team.cards()
    assert "Retry the weather feed" in direct.text
    assert "Retry the weather feed" not in public.text


def test_a_private_channel_reads_all_where_it_is_the_projects_own(team: Linking) -> None:
    team.atlas()
    team.github.tells(replace(PULL, private=True))
    team.charter.links.link(team.actor("ana"), AddLink(URL, project="Atlas"), PRIVATE)
    (elsewhere,) = team.cards()
    assert "Retry the weather feed" not in elsewhere.text
    team.charter.projects.bind(team.actor("ana"), "Atlas", PRIVATE)
    team.github.tells(replace(PULL, private=True, title="Retry the weather feed twice"))
    team.charter.polling.sync(team.workspace)
    assert "Retry the weather feed twice" in team.cards()[0].text


def test_a_private_project_is_told_of_in_its_own_channel_and_to_its_people(team: Linking) -> None:
    secret = NewProject("Atlas", private=True)
    team.charter.projects.create(team.actor("ana"), secret, PRIVATE)
    team.link(place=PRIVATE, item="data pipeline")
    [own] = team.cards()
    assert "Linked to Atlas, stage Data pipeline" in own.text
    assert own.confidential

    # Elsewhere: to its member alone, by command and in a thread, where nothing stands.
    made = team.link(project="atlas", place=ELSEWHERE)
    assert made.posted is Posted.DIRECT
    team.link(project="atlas", place=ELSEWHERE, where=Where("C0OTHER", "1.1", "1.1"))
    _own, direct, again = team.cards()
    assert (direct.channel, again.channel) == ("UANA", "UANA")
    with pytest.raises(NotFound):
        team.link(project="atlas", place=ELSEWHERE, by="cy")
    assert team.paste(ELSEWHERE, by="cy") is None, "there is no project that Cy could choose"


def test_a_channel_that_opens_up_reads_no_more_than_the_address(team: Linking) -> None:
    secret = NewProject("Atlas", private=True)
    team.charter.projects.create(team.actor("ana"), secret, PRIVATE)
    team.link(place=PRIVATE)
    team.charter.people.channel_learned(team.workspace, "C0SECRET", "secret", False, False)
    team.wait(minutes=10)
    team.sync()
    assert team.card() == "acme/churn#7"


def test_a_card_that_was_given_up_in_a_channel_that_opened_is_reduced_all_the_same(
    team: Linking,
) -> None:
    secret = NewProject("Atlas", private=True)
    team.charter.projects.create(team.actor("ana"), secret, PRIVATE)
    team.link(place=PRIVATE)
    outbox = team.charter.outbox
    [posted] = outbox.claim(team.workspace, 9)
    outbox.sent(posted, "1.1", "C0SECRET")
    team.github.tells(replace(PULL, title="Sell the weather feed"))
    team.wait(minutes=10)
    team.sync()
    [edit] = outbox.claim(team.workspace, 9)
    outbox.give_up(edit, "the channel is not private any more", refused=True)

    team.github.tells(replace(PULL, title="Sell all of it"))
    team.wait(minutes=10)
    team.sync()
    assert outbox.claim(team.workspace, 9) == [], "it would be refused again"
    team.charter.people.channel_learned(team.workspace, "C0SECRET", "secret", False, False)
    team.wait(minutes=10)
    team.sync()
    said = {parcel.channel: parcel for parcel in outbox.claim(team.workspace, 9)}
    last = said.pop("C0SECRET")
    assert (last.text, last.ts, last.posted_in) == ("acme/churn#7", "1.1", "C0SECRET")
    assert list(said) == ["UANA"], "who leads it hears that the channel opened"


def test_names_neither_ping_nor_format(team: Linking) -> None:
    team.atlas()
    team.github.tells(
        replace(PULL, title="<!channel> *x*", author="<@U1>", branch="https://evil.example")
    )
    team.paste()
    [row] = team.cards()
    kinds = {
        piece["type"]
        for block in row.blocks
        for section in block.get("elements", ())
        for piece in section.get("elements", ())
    }
    assert kinds == {"text", "link"}
    assert "<!channel> *x*" in row.text
    links = [
        piece["url"]
        for block in row.blocks
        for section in block.get("elements", ())
        for piece in section.get("elements", ())
        if piece["type"] == "link"
    ]
    assert links == [URL]
