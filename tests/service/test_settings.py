from pathlib import Path

import pytest

from service.settings import DEMONSTRATION, OF_TESTS, BadSetting, UnknownSetting, read_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No `.env` of this machine and no variable of this shell takes part."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATA", "DATABASE_URL", "PUBLIC_URL", "DEMO", "SECRET", "PARTS", "PORT"):
        monkeypatch.delenv(f"ZACHETKA_{name}", raising=False)
    return tmp_path


def test_without_any_setting_everything_is_local() -> None:
    settings = read_settings()
    assert settings.database == "sqlite:///zachetka-data/zachetka.sqlite"
    assert (settings.host, settings.port, settings.demo, settings.https) == ("127.0.0.1", 8000, False, False)
    assert settings.max_body == 2 * 1024 * 1024


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZACHETKA_PARTS", "issuer, verifier")
    monkeypatch.setenv("ZACHETKA_PUBLIC_URL", "https://school.example/")
    settings = read_settings()
    assert settings.parts == ("issuer", "verifier")
    assert (settings.public_url, settings.https) == ("https://school.example", True)


def test_a_file_is_read_and_the_environment_wins(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / ".env").write_text("ZACHETKA_PORT=9000\nZACHETKA_HOST=::1\n", "utf-8")
    monkeypatch.setenv("ZACHETKA_PORT", "9001")
    assert (read_settings().port, read_settings().host) == (9001, "::1")


def test_a_misspelt_name_is_told_with_the_one_that_may_be_meant(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / ".env").write_text("ZACHETKA_SMTP_HSOT=mail.example\nOTHER_PROGRAM=1\n", "utf-8")
    with pytest.raises(UnknownSetting) as refusal:
        read_settings()
    assert refusal.value.params == {"name": "ZACHETKA_SMTP_HSOT", "like": "ZACHETKA_SMTP_HOST"}
    (elsewhere / ".env").write_text("", "utf-8")
    monkeypatch.setenv("ZACHETKA_SEKRET", "x")
    with pytest.raises(UnknownSetting, match="ZACHETKA_SECRET"):
        read_settings()
    monkeypatch.delenv("ZACHETKA_SEKRET")
    for name in OF_TESTS:
        monkeypatch.setenv(name, "1")
    assert read_settings().port == 8000


def test_what_the_command_line_gives_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZACHETKA_PORT", "9001")
    assert read_settings(port=9002, host=None).port == 9002


def test_secrets_are_masked() -> None:
    settings = read_settings(secret="kanareyka-7319" * 3, database_url="postgresql+psycopg://z:kanareyka-7319@db/z")
    assert "kanareyka" not in repr(settings)
    assert "kanareyka" not in str(settings)
    assert settings.database.endswith("kanareyka-7319@db/z")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight"),
        ("PORT", "70000"),
        ("PUBLIC_URL", "ftp://school.example"),
        ("PUBLIC_URL", "school.example"),
        ("PARTS", "issuer,baker"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TIME_ZONE", "../etc/passwd"),
        ("MAX_BODY", "0"),
        ("DATABASE_URL", "mysql://z@db/z"),
        ("DATABASE_URL", ""),
        ("SECRET", "kanareyka-7319"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ZACHETKA_{name}", value)
    with pytest.raises(BadSetting) as refusal:
        read_settings()
    assert f"ZACHETKA_{name}" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "kanareyka" not in str(refusal.value)


def test_settings_do_not_change() -> None:
    settings = read_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]


def test_keys_lie_beside_the_data_but_never_in_a_checkout(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(elsewhere / "state"))
    assert read_settings(data=elsewhere / "data").key_folder == elsewhere / "data" / "keys"
    (elsewhere / "clone" / ".git").mkdir(parents=True)
    inside = read_settings(data=elsewhere / "clone" / "data")
    assert inside.key_folder.is_relative_to(elsewhere / "state")
    assert read_settings(data=elsewhere / "clone" / "other").key_folder != inside.key_folder
    assert read_settings(data=elsewhere / "clone" / "data", keys=elsewhere / "safe").key_folder == elsewhere / "safe"


def test_a_folder_that_was_built_as_a_demonstration_stays_one(elsewhere: Path) -> None:
    (elsewhere / "data").mkdir()
    (elsewhere / "data" / DEMONSTRATION).touch()
    settings = read_settings(data=elsewhere / "data", database_url="postgresql+psycopg://z@db/z")
    assert settings.demo
    assert settings.database.startswith("sqlite:///")


def test_neighbours_are_read_and_only_where_nobody_from_outside_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZACHETKA_NEIGHBOURS", "kol.sever.example=8101, s2.sever.example=8102")
    assert read_settings().neighbour_ports == {"kol.sever.example": 8101, "s2.sever.example": 8102}
    for name, value in (("HOST", "0.0.0.0"), ("PUBLIC_URL", "https://school.example"), ("NEIGHBOURS", "kol=x")):  # noqa: S104
        with monkeypatch.context() as changed:
            changed.setenv(f"ZACHETKA_{name}", value)
            with pytest.raises(BadSetting):
                read_settings()


PROVIDER = {"ISSUER": "https://id.region.example", "CLIENT": "zachetka", "NAME": "Единый вход", "SECRET_FILE": "secret"}


def test_an_identity_provider_is_named_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret").write_text("тайна\n", "utf-8")
    for name, value in PROVIDER.items():
        monkeypatch.setenv(f"ZACHETKA_OIDC_{name}", value)
    assert read_settings().oidc_secret == "тайна"
    monkeypatch.delenv("ZACHETKA_OIDC_SECRET_FILE")
    assert read_settings().oidc_secret == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISSUER", "http://id.region.example"),
        ("ISSUER", "https://id.region.example/?tenant=1"),
        ("CLIENT", ""),
        ("NAME", ""),
        ("SECRET_FILE", "nowhere"),
    ],
)
def test_the_setting_of_a_provider_that_is_wrong_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret").write_text("тайна", "utf-8")
    for each, given in {**PROVIDER, name: value}.items():
        monkeypatch.setenv(f"ZACHETKA_OIDC_{each}", given)
    with pytest.raises(BadSetting, match=f"ZACHETKA_OIDC_{name} "):
        assert read_settings().oidc_secret
