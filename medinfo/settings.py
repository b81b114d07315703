"""All settings, in one table: each is an environment variable with the prefix `MEDINFO_`."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from medinfo.errors import UnsafeConfiguration

Environment = Literal["development", "production"]
LogLevel = Literal["debug", "info", "warning", "error"]
Device = Literal["auto", "cpu", "cuda"]

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""The names of this machine, as the Host header has them."""

_PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What can be set from outside; read once, then frozen.

    `Settings()` reads the environment; tests pass values by name. docs/settings.md is the same table for people.
    """

    model_config = SettingsConfigDict(env_prefix="MEDINFO_", frozen=True, extra="ignore")

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("medinfo", appauthor=False)),
        description="Folder for imported knowledge, compiled tables and what users write.",
    )
    ui: bool = Field(default=True, description="Whether the screen is mounted at `/`: `on` or `off`.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="TCP port to listen on; 0 takes a free one.")
    allow_insecure: bool = Field(
        default=False,
        description="Set to `1` to listen on an address that others can reach although there is no sign-in yet.",
    )
    environment: Environment = Field(
        default="development",
        description="`development` or `production`; production writes its log as JSON.",
    )
    reference_data: Path = Field(
        default=_PROJECT.parent / "shared" / "data",
        description="Folder of official files that tests and `medinfo knowledge build` read.",
    )
    log_level: LogLevel = Field(default="info", description="`debug`, `info`, `warning` or `error`.")
    allowed_hosts: str = Field(
        default="auto",
        pattern=r"^(auto|[A-Za-z0-9.:_\[\]-]+(,[A-Za-z0-9.:_\[\]-]+)*)$",
        description=(
            "Host names that are answered, with commas between them; "
            "`auto`: those of this machine on loopback, any name elsewhere."
        ),
    )
    database_url: str = Field(
        default_factory=lambda given: f"sqlite:///{given['data_dir'] / 'medinfo.sqlite'}",
        repr=False,  # it may hold a password
        description="Where what users write is kept: a SQLite or PostgreSQL URL in SQLAlchemy's form.",
    )
    job_retention_hours: float = Field(
        default=24.0, gt=0, le=8760, description="Hours after which a finished job and its documents are deleted."
    )
    models_dir: Path = Field(
        default_factory=lambda given: given["data_dir"] / "models",
        description="Folder of the installed translation models.",
    )
    model_hub: str = Field(
        default="https://huggingface.co",
        pattern=r"^https?://[^\s]+$",
        description="Address that `medinfo models install` downloads from.",
    )
    device: Device = Field(
        default="auto", description="Where models run: `auto` takes a GPU where there is one, `cpu`, `cuda`."
    )
    gpus: str = Field(
        default="all",
        pattern=r"^(all|[0-9]{1,3}(,[0-9]{1,3})*)$",
        description="Which GPUs to use: `all`, or their numbers with commas between them.",
    )
    compute_type: str = Field(
        default="auto",
        pattern=r"^[a-z0-9_]{2,20}$",
        description="Precision of the models, by CTranslate2's name; `auto`: `int8` on CPU, `float16` on GPU.",
    )
    translation_threads: int = Field(
        default=0, ge=0, le=1024, description="Segments translated side by side on CPU; 0 for one per core."
    )
    translation_queue_tokens: int = Field(
        default=200_000, ge=1000, description="Tokens that may wait for a model; past it callers are told to come back."
    )
    model_idle_seconds: float = Field(
        default=900.0, ge=0, description="Seconds after which a model that is not used leaves memory; 0 keeps it."
    )

    @field_validator("ui", mode="before")
    @classmethod
    def _on_or_off(cls, value: Any) -> Any:
        return {"on": True, "off": False}.get(value.strip().lower(), value) if isinstance(value, str) else value

    @field_validator("data_dir", "reference_data", "models_dir")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        return value.expanduser()

    @property
    def gpu_indices(self) -> tuple[int, ...]:
        """Numbers of the GPUs to use; empty for all of them."""
        return () if self.gpus == "all" else tuple(int(number) for number in self.gpus.split(","))

    @property
    def host_names(self) -> frozenset[str] | None:
        """Host names without port that are answered, in lower case; None for every name. Ours are always among them."""
        if self.allowed_hosts == "auto":
            return LOOPBACK_NAMES if self.on_loopback else None
        return LOOPBACK_NAMES | {_without_port(name.lower()) for name in self.allowed_hosts.split(",")}

    @property
    def on_loopback(self) -> bool:
        """Whether `host` can be reached from this machine only."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    def require_safe(self) -> None:
        """Refuse to serve where others can reach us, as long as there is no sign-in.

        Raises:
            UnsafeConfiguration: `host` is not loopback and `allow_insecure` is not set.
        """
        if self.on_loopback or self.allow_insecure:
            return
        raise UnsafeConfiguration(
            f"MEDINFO_HOST={self.host} can be reached from other machines, and there is no sign-in yet.",
            hint="Listen on 127.0.0.1, or set MEDINFO_ALLOW_INSECURE=1 if something in front of it protects it.",
            params={"host": self.host},
        )


def _without_port(name: str) -> str:
    return re.sub(r":[0-9]+$", "", name) if not name.endswith("]") else name
