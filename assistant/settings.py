"""Settings, from BRIEFING_* variables or a .env file in the data folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from platformdirs import user_data_dir
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from vectorstore import StoreError

EXTRACTIVE = "extractive"  # the built-in writer, which needs no chat model


class SettingsError(StoreError):
    """A setting has a value that cannot be used."""

    code = "settings"


class Settings(BaseSettings):
    """The settings for one data folder. A variable in the environment overrides the .env file.

    Only the data folder's .env is read, never one in the current folder, so that a downloaded folder cannot
    redirect the model.
    """

    model_config = SettingsConfigDict(env_prefix="BRIEFING_", extra="ignore", protected_namespaces=())

    model: str = EXTRACTIVE  # or a chat model, as LangChain's init_chat_model names it
    model_base_url: str | None = None  # of an OpenAI-compatible server
    model_api_key: SecretStr | None = None  # None reads the provider's own variable
    embedding_model: str = "all-MiniLM-L6-v2"  # the packaged one, or a sentence-transformers name or path
    reranker: str | None = None  # a sentence-transformers cross-encoder, by name or path
    checker: str | None = None  # a cross-encoder that judges entailment, by name or path
    unsupported: Literal["mark", "cut"] = "mark"  # what to do with a model's sentence that no source supports
    # Tokens that a chat model is given at once, rules and question included; the minimum holds a passage or two.
    context_tokens: int = Field(default=6_000, ge=1_000, le=100_000)
    chroma_url: str | None = None  # of a Chroma server; None keeps Chroma in the data folder
    data_dir: Path = Path(user_data_dir("briefing-desk", appauthor=False))
    allow_private_addresses: bool = False  # fetch reports from addresses in private networks, too
    trace: bool = False  # leave LangSmith tracing on if the environment asks for it

    @field_validator("model", "embedding_model", mode="after")
    @classmethod
    def _not_blank(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("is empty")
        return value.strip()

    @field_validator("model_base_url", "model_api_key", "reranker", "checker", "chroma_url", mode="before")
    @classmethod
    def _blank_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    def shown(self) -> dict[str, object]:
        """All settings by name, secrets masked."""
        row: dict[str, object] = {}
        for name, value in self:
            row[name] = (
                "********"
                if isinstance(value, SecretStr)
                else str(value)
                if isinstance(value, Path)
                else value
            )
        return row


def load_settings(data_dir: Path | None = None) -> Settings:
    """The settings for a data folder (default: BRIEFING_DATA_DIR, else the platform's user data folder).

    Raises SettingsError, which names the variable, if a value cannot be used.
    """
    folder = data_dir or Path(
        os.environ.get("BRIEFING_DATA_DIR") or Settings.model_fields["data_dir"].default
    )
    folder = folder.expanduser().resolve()
    try:
        # The folder whose .env is read is the data folder, even if that file names another.
        return Settings(_env_file=folder / ".env", data_dir=folder)  # type: ignore[call-arg]
    except ValidationError as error:
        wrong = "; ".join(
            f"BRIEFING_{str(detail['loc'][0]).upper()}: {detail['msg']}"
            for detail in error.errors()
            if detail["loc"]
        )
        raise SettingsError(
            f"A setting cannot be used ({wrong}): mend it in the environment or in {folder}/.env"
        ) from error
