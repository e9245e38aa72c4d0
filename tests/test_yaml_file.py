"""How a YAML file that a person wrote is read: truth values as in YAML 1.2."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from commons_graph import yaml_file
from commons_graph.errors import CommonsError


def read(folder: Path, text: str) -> dict[str, object]:
    """Give what a file of this text says."""
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    return yaml_file.load(folder / "x.yaml", "x.yaml").data


@pytest.mark.parametrize("word", ["on", "off", "yes", "no", "y", "n", "On", "NO", "tRUE", "trueish"])
def test_what_is_neither_true_nor_false_is_text_as_key_and_as_value(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, f"{word}: [{word}]\n") == {word: [word]}


def test_true_and_false_are_truth_values_in_three_cases(tmp_path: Path) -> None:
    said = read(tmp_path, "a: [true, True, TRUE]\nb: [false, False, FALSE]\nc: ['true', \"false\"]\n")
    assert said == {"a": [True] * 3, "b": [False] * 3, "c": ["true", "false"]}


def test_numbers_days_and_nothing_are_read_as_before(tmp_path: Path) -> None:
    said = read(tmp_path, "1: 2\na: 0.5\nb: ~\nc:\nd: 2025-01-06\n")
    assert said == {1: 2, "a": 0.5, "b": None, "c": None, "d": date(2025, 1, 6)}


@pytest.mark.parametrize("value", ["!!bool foo", "!!float .nan", "!!int ''", "!!timestamp foo", "!own {a: 1}"])
def test_a_tag_is_refused_with_its_line(tmp_path: Path, value: str) -> None:
    with pytest.raises(CommonsError, match=r"x\.yaml:2: tags"):
        read(tmp_path, f"a: 1\nb: {value}\n")


@pytest.mark.parametrize("value", ["0x" + "f" * 5000, "1" + ":59" * 5000, "[-0b" + "1" * 20_000 + "]", "9" * 5000])
def test_a_number_without_end_is_refused_with_its_line(tmp_path: Path, value: str) -> None:
    with pytest.raises(CommonsError, match=r"x\.yaml:2: is a number"):
        read(tmp_path, f"a: 1\nb: {value}\n")


def test_long_words_that_begin_like_a_number_are_text(tmp_path: Path) -> None:
    digest, words = "0123456789abcdef" * 4, "2025 " * 50
    assert read(tmp_path, f"a: {digest}\nb: {words}\nc: '{'9' * 200}'\n") == {
        "a": digest,
        "b": words.strip(),
        "c": "9" * 200,
    }


def test_a_pipe_and_a_folder_are_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(CommonsError, match=rf"^{path.name}: is no regular file; put a file in its place"):
            yaml_file.load(path, path.name)
