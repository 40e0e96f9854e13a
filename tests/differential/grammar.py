"""Which fields the classes of the bundled contexts have, and what stands in them.

A field is `term=kind` or `term=kind/kind`; `*` before the kinds means that mostly several stand there. Kinds in lower case are
scalars (`Values`), the others are classes of this table.
"""

from typing import Final

Field = tuple[str, bool, tuple[str, ...]]

_TEXT: Final = "name description narrative"
_SCALARS: Final = frozenset({"text", "string", "number", "truth", "lexical", "iri"})


def _words(terms: str) -> str:
    return " ".join(f"{term}=text" for term in terms.split())


_TABLE: Final = {
    "Thing": f"{_words(_TEXT)} url=lexical image=Image/iri inLanguage=text alignment=*Alignment mediaType=text digestSRI=lexical",
    "Criteria": "narrative=text alignment=*Alignment url=lexical image=Image",
    "Profile": (
        f"{_words('name description phone email official givenName familyName additionalName patronymicName')} "
        f"{_words('familyNamePrefix honorificPrefix honorificSuffix')} url=lexical dateOfBirth=lexical image=Image/iri "
        "address=Address parentOrg=Profile/iri otherIdentifier=*IdentifierEntry endorsement=*Endorsement endorsementJwt=*string"
    ),
    "Address": (
        f"{_words('addressCountry addressCountryCode addressLocality addressRegion')} "
        f"{_words('postOfficeBoxNumber postalCode streetAddress')} geo=GeoCoordinates"
    ),
    "GeoCoordinates": "latitude=number longitude=number",
    "IdentifierEntry": "identifier=text identifierType=text",
    "Image": "caption=text",
    "Achievement": (
        f"{_words('name description achievementType fieldOfStudy humanCode specialization version inLanguage')} "
        "creditsAvailable=number criteria=Criteria/iri image=Image/iri creator=Profile related=*Related tag=*text "
        "alignment=*Alignment otherIdentifier=*IdentifierEntry resultDescription=*ResultDescription endorsement=*Endorsement"
    ),
    "Alignment": f"{_words('targetCode targetDescription targetFramework targetName targetType')} targetUrl=lexical",
    "Related": "version=text inLanguage=text",
    "ResultDescription": (
        f"{_words('name resultType requiredValue valueMax valueMin')} allowedValue=*text requiredLevel=lexical "
        "alignment=*Alignment rubricCriterionLevel=*RubricCriterionLevel"
    ),
    "RubricCriterionLevel": f"{_words('name description level points')} alignment=*Alignment",
    "AchievementSubject": (
        f"{_words('narrative licenseNumber role term')} achievement=Achievement activityEndDate=lexical "
        "activityStartDate=lexical creditsEarned=number identifier=*IdentityObject image=Image/iri result=*Result "
        "source=Profile/iri"
    ),
    "IdentityObject": f"{_words('identityHash identityType salt')} hashed=truth",
    "Result": f"{_words('status value')} achievedLevel=lexical resultDescription=lexical alignment=*Alignment",
    "EndorsementSubject": "endorsementComment=text name=text",
    "Evidence": f"{_words(_TEXT + ' audience genre')}",
    "Status": (
        "statusListCredential=iri statusListIndex=string statusPurpose=string statusMessage=*Message "
        "statusReference=iri statusSize=number"
    ),
    "Message": "status=string message=text",
    "Schema": "name=text digestSRI=lexical digestMultibase=lexical",
    "Refresh": "name=text url=lexical",
    "Resource": "digestSRI=lexical digestMultibase=lexical mediaType=string",
    "StatusList": "statusPurpose=*string encodedList=lexical ttl=number",
    "JsonSchema": "jsonSchema=raw",
    "Proof": (
        f"{_words('challenge nonce cryptosuite')} domain=*text created=lexical expires=lexical proofPurpose=purpose "
        "proofValue=lexical verificationMethod=iri previousProof=iri"
    ),
    "Key": "controller=iri publicKeyMultibase=string expires=lexical revoked=lexical",
    "ClrSubject": (
        "achievement=*Achievement association=*Association verifiableCredential=*Carried/string identifier=*IdentityObject"
    ),
    "Association": "associationType=text sourceId=lexical targetId=lexical",
    "Credential": (
        f"{_words('name description')} confidenceMethod=Thing credentialSchema=*Schema credentialStatus=*Status "
        "evidence=*Evidence issuer=Profile/iri proof=*Proof refreshService=Refresh relatedResource=*Resource renderMethod=Thing "
        "termsOfUse=*Thing/iri validFrom=lexical validUntil=lexical image=Image/iri endorsement=*Endorsement "
        "endorsementJwt=*string awardedDate=lexical jti=iri"
    ),
    "Presentation": "holder=Profile/iri proof=*Proof termsOfUse=*Thing/iri name=text description=text",
    "Token": (
        "aud=iri exp=number iat=number iss=iri kid=iri nbf=number sub=iri x5u=iri jku=iri _sd_alg=string cnf=Holder "
        "...=string"
    ),
    "Holder": "kid=iri",
}
NAMES: Final = {
    "Status": "BitstringStatusListEntry",
    "Schema": "1EdTechJsonSchemaValidator2019",
    "Refresh": "1EdTechCredentialRefresh",
    "StatusList": "BitstringStatusList",
    "Proof": "DataIntegrityProof",
    "Key": "Multikey",
}
"""Classes of the table that have another name in the contexts."""
NAMELESS: Final = frozenset({"Thing", "Criteria", "Message", "Resource", "Token", "Holder"})
"""Classes of the table that have no type in the contexts, or are written without it."""
OF_EXTENSIONS: Final = frozenset({"Schema", "Refresh"})
OF_CREDENTIALS: Final = frozenset(
    {
        *("Thing", "Status", "Message", "Schema", "Refresh", "Resource", "StatusList", "JsonSchema", "Proof", "Key"),
        *("ClrSubject", "Association", "Credential", "Presentation", "Token", "Holder"),
    }
)
"""Classes that need no Open Badges context."""
OF_BADGES: Final = frozenset(
    {"url", "image", "inLanguage", "alignment", "narrative", "endorsement", "endorsementJwt", "awardedDate", "jti"}
)
"""Fields that Open Badges adds to every object."""
OF_303: Final = frozenset({"inLanguage", "endorsementJwt", "awardedDate", "jti"})
"""Fields that the context 3.0.2 does not have yet."""


def _fields(row: str) -> tuple[Field, ...]:
    pairs = (cell.partition("=") for cell in row.split())
    return tuple((term, kinds.startswith("*"), tuple(kinds.lstrip("*").split("/"))) for term, _, kinds in pairs)


CLASSES: Final = {name: _fields(row) for name, row in _TABLE.items()}
TERMS: Final = tuple(sorted({term for fields in CLASSES.values() for term, _, _ in fields}))
TYPES: Final = tuple(sorted({NAMES.get(name, name) for name in CLASSES} - NAMELESS - {"Credential", "Endorsement"}))


def is_scalar(kind: str) -> bool:
    """Whether a kind is a scalar."""
    return kind in _SCALARS
