"""Settings of a data folder, from the environment and its .env file."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import SettingsError, load_settings


@pytest.mark.parametrize(
    ("value", "message"),
    [("999", "1000"), ("100001", "100000"), ("-5", "1000"), ("many", "integer"), ("", "integer")],
)
def test_a_budget_outside_its_limits_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, message: str
) -> None:
    monkeypatch.setenv("BRIEFING_CONTEXT_TOKENS", value)
    with pytest.raises(SettingsError, match=rf"BRIEFING_CONTEXT_TOKENS: .*{message}"):
        load_settings(tmp_path)


def test_the_environment_overrides_the_data_folder_s_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("BRIEFING_MODEL=openai:one\nBRIEFING_UNSUPPORTED=cut\n")
    monkeypatch.setenv("BRIEFING_MODEL", "openai:two")
    settings = load_settings(tmp_path)
    assert (settings.model, settings.unsupported) == ("openai:two", "cut")


def test_an_env_file_of_the_current_folder_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("BRIEFING_MODEL_BASE_URL=http://evil.example\n")
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    assert load_settings(tmp_path / "data").model_base_url is None


def test_the_env_file_cannot_move_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BRIEFING_DATA_DIR=/elsewhere\n")
    assert load_settings(tmp_path).data_dir == tmp_path.resolve()


@pytest.mark.parametrize(
    ("variable", "value"),
    [("BRIEFING_MODEL", " "), ("BRIEFING_UNSUPPORTED", "hide"), ("BRIEFING_TRACE", "perhaps")],
)
def test_a_bad_value_is_refused_by_the_variable_s_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=variable):
        load_settings(tmp_path)


def test_a_blank_optional_value_is_unset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_RERANKER", "")
    assert load_settings(tmp_path).reranker is None


def test_a_key_is_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_MODEL_API_KEY", "sk-secret")
    shown = load_settings(tmp_path).shown()
    assert shown["model_api_key"] == "********" and "secret" not in str(shown)
