"""The rows of all packages, joined: who may do what."""

import issuer.rights
import keys.rights
import service.identity.rights
import service.notices.rights
import service.vc_api.rights
import verifier.credit.rights
import verifier.rights
import wallet_web.portfolio.rights
import wallet_web.rights

ALL_RIGHTS = (
    *keys.rights.RIGHTS,
    *issuer.rights.RIGHTS,
    *verifier.rights.RIGHTS,
    *verifier.credit.rights.RIGHTS,
    *wallet_web.rights.RIGHTS,
    *wallet_web.portfolio.rights.RIGHTS,
    *service.identity.rights.RIGHTS,
    *service.notices.rights.RIGHTS,
    *service.vc_api.rights.RIGHTS,
)
