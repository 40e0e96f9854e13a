"""Every table of the installation in one place, for migrations and for tests; no package reads another's tables."""

from importlib import import_module

from sqlmodel import SQLModel

TABLE_MODULES = (
    "keys.tables",
    "issuer.tables",
    "verifier.credit.tables",
    "wallet_web.tables",
    "service.identity.tables",
    "service.notices.tables",
    "service.tasks",
)
for module in TABLE_MODULES:
    import_module(module)

METADATA = SQLModel.metadata
