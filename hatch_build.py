"""What hatchling does for the compiled wheel: mypyc makes machine code of the modules that every badge goes through.

Off unless it is asked for, as `make compiled` does; the wheel holds the same modules as text too, and Python prefers the compiled
ones. Which they are stands in pyproject.toml, why in docs/decisions/0035-a-compiled-core.md.
"""

import shlex
import shutil
import sysconfig
from contextlib import chdir
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_LIBRARY = "zachetka"  # the modules share one library, `zachetka__mypyc`, so that they call each other directly
# Types of our own packages alone: what is compiled does not depend on what is installed beside, and nothing large is read.
_MYPY = (
    "--config-file=",
    "--no-site-packages",
    "--ignore-missing-imports",
    "--follow-imports=silent",
    "--explicit-package-bases",
)


class CompiledCore(BuildHookInterface[Any]):
    """Adds the compiled modules to the wheel, which is then for one Python and one kind of machine."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the wheel is packed; an editable install stays text."""
        if version == "editable":
            return
        compiler = shlex.split(sysconfig.get_config_var("CC") or "cc")[0]
        if shutil.which(compiler) is None:
            self.app.abort(f"The compiled wheel needs a C compiler, and there is no `{compiler}` here.")
        self._place = Path(mkdtemp())
        with chdir(self.root):
            made = _compile(self.config["modules"], self._place)
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["force_include"] |= {str(file): str(file.relative_to(made)) for file in made.rglob("*.*")}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - as hatchling calls it
        """After the wheel is packed."""
        if version != "editable":
            shutil.rmtree(self._place)


def _compile(modules: list[str], place: Path) -> Path:
    """The folder that holds the compiled modules, as the packages do."""
    from mypyc.build import mypycify  # noqa: PLC0415 - only whoever compiles needs it
    from setuptools import Distribution  # noqa: PLC0415 - the same

    made = place / "made"
    extensions = mypycify(
        [*_MYPY, f"--cache-dir={place / 'types'}", *modules],
        opt_level="2",
        debug_level="0",
        group_name=_LIBRARY,
        target_dir=str(place / "c"),
    )
    command = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(made), str(place / "objects")
    command.ensure_finalized()
    command.run()
    return made
