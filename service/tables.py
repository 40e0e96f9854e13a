"""Every table of the installation in one place, for migrations and for tests; no package reads another's tables."""

from importlib import import_module

from sqlmodel import SQLModel

TABLE_MODULES = (
    "keys.tables",
    "issuer.tables",
    "verifier.asking.tables",
    "verifier.credit.tables",
    "verifier.credit.curricula.tables",
    "verifier.credit.network.tables",
    "verifier.credit.policies.tables",
    "verifier.credit.meetings.tables",
    "wallet_web.tables",
    "wallet_web.objections.tables",
    "wallet_web.leaving.tables",
    "wallet_web.portfolio.tables",
    "service.frameworks.tables",
    "service.identity.tables",
    "service.identity.passkeys.tables",
    "service.identity.providers.tables",
    "service.notices.tables",
    "service.retention.tables",
    "service.tasks",
    "service.vc_api.tables",
)
for module in TABLE_MODULES:
    import_module(module)

METADATA = SQLModel.metadata
