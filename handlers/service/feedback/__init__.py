"""Questions that were not answered, or not rightly: kept, listed to those who can settle them, and
asked again once that is done.
"""

from handlers.service.feedback.again import KIND, Again
from handlers.service.feedback.keeping import Feedback

__all__ = ["KIND", "Again", "Feedback"]
