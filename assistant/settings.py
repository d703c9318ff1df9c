"""What can be set: BRIEFING_* variables, or a .env file in the data folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from platformdirs import user_data_dir
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from vectorstore import StoreError

EXTRACTIVE = "extractive"


class SettingsError(StoreError):
    code = "settings"


class Settings(BaseSettings):
    """In force for one data folder. A variable in the environment stands over the .env file.

    Only the data folder's .env is read, never one in the current folder: a downloaded folder must not
    redirect the model.
    """

    model_config = SettingsConfigDict(env_prefix="BRIEFING_", extra="ignore", protected_namespaces=())

    model: str = EXTRACTIVE  # or any string that LangChain's init_chat_model takes
    model_base_url: str | None = None  # of an OpenAI-compatible server
    model_api_key: SecretStr | None = None
    embedding_model: str = "all-MiniLM-L6-v2"  # the packaged one, or a sentence-transformers name or path
    reranker: str | None = None  # a sentence-transformers cross-encoder, by name or path
    checker: str | None = None  # a cross-encoder that judges entailment, by name or path
    unsupported: Literal["mark", "cut"] = (
        "mark"  # what becomes of a model's sentence that its sources do not carry
    )
    # Tokens that a chat model is given at once, rules and question included: the least holds a passage or two.
    context_tokens: int = Field(default=6_000, ge=1_000, le=100_000)
    chroma_url: str | None = None
    data_dir: Path = Path(user_data_dir("briefing-desk", appauthor=False))
    allow_private_addresses: bool = False
    trace: bool = False

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
        """What is in force, secrets masked."""
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
    """Settings for a data folder (default: BRIEFING_DATA_DIR, else the platform's user data folder).

    Raises SettingsError, naming the variable, for a value that cannot be.
    """
    folder = data_dir or Path(
        os.environ.get("BRIEFING_DATA_DIR") or Settings.model_fields["data_dir"].default
    )
    folder = folder.expanduser().resolve()
    try:
        # The folder that was read for .env is the folder in force, whatever that file says.
        return Settings(_env_file=folder / ".env", data_dir=folder)  # type: ignore[call-arg]
    except ValidationError as error:
        wrong = "; ".join(
            f"BRIEFING_{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors() if one["loc"]
        )
        raise SettingsError(
            f"A setting cannot be used ({wrong}): mend it in the environment or in {folder}/.env"
        ) from error
