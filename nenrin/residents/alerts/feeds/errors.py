"""What can go wrong between us and the feeds; every text is Japanese, for the staff."""


class FeedError(Exception):
    """Base of every failure to read a feed or fetch a telegram; worth trying again."""


class FeedUnreachable(FeedError):
    """No answer, an answer that took too long or broke off, or a status that is no success."""


class FeedTooLarge(FeedError):
    """More bytes than any feed or telegram has."""


class FeedMalformed(FeedError):
    """Not an Atom feed."""


class AddressRefused(FeedError):
    """An address we do not fetch from; trying again changes nothing."""
