"""The command that the JOSE suite calls for each test: sign or check one text with a key from a file.

    python -m service.conformance.tokens issue --input credential.json --key key.json --feature credential_jose --output out.json
    python -m service.conformance.tokens verify --input token.txt --key key.json --feature credential_jose --output out.json

The suite's dates are texts and long past, so they are not judged here: the signature, the form and the data model are.
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from keys import jose, jwk
from keys.jose import VC_JWT, VC_SD_JWT, VP_JWT, VP_SD_JWT, Profile
from keys.jose.errors import TypeWrong
from keys.proofs import Secured
from keys.signer import Signer
from schemas.data_model import check_credential, check_presentation
from schemas.errors import ZachetkaError
from schemas.loader import Contexts
from schemas.reading import read_json
from service.conformance.contexts import outside_folder, suite_contexts

FEATURES: Final = {
    "credential_jose": VC_JWT,
    "credential_sdjwt": VC_SD_JWT,
    "presentation_jose": VP_JWT,
    "presentation_sdjwt": VP_SD_JWT,
}
_STEP: Final = re.compile(r"[^.\[\]]+")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the result where the suite looks for it; a refusal is a result too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=("issue", "verify"))
    for name in ("input", "key", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--feature", choices=FEATURES, required=True)
    parser.add_argument("--sd", type=json.loads, default=[])
    given = parser.parse_args(arguments)
    contexts, key = suite_contexts(outside_folder()), read_json(given.key.read_bytes())
    profile, data = FEATURES[given.feature], given.input.read_bytes()
    try:
        told = (
            issue(data, key, profile, given.sd, contexts)
            if given.act == "issue"
            else verify(data, key, profile, contexts)
        )
        result = {"result": "success", "data": told}
    except ZachetkaError as error:
        result = {"result": "failure", "data": error.code}
    given.output.write_text(json.dumps(result), encoding="utf-8")
    return 0


def issue(data: bytes, key: dict[str, Any], profile: Profile, paths: Sequence[str], contexts: Contexts) -> str:
    """The document as a signed text; `paths` name what is to be concealed: `credentialSubject.phones[0]`."""
    document = read_json(data)
    _check(document, profile, contexts)
    signer: Signer = jwk.signer(key["secretKeyJwk"], key["id"])
    if profile.selective:
        return jose.conceal(document, signer, [_pointer(path) for path in paths], profile)
    return jose.sign_presentation(document, signer) if profile.presents else jose.sign_credential(document, signer)


def verify(data: bytes, key: dict[str, Any], profile: Profile, contexts: Contexts) -> str:
    """The text, if it is of the profile, signed with the key, and what it shows keeps the data model."""
    token = jose.read(data.decode("utf-8", "replace").strip())
    if token.profile is not profile:
        raise TypeWrong
    jose.verify(token, jwk.read(key["publicKeyJwk"]))
    _check(token.document, profile, contexts, in_part=token.hidden > 0)
    return token.text


def _check(document: dict[str, Any], profile: Profile, contexts: Contexts, *, in_part: bool = False) -> None:
    """Words that have a meaning, and of what is shown whole all that the data model asks. What is carried is not opened."""
    carried = {"verifiableCredential"} if profile.presents else set()
    own = {name: value for name, value in document.items() if name not in carried}
    Secured(own, contexts=contexts).content_hash()
    if profile.presents:
        check_presentation(document)
    elif not in_part:
        check_credential(document, contexts)


def _pointer(path: str) -> str:
    return "".join(f"/{step}" for step in _STEP.findall(path))


if __name__ == "__main__":
    sys.exit(main())
