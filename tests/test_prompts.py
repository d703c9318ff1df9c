"""A prompt has exactly the variables that its caller fills, and values are never read as templates."""

from __future__ import annotations

import pytest

import prompts


@pytest.fixture(autouse=True)
def uncached() -> None:
    prompts.load.cache_clear()


@pytest.mark.parametrize("name", prompts.VARIABLES)
def test_every_prompt_has_the_variables_that_are_filled(name: str) -> None:
    values = {variable: f"<{variable}>" for variable in prompts.VARIABLES[name]}
    filled = prompts.fill(name, **values)
    assert all(value in filled for value in values.values())


def test_a_value_is_no_template() -> None:
    filled = prompts.fill("condense", conversation="{question} {0} {{x}}", question="Who pays?")
    assert "{question} {0} {{x}}" in filled


def test_a_variable_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        prompts.fill("condense", question="Who pays?")


def test_a_prompt_of_other_variables_is_refused_with_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(prompts.VARIABLES, "condense", {"conversation", "topic"})
    with pytest.raises(ValueError, match=r"missing \['topic'\], unknown \['question'\]"):
        prompts.load("condense")
