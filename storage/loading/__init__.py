"""A workspace document into the record: all of it or, on any error, nothing.

Entries are matched by their keys. What is not there is added, what the document says otherwise is
changed (and what was stays in the record), what it does not speak of stays; loading the same again
writes nothing. The format and the rules stand in docs/workspace-document.md.
"""

from bot.document import Document, LoadReport
from bot.errors import BadDocument
from storage.ledger import Book
from storage.loading.desk import Desk
from storage.loading.evidence import Evidence
from storage.loading.hidden import refuse_hidden
from storage.loading.items import load_items
from storage.loading.letters import Letters
from storage.loading.plans import Plans
from storage.loading.projects import Charters, load_projects
from storage.loading.team import load_delegations, load_labels, load_ladder, load_people
from storage.loading.work import Work


def load(book: Book, document: Document) -> LoadReport:
    """Write what differs, with an audit line for each thing touched.

    Raises `BadDocument` where the document contradicts what is recorded, or reaches for a project
    that the book's actor cannot see; the caller's transaction must then end without being kept.
    """
    desk = Desk(book)
    refuse_hidden(desk, document)
    load_labels(desk, document)
    titles = load_ladder(desk, document)
    people = load_people(desk, document)
    projects = load_projects(desk, document, people)
    load_delegations(desk, document, people, projects)
    Charters(desk, document, projects).load(people)
    items = load_items(desk, document, projects, titles)
    Letters(desk, projects, items, people).load(document)
    work = Work(desk, projects, items, people)
    work.load(document)
    Plans(desk, projects, {**items, **work.gone}, people).load(document)
    Evidence(desk, people, projects).load(document)
    if desk.problems:
        raise BadDocument(tuple(desk.problems))
    return desk.finish()
