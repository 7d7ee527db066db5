"""How the tests talk to Charter: the first steps that many of them share."""

from handlers.playground.double import Double, Message, Person


def new_project(workspace: Double, name: str = "Fraud Radar", channel: str = "ml-fraud") -> Message:
    """Ana's project, the default of its channel; gives the message that says so."""
    ana = workspace.person("ana")
    ana.slash(f"/charter new {name}", channel)
    ana.gets_modal("New project")
    assert ana.submits() is None
    return ana.hears(name, channel)


def typed(person: Person, command: str, channel: str = "ml-fraud") -> Message:
    """What Charter answers to a command, to the one who typed it."""
    before = person.sees(channel)
    person.slash(f"/charter {command}", channel)
    return person.hears("", channel, after=before[-1] if before else None)


def mentioned(person: Person, text: str, channel: str = "ml-fraud") -> Message:
    """What Charter answers in the thread of a mention."""
    said = person.says(text, channel)
    return person.hears("", channel, said, after=said)


def written(person: Person, text: str) -> Message:
    """What Charter answers in the direct message with it."""
    return person.hears("", after=person.dms(text))
