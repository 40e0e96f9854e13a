"""What can happen to a case. The words stand in addresses and in the history; pages show their titles from `wording`."""

from enum import StrEnum


class Event(StrEnum):
    """One act; the comment names the transition of DOMAIN §2.4 that it is, or is a part of."""

    DRAFT = "draft"  # T1
    REVISE = "revise"  # T1, the draft is changed
    CONFIRM = "confirm"  # T2, the learner of 14 to 17 agrees where the school asks for both
    SUBMIT = "submit"  # T2
    REGISTER = "register"  # T3
    ASK_DOCUMENTS = "ask-documents"  # T4
    SUPPLY = "supply"  # T5
    LAPSE = "lapse"  # T6
    START_CHECK = "start-check"  # T7
    RECHECK = "recheck"  # T7a
    RECORD_PROOF = "record-proof"  # T7a, a proof that a person saw
    ACCEPT_CHECK = "accept-check"  # T8
    REJECT_CHECK = "reject-check"  # T9
    AGREE_ASSESSMENT = "agree-assessment"  # T11, the family's agreement
    SIGN_MATRIX = "sign-matrix"  # T10, the teacher's part
    SEND_TO_COMMISSION = "send-to-commission"  # T10, the deputy's part
    START_ASSESSMENT = "start-assessment"  # T11
    FINISH_ASSESSMENT = "finish-assessment"  # T12
    SEND_BACK = "send-back"  # T13
    VOTE = "vote"  # T14, one member
    CONCLUDE = "conclude"  # T14, the protocol
    AGREE_PROPOSAL = "agree-proposal"  # T15, the family's agreement
    RETURN_PROPOSAL = "return-proposal"  # T13, from the director
    ORDER = "order"  # T15
    REFUSE = "refuse"  # T16
    NOTIFY = "notify"  # T17
    AMEND_PLAN = "amend-plan"  # T18
    CLOSE = "close"  # T19
    CLOSE_REFUSED = "close-refused"  # T20
    WITHDRAW = "withdraw"  # T21
    OPINION = "opinion"  # §2.2, of the tutor or class teacher
    APPEAL = "appeal"  # T22
    SUSPEND = "suspend"  # T22, the director halts the decision meanwhile
    UPHOLD = "uphold"  # T23
    REJECT_APPEAL = "reject-appeal"  # T23
    REVIEW = "review"  # T24
    KEEP = "keep"  # T25
    ANNUL = "annul"  # T25
