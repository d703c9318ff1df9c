"""Chat models that cannot be built, or fail, are explained in words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assistant.llm.providers import ModelError, build_chat_model, model_failure
from assistant.settings import Settings


def test_a_failure_is_told_by_its_kind() -> None:
    class APITimeoutError(Exception):
        pass

    class RateLimitError(Exception):
        pass

    assert "60 seconds" in model_failure(APITimeoutError("Request timed out."))
    assert "ask again" in model_failure(RateLimitError("429"))
    assert "too long" in model_failure(ValueError("This model's maximum context length is 4096 tokens"))
    assert model_failure(ValueError("boom.\nmore")) == "boom"


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("nonsense", {}, "write provider:model"),
        ("openai:none", {}, "OPENAI_API_KEY"),
        ("mistralai:x", {}, r"pip install 'briefing-desk\[mistral\]'"),
    ],
)
def test_what_a_model_lacks_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, options: dict[str, str], message: str
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    # None in sys.modules: not to be imported, whatever is installed where the tests run.
    monkeypatch.setitem(sys.modules, "langchain_mistralai", None)
    with pytest.raises(ModelError, match=message):
        build_chat_model(name, Settings(data_dir=tmp_path, **options))


def test_a_server_of_one_s_own_needs_neither_provider_nor_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    chat = build_chat_model("small", Settings(data_dir=tmp_path, model_base_url="http://127.0.0.1:9/v1"))
    assert (chat.model_name, chat.openai_api_base) == ("small", "http://127.0.0.1:9/v1")  # type: ignore[attr-defined]


def test_an_error_without_a_message_is_told_by_its_class() -> None:
    assert model_failure(KeyError()) == "KeyError"
    assert len(model_failure(ValueError("x" * 900))) == 300
