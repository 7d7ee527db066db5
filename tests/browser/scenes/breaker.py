"""An admin who has to look into a private project that is not theirs."""

from tests.browser.scenes.scene import Step, becoming, home, quietly, reading

BREAKER: tuple[Step, ...] = (
    quietly('/charter new "Ice Watch" template=vision'),
    "/charter access private in Ice Watch",
    becoming("Sun-hee Park"),
    "/charter show Ice Watch",
    "/charter break-glass Ice Watch",
    "/charter break-glass Ice Watch because Maya is ill and the release is tomorrow",
    "/charter break-glass Ice Watch because I want to look again",
    "/charter show Ice Watch",
    "@Charter who leads Ice Watch?",
    home,
    becoming("Cy Moss"),
    "/charter break-glass Ice Watch because I want to look",
    reading("Maya Rosen", "Somebody looked"),
    becoming("Maya Rosen"),
    "/charter access Ice Watch",
    "/charter why",
)
