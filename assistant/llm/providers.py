"""Builds chat models by name, through LangChain, and explains in words why one cannot be used."""

from __future__ import annotations

import importlib.util
import os
import re
from typing import TYPE_CHECKING, Any

from assistant.settings import EXTRACTIVE, Settings
from vectorstore import StoreError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_TIMEOUT = 60  # seconds to wait for an answer

# Provider -> (its package, the extra that installs it, the environment variables that may hold its key).
_PROVIDERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "openai": ("langchain_openai", "openai", ("OPENAI_API_KEY",)),
    "anthropic": ("langchain_anthropic", "anthropic", ("ANTHROPIC_API_KEY",)),
    "google_genai": ("langchain_google_genai", "google", ("GOOGLE_API_KEY", "GEMINI_API_KEY")),
    "mistralai": ("langchain_mistralai", "mistral", ("MISTRAL_API_KEY",)),
    "ollama": ("langchain_ollama", "ollama", ()),
}


class ModelError(StoreError):
    """A chat model cannot be built, or did not give a usable answer."""

    code = "model"


def build_chat_model(name: str, settings: Settings) -> BaseChatModel:
    """Build the chat model that a name such as "openai:gpt-5-mini" or "ollama:llama3" stands for.

    With BRIEFING_MODEL_BASE_URL set, a name without a provider means a model of that OpenAI-compatible server.
    Raises ModelError if the name is unknown, or the provider's package or key is missing.
    """
    provider, _, model = name.partition(":")
    if not model and settings.model_base_url:
        provider, model = "openai", name
    elif not model:
        raise ModelError(
            f"{name!r} does not name a chat model: write provider:model, such as openai:gpt-5-mini or "
            f"ollama:llama3.2 (providers: {', '.join(_PROVIDERS)}), or {EXTRACTIVE!r} for none"
        )
    _check_package(provider)
    options: dict[str, Any] = _options(provider, settings)
    try:
        from langchain.chat_models import init_chat_model

        chat: BaseChatModel = init_chat_model(
            model, model_provider=provider, temperature=0, timeout=_TIMEOUT, max_retries=2, **options
        )
    except Exception as error:  # each provider raises its own exceptions
        raise ModelError(f"The model {name!r} cannot be used: {_first_line(error)}") from error
    return chat


def _check_package(provider: str) -> None:
    """Raise ModelError if a known provider's package is not installed."""
    package = _PROVIDERS.get(provider)
    if package is not None and importlib.util.find_spec(package[0]) is None:
        raise ModelError(
            f"The package for {provider} models is not installed: pip install 'briefing-desk[{package[1]}]' "
            f"(in this project's folder: .venv/bin/uv pip install -c requirements.lock -e '.[{package[1]}]')"
        )


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    """Address and key for the client. Raises ModelError if a key is needed and none is set."""
    options: dict[str, Any] = {}
    if settings.model_base_url:
        options["base_url"] = settings.model_base_url
    if settings.model_api_key is not None:
        options["api_key"] = settings.model_api_key
        return options
    variables = _PROVIDERS[provider][2] if provider in _PROVIDERS else ()
    if variables and not any(os.environ.get(variable) for variable in variables):
        if not settings.model_base_url:
            raise ModelError(
                f"No key for {provider} is set: set {' or '.join(variables)} or BRIEFING_MODEL_API_KEY, "
                f"or use the built-in writer with --model {EXTRACTIVE}"
            )
        options["api_key"] = "none"  # a local server rarely wants a key, but the client always does
    return options


def model_failure(error: Exception) -> str:
    """Why a provider did not answer, in words, judged by what the exceptions of all providers have in common.

    `model_failure(ValueError("boom.\\nmore"))` is "boom".
    """
    kind, message = type(error).__name__.casefold(), _first_line(error)
    if "timeout" in kind or isinstance(error, TimeoutError):
        return f"nothing came for {_TIMEOUT} seconds"
    if "ratelimit" in kind or getattr(error, "status_code", None) == 429:
        return f"its provider limits how often it may be asked ({message}); wait a little and ask again"
    if re.search(
        r"context (?:length|size|window)|maximum context|too many tokens|prompt is too long", str(error), re.I
    ):
        return f"the passages are too long for it ({message}); take a model that reads more"
    return message


def _first_line(error: Exception) -> str:
    """The first line of an error's message, at most 300 characters, or its class if it has no message."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300].rstrip(".")
