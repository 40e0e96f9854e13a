"""Why a JSON Web Signature, a token or a disclosure is refused: one class and one stable code per reason.

TokenInvalid
├── the JWS             JwsMalformed, JwsTooLarge, HeaderMalformed, AlgorithmNone, AlgorithmSymmetric, AlgorithmUnknown,
│                       AlgorithmWrong, CriticalUnknown, PayloadUnencoded, KeyInHeader, HeaderForeign
├── the token           TypeWrong, ClaimWrong, ClaimMissing, NestedClaim, EnvelopeWrong, EnvelopeUnknown
├── the disclosures     DisclosureMalformed, DisclosureTwice, DisclosureForeign, NameReserved, HashUnknown
└── the holder          BindingWrong, BindingMissing
"""

from keys.errors.proofs import ProofInvalid
from schemas.errors import N_, BadInput, TooLarge


class TokenInvalid(ProofInvalid):
    """Base: the token breaks a rule of its form."""

    code = "token"
    sentence = N_("Подпись в этом файле составлена не по правилам. Попросите организацию выдать файл заново.")


class JwsMalformed(TokenInvalid):
    """Not three parts of base64url, each in its one spelling and the first a JSON object (RFC 7515 §3.1)."""

    code = "jws-malformed"
    sentence = N_("Текст значка повреждён или скопирован не целиком. Скопируйте его ещё раз.")


class JwsTooLarge(TooLarge, TokenInvalid):
    """Longer than a token may be."""

    code = "jws-too-large"
    sentence = N_("Текст значка слишком длинный. Проверьте, тот ли файл выбран.")


class HeaderMalformed(TokenInvalid):
    """The header holds one member twice, or a value of the wrong type (RFC 7515 §4)."""

    code = "jws-header"


class AlgorithmNone(TokenInvalid):
    """`alg` is "none": nobody signed."""

    code = "jws-alg-none"
    sentence = N_("В этом файле нет подписи: его мог составить кто угодно. Попросите показать исходный файл.")


class AlgorithmSymmetric(TokenInvalid):
    """`alg` names a MAC: whoever can check it can also make it."""

    code = "jws-alg-symmetric"
    sentence = N_("Способ подписи в этом файле доступен любому, кто её проверяет. Не принимайте этот файл.")


class AlgorithmUnknown(TokenInvalid):
    """`alg` is none of the algorithms that are read here. Params: `algorithm`."""

    code = "jws-alg-unknown"
    sentence = N_(
        "Способ подписи «{algorithm}» здесь не поддерживается. Спросите у организации файл с другой подписью."
    )


class AlgorithmWrong(TokenInvalid):
    """`alg` is not the algorithm of the key."""

    code = "jws-alg-key"
    sentence = N_("Подпись названа не тем способом, для которого сделан ключ. Попросите показать исходный файл.")


class CriticalUnknown(TokenInvalid):
    """`crit`: no extension of the header is understood here (RFC 7515 §4.1.11)."""

    code = "jws-crit"


class PayloadUnencoded(TokenInvalid):
    """`b64` or an encryption's members: the payload would be something else than what is read (RFC 7797)."""

    code = "jws-b64"


class KeyInHeader(TokenInvalid):
    """`jwk`, `jku`, `x5u`, `x5c` or `x5t`: the token brings its own key (THREATS V7)."""

    code = "jws-key"
    sentence = N_("Файл приносит ключ для проверки самого себя. Не принимайте этот файл.")


class HeaderForeign(TokenInvalid):
    """A member that the profile does not allow in the header (OB 3.0 §8.2.4.1)."""

    code = "jws-header-member"


class TypeWrong(TokenInvalid):
    """`typ` or `cty` is not that of a credential or presentation, or of the other form (RFC 8725 §3.11)."""

    code = "jwt-typ"


class ClaimWrong(TokenInvalid):
    """A claim has the wrong type, or says something else than the credential. Params: `claim`."""

    code = "jwt-claim"
    sentence = N_(
        "Сведения в подписи и в самом значке расходятся: «{claim}». Попросите организацию выдать файл заново."
    )


class ClaimMissing(TokenInvalid):
    """A claim that the profile demands is not there. Params: `claim`."""

    code = "jwt-claim-missing"
    sentence = N_("В подписи не хватает сведений: «{claim}». Попросите организацию выдать файл заново.")


class NestedClaim(TokenInvalid):
    """A claim `vc` or `vp` where the payload is the credential itself (VC-JOSE-COSE §3.1)."""

    code = "jwt-vc-claim"


class EnvelopeWrong(TokenInvalid):
    """Not an enveloped credential: another member, another media type, no token in its `id` (VCDM 2.0 §4.13)."""

    code = "envelope"


class EnvelopeUnknown(EnvelopeWrong):
    """An enveloped credential in a form that is not read here (COSE, say)."""

    code = "envelope-unknown"


class DisclosureMalformed(TokenInvalid):
    """A disclosure is no array of a salt, a name and a value, or stands where another kind belongs (RFC 9901 §7.1)."""

    code = "sd-malformed"


class DisclosureTwice(TokenInvalid):
    """One digest stands in two places, or one name twice in an object (RFC 9901 §7.1 steps 3 and 4)."""

    code = "sd-twice"


class DisclosureForeign(TokenInvalid):
    """A disclosure that nothing in the signed part refers to (RFC 9901 §7.1 step 5)."""

    code = "sd-foreign"


class NameReserved(TokenInvalid):
    """`_sd` or `...` as a name of a claim, or a claim that must not be concealed (RFC 9901 §4.1, §9.7)."""

    code = "sd-reserved"


class HashUnknown(TokenInvalid):
    """`_sd_alg` is no hash that is read here (RFC 9901 §4.1.1)."""

    code = "sd-alg"


class BindingWrong(TokenInvalid):
    """The key binding does not hold: another key, another selection, not of its time (RFC 9901 §7.3)."""

    code = "kb-wrong"
    sentence = N_("Подпись владельца под значком неверна. Попросите показать значок ещё раз из его кошелька.")


class BindingMissing(TokenInvalid):
    """A key binding was asked for and there is none, or the credential names no key of a holder."""

    code = "kb-missing"
    sentence = N_("Подписи владельца под значком нет: показать его мог и посторонний.")


class CannotConceal(BadInput):
    """A place that is not in the document, or that may not be concealed or shown apart. Params: `place`."""

    code = "cannot-conceal"
    sentence = N_("Поле «{place}» нельзя скрыть или показать отдельно. Проверьте, есть ли оно в документе.")
