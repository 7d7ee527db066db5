"""Stages moved, and their dates set."""

from bot.orders import Due, Move
from handlers.orders.desk import Carriers, write

STAGES: Carriers = {
    Move: write(lambda charter, *asked: charter.stages.move(*asked)),
    Due: write(lambda charter, *asked: charter.stages.due(*asked)),
}
