"""Projects confirmed, and asked about."""

from bot.orders import Confirm, SetReview
from handlers.orders.desk import Carriers, write

REVIEWS: Carriers = {
    Confirm: write(lambda charter, *asked: charter.reviews.confirm(*asked)),
    SetReview: write(lambda charter, *asked: charter.reviews.set(*asked)),
}
