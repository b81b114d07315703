"""All settings, in one table: each is an environment variable with the prefix `MEDINFO_`."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from medinfo.errors import UnsafeConfiguration

Environment = Literal["development", "production"]
LogLevel = Literal["debug", "info", "warning", "error"]

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

    @field_validator("ui", mode="before")
    @classmethod
    def _on_or_off(cls, value: Any) -> Any:
        return {"on": True, "off": False}.get(value.strip().lower(), value) if isinstance(value, str) else value

    @field_validator("data_dir", "reference_data")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        return value.expanduser()

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
