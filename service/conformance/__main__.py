"""`make conformance`: serve this mode over https on loopback, with a database and a certificate that are gone afterwards."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from keys.certificate import self_signed
from schemas.errors import ZachetkaError
from service import logs, migrate, serving
from service.app import create_app
from service.conformance.keyring import Keyring
from service.conformance.suites import JOSE_SUITE, SUITES, configuration
from service.conformance.tokens import FEATURES
from service.database import engine_for
from service.parts import utc_now
from service.settings import Settings, read_settings

HOSTS = ("127.0.0.1", "localhost")
INTEROP = Path(__file__).parents[2] / "tests" / "interop"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to end; 1 where it cannot begin."""
    parser = argparse.ArgumentParser(prog="make conformance", description=__doc__)
    parser.add_argument("--port", type=int, default=8443)
    parser.add_argument("--config", type=Path, default=Path("localConfig.cjs"), help="where to write it for the suites")
    given = parser.parse_args(arguments)
    logs.configure()
    try:
        with TemporaryDirectory(prefix="zachetka-conformance-") as folder:
            serve(Path(folder), given.port, given.config)
    except ZachetkaError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def serve(folder: Path, port: int, config: Path) -> None:
    """Prepare everything in `folder`, write the configuration of the suites to `config`, and serve."""
    settings = _settings(folder, port)
    serving.require_folder(settings)
    with engine_for(settings.database) as engine:
        migrate.upgrade(engine)
    tls = self_signed(folder, HOSTS, utc_now())
    with serving.listening(settings.host, settings.port) as listener:
        parts = serving.compose(settings)
        app = create_app(settings, parts)
        keyring: Keyring = app.state.conformance.keyring
        _tell(settings.public_url, keyring, config)
        serving.run(app, parts, listener, tls)


def _settings(folder: Path, port: int) -> Settings:
    """All from here: nothing of a real installation on this machine is read."""
    for name in [name for name in os.environ if name.startswith("ZACHETKA_") and name != "ZACHETKA_VECTORS"]:
        del os.environ[name]
    return read_settings(
        data=folder / "data",
        host=HOSTS[0],
        port=port,
        public_url=f"https://{HOSTS[0]}:{port}",
        demo=True,
        vc_api="conformance",
    )


def _tell(address: str, keyring: Keyring, config: Path) -> None:
    """Write what the suites read, and say what there is."""
    content = json.dumps(configuration(address, keyring), indent=2)
    config.write_text(f"module.exports = {content};\n", encoding="utf-8")
    doors = (
        "credentials/issue",
        "credentials/verify",
        "credentials/derive",
        "credentials/status",
        "presentations/verify",
    )
    lines = [f"POST {address}/vc-api/{door}" for door in doors]
    lines += [f"{suite}: tags {', '.join(tags)}" for suite, tags in SUITES.items()]
    lines += [f"{kind}: {keyring.did(kind)}" for kind in keyring.signers]
    lines += [
        f"{JOSE_SUITE}: features {', '.join(FEATURES)}; PATH={INTEROP}:$PATH npm test",
        f"localConfig.cjs for the root of each suite: {config.resolve()}",
        f"a second implementation for their interoperability tests: node {INTEROP}/neighbour.mjs {config.resolve()}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
