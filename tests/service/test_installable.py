"""What makes the site an application of a phone: manifest, icons, worker, offline page, and what a device is told to forget."""

import io
from pathlib import Path

import pytest
from PIL import Image

from service.icons import COVER, INK, icon
from service.installable import Icon
from tests.service.house import House, send


def test_the_manifest_names_an_application_that_can_be_installed(plain: House) -> None:
    answer = plain.visitor().get("/app.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    said = answer.json()
    assert (said["name"], said["lang"], said["scope"], said["start_url"]) == ("Зачётка", "ru", "/", "/")
    assert said["display"] == "standalone"
    assert {(one["sizes"], one["purpose"]) for one in said["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    english = plain.visitor().get("/app.webmanifest?language=en").json()
    assert (english["name"], english["lang"]) == ("Zachetka", "en")


@pytest.mark.parametrize("which", Icon)
def test_every_icon_is_there_in_its_size(plain: House, which: Icon) -> None:
    answer = plain.visitor().get(f"/static/app/icon-{which}.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "public, max-age=3600"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.size == (which.pixels, which.pixels)


def test_there_are_no_other_icons(plain: House) -> None:
    assert plain.visitor().get("/static/app/icon-9999.png").status_code in {404, 422}


def test_the_mark_stands_on_nothing_or_fills_what_a_phone_cuts_out() -> None:
    with Image.open(io.BytesIO(icon(192))) as plain_mark, Image.open(io.BytesIO(icon(512, maskable=True))) as filled:
        assert plain_mark.getpixel((0, 0)) == (0, 0, 0, 0)
        assert plain_mark.getpixel((192 * 26 // 32, 192 * 26 // 32)) == COVER
        assert plain_mark.getpixel((192 * 14 // 32, round(192 * 16.5 / 32))) == INK
        corners = [(0, 0), (511, 0), (0, 511), (511, 511)]
        assert [filled.getpixel(corner) for corner in corners] == [COVER] * 4


def test_the_worker_answers_for_the_whole_site_and_is_asked_for_anew(plain: House) -> None:
    answer = plain.visitor().get("/app-worker.js?speaks=ru")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["service-worker-allowed"] == "/"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "set-cookie" not in answer.headers


def test_the_policy_lets_in_our_own_worker_and_manifest_alone(plain: House) -> None:
    policy = plain.visitor().get("/").headers["content-security-policy"]
    assert {"worker-src 'self'", "manifest-src 'self'"} <= set(policy.split("; "))


def test_every_page_leads_to_the_manifest(plain: House) -> None:
    assert (
        '<link rel="manifest" href="/app.webmanifest?language=en">' in plain.visitor().get("/verify?language=en").text
    )


@pytest.mark.parametrize(("language", "heading"), [("ru", "Нет связи"), ("en", "No connection")])
def test_the_offline_page_speaks_the_visitors_language(plain: House, language: str, heading: str) -> None:
    assert f"<h1>{heading}</h1>" in plain.visitor().get(f"/offline?language={language}").text


def test_signing_out_empties_the_browser_and_keeps_the_language(plain: House) -> None:
    answer = send(plain.signed_in("olga"), "/sign-out", {}, form_at="/")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'


def test_the_worker_keeps_what_there_is() -> None:
    static = Path(__file__).parents[2] / "service/look/static"
    script = (static / "app-worker.js").read_text("utf-8")
    listed = script.partition("const FILES = [")[2].partition("]")[0]
    assert [name for name in listed.replace('"', "").split(", ") if not (static / name).is_file()] == []
