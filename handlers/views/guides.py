"""What Charter says of itself: what a word means, or how something is done."""

from bot.qa.guide import Guide
from handlers.views.acts import Act
from handlers.views.kit import Block, bullets, button, code, paragraph, quiet


def told(guide: Guide) -> list[Block]:
    """The sentence, what to type, and where the documentation says more."""
    return [
        paragraph(f"{guide.says}."),
        bullets([[code(f"/charter {form}")] for form in guide.forms]) if guide.forms else {},
        quiet(f"More: {guide.page}"),
    ]


def more(guide: Guide) -> Block:
    """The help of the command, with all its forms; else the overview."""
    if not guide.topic:
        return button("Help", Act.HELP_SHOW)
    return button(
        f"All about {guide.topic}",
        Act.HELP_SHOW,
        {"t": guide.topic},
        spoken=f"Help about {guide.topic}, with all its forms",
    )
