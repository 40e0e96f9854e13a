"""Step 7 for 1EdTech revocation lists (VCRL 1.0).

They carry no signature: what they say is said by the page that the issuer itself named in the signed credential, and only as
long as it can be asked (THREATS V15).
"""

from schemas.credential import Credential
from schemas.reading import read_json
from schemas.refusals import Refused
from schemas.revocation_list import RevocationList
from schemas.status_entry import RevocationEntry
from verifier.status import LIST_BYTES, ListCopy, UnusableError, unreachable
from verifier.verdict import Check, Outcome


def judge_revocation(entry: RevocationEntry, copy: ListCopy, credential: Credential) -> Check:
    """The answer of one list about one credential."""
    try:
        revoked = _sound(entry, copy, credential).revokes(_id(credential))
    except UnusableError as reason:
        return Check("status", Outcome.UNKNOWN, reason.code, reason.params)
    except Refused:
        return Check("status", Outcome.UNKNOWN, "status-malformed")
    if revoked:
        return Check("status", Outcome.FAILED, "revoked")
    return Check("status", Outcome.PASSED, "status-unlisted")


def _sound(entry: RevocationEntry, copy: ListCopy, credential: Credential) -> RevocationList:
    if copy.body is None or not copy.fresh:
        raise unreachable(copy)
    found = RevocationList(read_json(copy.body, limit=LIST_BYTES))
    if found.issuer_id != credential.issuer_id:
        raise UnusableError("status-foreign")
    if found.url != entry.list_url:
        raise UnusableError("status-misplaced")
    return found


def _id(credential: Credential) -> str:
    """Without an id a credential cannot stand in such a list, so it can never be told."""
    if not credential.id:
        raise UnusableError("status-entry")
    return credential.id
