"""Every answer of every check in plain words: what it says, what it does not say, what to do next.

Keys are the codes that the verifier gives, those of `keys.errors.proofs` for proofs, and those of `schemas.refusals`. Parameters in
braces are names and dates that are safe to show to a stranger; those ending in `_at` are moments.
"""

from verifier.words.content import CONTENT, LEGACY, POSSESSION
from verifier.words.said import Words
from verifier.words.signature import FORMAT, KEY, PROOF, TOKENS
from verifier.words.standing import ENDORSEMENTS, MEMBERSHIP, REMARKS, STATUS

WORDS: dict[str, Words] = {
    **FORMAT,
    **PROOF,
    **TOKENS,
    **KEY,
    **MEMBERSHIP,
    **REMARKS,
    **ENDORSEMENTS,
    **STATUS,
    **CONTENT,
    **LEGACY,
    **POSSESSION,
}
"""Code → words, for every code there is."""
