"""The scenes of the walk, by name: who goes where, and what they try there."""

from tests.browser.scenes.accountable import ACCOUNTABLE
from tests.browser.scenes.admin import ADMIN
from tests.browser.scenes.asker import ASKER
from tests.browser.scenes.breaker import BREAKER
from tests.browser.scenes.decider import DECIDER
from tests.browser.scenes.editor import EDITOR
from tests.browser.scenes.evidence import EVIDENCE
from tests.browser.scenes.exporter import EXPORTER
from tests.browser.scenes.leader import LEADER
from tests.browser.scenes.leaver import LEAVER
from tests.browser.scenes.lister import LISTER
from tests.browser.scenes.mover import MOVER
from tests.browser.scenes.outsider import OUTSIDER
from tests.browser.scenes.receiver import RECEIVER
from tests.browser.scenes.scene import Scene
from tests.browser.scenes.worrier import WORRIER

SCENES: dict[str, Scene] = {
    "outsider": Scene("Cy Moss", OUTSIDER),
    "editor": Scene("Bea Lind", EDITOR),
    "receiver": Scene("Bea Lind", RECEIVER),
    "accountable": Scene("Nia Okonkwo", ACCOUNTABLE),
    "decider": Scene("Nia Okonkwo", DECIDER),
    "worrier": Scene("Nia Okonkwo", WORRIER),
    "mover": Scene("Nia Okonkwo", MOVER),
    "admin": Scene("Sun-hee Park", ADMIN),
    "breaker": Scene("Maya Rosen", BREAKER),
    "asker": Scene("Bea Lind", ASKER),
    "lister": Scene("Nia Okonkwo", LISTER),
    "leader": Scene("Nia Okonkwo", LEADER),
    "leaver": Scene("Sun-hee Park", LEAVER),
    "evidence": Scene("Nia Okonkwo", EVIDENCE),
    "exporter": Scene("Nia Okonkwo", EXPORTER),
}
