"""What Charter says: values in, Block Kit out. Pure functions; no Slack, no store, no clock.

`kit` holds the primitives and Slack's limits, `acts` every action id and form id, `pressed` turns a
button's value back into an order. All others are named after what they show.

Whatever people wrote goes into plain_text or into text elements of rich_text, never into mrkdwn: no
name can ping or format. The first line answers; nothing is said by colour or emoji alone.
"""
