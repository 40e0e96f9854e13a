"""What an issuer tells the holder of a badge about it."""

from enum import StrEnum


class Notice(StrEnum):
    """What has happened to a badge after it was awarded."""

    SUSPENDED = "suspended"
    LIFTED = "lifted"
    REVOKED = "revoked"
    CORRECTED = "corrected"
