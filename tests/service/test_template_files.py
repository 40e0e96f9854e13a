"""Templates do not change under a process that has read them."""

from pathlib import Path

import pytest
from jinja2 import Environment, TemplateNotFound

from service.template_files import Templates, read_templates


def drawn(environment: Environment, name: str) -> str:
    return environment.get_template(name).render()


def test_what_was_read_stays_whatever_becomes_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    page, part = tmp_path / "room" / "page.html", tmp_path / "room" / "part.html"
    page.write_text("{% include 'room/part.html' %}, страница", "utf-8")
    part.write_text("старая", "utf-8")
    environment = Environment(loader=Templates(read_templates((tmp_path,))), autoescape=True)
    part.write_text("{{ of_the_new_version() }}", "utf-8")
    page.unlink()
    assert drawn(environment, "room/page.html") == "старая, страница"
    assert environment.list_templates() == ["room/page.html", "room/part.html"]


def test_a_fault_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ 1 / 0 }}", "utf-8")
    environment = Environment(loader=Templates(read_templates((tmp_path,))), autoescape=True)
    assert environment.get_template("page.html").filename == str(tmp_path / "page.html")
    with pytest.raises(TemplateNotFound):
        environment.get_template("other.html")
