"""What the standards call the reasons of ours: problem types of Bitstring Status List 1.0 §3.5, beside our own codes."""

from typing import Final

_STATUS: Final = "https://www.w3.org/ns/credentials/status-list#"
_ERRORS: Final = {
    "STATUS_RETRIEVAL_ERROR": ("status-unreachable", "status-unreachable-since"),
    "STATUS_VERIFICATION_ERROR": (
        "status-unsigned",
        "status-foreign",
        "status-misplaced",
        "status-purpose",
        "status-loop",
        "status-stale",
        "status-rolled-back",
        "status-early",
    ),
    "STATUS_LIST_LENGTH_ERROR": ("status-list-length",),
    "RANGE_ERROR": ("status-range",),
    "MALFORMED_VALUE_ERROR": ("status-malformed", "status-entry"),
}
PROBLEMS: Final = {code: f"{_STATUS}{error}" for error, codes in _ERRORS.items() for code in codes}
"""Our code → the address that stands for the standard's error."""
