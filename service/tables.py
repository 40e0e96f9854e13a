"""Every table of the installation in one place, for migrations and for tests; no package reads another's tables."""

from importlib import import_module
from importlib.util import find_spec

from sqlmodel import SQLModel

TABLE_MODULES = (
    "keys.tables",
    "issuer.tables",
    "verifier.tables",
    "verifier.credit.tables",
    "wallet_web.tables",
    "service.identity.tables",
    "service.tasks",
)
for module in TABLE_MODULES:
    if find_spec(module):
        import_module(module)

METADATA = SQLModel.metadata
