"""The pages that somebody sees in their browser who installs Charter."""

from html import escape

from handlers.views.errors.installing import not_installed

BEGIN = "/slack/install"

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 12vh auto;
padding: 0 1rem; color: #1d1c1d; background: #fff }} a {{ color: #1264a3 }}</style></head>
<body><h1>{title}</h1>
{body}
</body></html>
"""


def installed(team: str, app: str, team_id: str, *, is_held: bool) -> str:
    """That it worked, and what to do next. `is_held`: Charter was there before."""
    address = f"https://slack.com/app_redirect?app={escape(app)}&amp;team={escape(team_id)}"
    lines = [
        f'<p><a href="{address}">Open Charter in Slack</a>, or type <code>/charter help</code> in '
        "any channel.</p>",
        "<p>Then invite Charter to your team's channel: <code>/invite @Charter</code></p>",
    ]
    if is_held:
        lines.append(
            "<p>All that it knew is still there. Nothing comes by the clock until an admin types "
            "<code>/charter resume</code>.</p>"
        )
    title = f"Charter is in {escape(team) or 'your workspace'}"
    return _PAGE.format(title=title, body="\n".join(lines))


def failed(why: str) -> str:
    """That it did not work, why, and what to do next."""
    body = f'<p>{escape(not_installed(why))}</p>\n<p><a href="{BEGIN}">Install Charter</a></p>'
    return _PAGE.format(title="Charter is not installed", body=body)
