"""What a person sees first: their letters, what they are for, and what is missing there."""

from collections.abc import Iterable, Iterator

from bot.gaps import gaps
from bot.outcome import HeldLetter, HomePage
from bot.project import Letter, Project
from handlers.service.facts import Known
from handlers.service.references import Desk
from storage import directory

PAGE = 8
MOST_READ = 40
"""Projects that Home looks into for letters and gaps: more would not fit its hundred blocks."""


def home(desk: Desk, page: int) -> HomePage:
    """Home of the desk's actor, who must be a person. Archived projects are left out."""
    assert desk.actor.person is not None
    me = desk.actor.person.id

    def read(known: Known) -> Project:
        return desk.cache.project(desk.session, desk.facts, known.id, desk.now)

    held = directory.held_by(desk.session, me, desk.now)
    open_ones = [known for known in desk.visible() if not known.archived]
    ids = {project for project, _item, _letter in held}
    by_name = sorted(open_ones, key=lambda known: (known.name.casefold(), known.id))
    holding = [one for one in by_name if one.id in ids]
    others = [one for one in by_name if one.id not in ids]
    others.sort(key=lambda known: known.lead != me)
    mine = {one.id: read(one) for one in [*holding, *others][:MOST_READ]}
    pages = max(1, -(-len(by_name) // PAGE))
    page = min(max(page, 1), pages)
    return HomePage(
        person=desk.facts.people[me],
        letters=tuple(_letters(held, mine)),
        projects=tuple(read(known) for known in by_name[(page - 1) * PAGE : page * PAGE]),
        gaps=tuple(gap for one in mine.values() for gap in gaps(one, desk.facts.people)),
        people=dict(desk.facts.people),
        page=page,
        pages=pages,
        held_since=(
            directory.held_since(desk.session, desk.facts.workspace)
            if desk.actor.is_admin
            else None
        ),
    )


def _letters(
    held: Iterable[tuple[int, int, Letter]], projects: dict[int, Project]
) -> Iterator[HeldLetter]:
    for project_id, item_id, letter in held:
        project = projects.get(project_id)
        if project is None:
            continue
        item = next((one for one in project.items if one.id == item_id), None)
        if item is not None:
            yield HeldLetter(project, item, letter)
