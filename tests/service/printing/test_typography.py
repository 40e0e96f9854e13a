import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.printing.typography import LONGEST_RUN, typeset

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ('Школа "Росток"', "Школа «Росток»"),
        ('("Росток", "Заря")', "(«Росток», «Заря»)"),
        ("Дом «Полярис „Юг“ и „Север“»", f"Дом «Полярис „Юг“ и{NBSP}„Север“»"),
        ("Клуб „Юг“, дом «„Север“»", "Клуб «Юг», дом «„Север“»"),
        ("Зачёт - это решение", f"Зачёт{NBSP}— это решение"),
        ("2026-27", "2026-27"),
        ("№ 17-у", f"№{NBSP}17-у"),
        ("№17", f"№{NBSP}17"),
        ("34 ч", f"34{NBSP}ч"),
        ("34 часа", "34 часа"),
        ("27 ноября 2026 г.", f"27{NBSP}ноября{NBSP}2026{NBSP}г."),
        ("О зачёте в школе", f"О{NBSP}зачёте в{NBSP}школе"),
        ("Г. М. Северцева", f"Г.{NBSP}М.{NBSP}Северцева"),
        ("Северцева Г. М.", f"Северцева{NBSP}Г.{NBSP}М."),
        ("Ветрова Алина Игоревна", "Ветрова Алина Игоревна"),
        ("и\N{COMBINING BREVE}", "й"),
        ("а\N{RIGHT-TO-LEFT OVERRIDE}б\x00", "аб"),
        ("", ""),
    ],
)
def test_texts_are_set_as_a_printer_sets_them(typed: str, set_: str) -> None:
    assert typeset(typed) == set_


@given(st.text(alphabet=st.sampled_from('аяГМч№§ -–"«»„“().,;1279г\n' + NBSP), max_size=60))
def test_setting_twice_changes_nothing(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once


@given(st.text(max_size=200))
def test_no_run_is_longer_than_a_column(text: str) -> None:
    assert all(len(run) <= LONGEST_RUN for line in typeset(text).split() for run in line.split("\N{ZERO WIDTH SPACE}"))
