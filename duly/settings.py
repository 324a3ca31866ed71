"""Settings: what an operator may choose, from `duly.toml` and from the environment (`DULY_…`, which wins).

A key that does not exist is an error that names the closest one: a misspelt setting must not be silently ignored.
"""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from duly.errors import UserError
from duly.folders import policies_folder
from duly.settings_parts import (
    ChatSettings,
    ClockSettings,
    ImapSettings,
    InboxSettings,
    LogSettings,
    MachineSettings,
    MailSettings,
    PrefectSettings,
    WebSettings,
)
from notifications.encryption import on_this_machine

FILE_VARIABLE: Final = "DULY_CONFIG"
"""Environment variable that names the TOML file; `duly.toml` in the working directory otherwise."""

PREFIX: Final = "DULY_"


class Settings(BaseSettings):
    """Everything that can be set. Every process of an installation is given the same."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    data: Path = Field(
        default=Path("duly-data"), description="数据文件夹 / folder for the database, files, secrets and logs"
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="数据库地址，默认为数据文件夹中的 SQLite / database URL, SQLite in the data folder by default",
    )
    policies: Path = Field(
        default_factory=policies_folder, description="制度文件夹 / folder of policies that `duly apply` publishes"
    )
    address: str = Field(
        default="",
        description="员工访问的网址，写入邮件链接 / how people reach the pages; links in mails begin with it",
    )
    secret_file: Path | None = Field(
        default=None,
        description="密钥文件（至少 32 字节），多台机器须相同 / at least 32 random bytes, the same on every machine",
    )
    overseers: tuple[str, ...] = Field(
        default=("gm", "security_officer"),
        description="可查看全部普通事项的角色 / roles that see every case of normal sensitivity",
    )
    demo: bool = Field(default=False, description="演示模式，勿用于正式系统 / demonstration; never on a real system")
    web: WebSettings = WebSettings()
    mail: MailSettings = MailSettings()
    inbox: InboxSettings = InboxSettings()
    imap: tuple[ImapSettings, ...] = Field(
        default=(), description="以 IMAP 读取的邮箱 / mailboxes that are read by IMAP"
    )
    chat: tuple[ChatSettings, ...] = Field(
        default=(), description="群聊通知 / groups of a chat that are told beside each mail"
    )
    prefect: PrefectSettings = PrefectSettings()
    machines: MachineSettings = MachineSettings()
    clock: ClockSettings = ClockSettings()
    log: LogSettings = LogSettings()

    @property
    def database(self) -> str:
        """The URL of the database; it may hold a password, so it is not for showing."""
        return self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.data / 'duly.db'}"

    @property
    def carries_mail(self) -> bool:
        """Whether there is anything to send with or to receive by."""
        return bool(self.mail.host or self.imap or self.inbox.listen_port)

    @property
    def reached_at(self) -> str:
        """The address in links, without a slash at its end."""
        return self.address.rstrip("/") or f"http://{self.web.host}:{self.web.port}"

    @property
    def secret_path(self) -> Path:
        """Where the secret lies."""
        return self.secret_file or self.data / "secret"

    @model_validator(mode="after")
    def _encrypted_or_near(self) -> "Settings":
        if self.address and not self.address.startswith(("http://", "https://")):
            raise ValueError("address must begin with http:// or https://")
        if self.demo and not on_this_machine(self.web.host):
            raise ValueError("a demonstration shows everybody's mail: its `web.host` must be this machine, 127.0.0.1")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given wins over the environment, and that over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file())


def settings_file() -> Path:
    """The TOML file of settings; it need not exist unless the environment names it."""
    return Path(os.environ.get(FILE_VARIABLE, "duly.toml"))


def load_settings(**given: Any) -> Settings:
    """The settings in force, `given` ones first. Raises `UserError` that names every wrong one."""
    path = settings_file()
    if FILE_VARIABLE in os.environ and not path.is_file():
        raise UserError(f"{FILE_VARIABLE} names {path}, which is not a file.", "correct or unset the variable.")
    _refuse_unknown_variables()
    try:
        return Settings(**given)
    except ValidationError as error:
        raise UserError(
            "\n".join(_line(one) for one in error.errors(include_input=False)),
            f"correct {path} or the variables {PREFIX}…; all settings: docs/reference/settings.md",
        ) from None
    except (SettingsError, ValueError) as error:
        # Of the TOML itself, or of a variable that should hold JSON; neither text holds a value.
        raise UserError(f"the settings cannot be read: {error}", f"correct {path} or the variables.") from None


def _line(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"]) or "settings"
    if error["type"] == "extra_forbidden":
        return f"there is no setting `{name}`{_meant(name)}"
    return f"`{name}`: {error['msg']}"


def _meant(name: str) -> str:
    close = get_close_matches(name, setting_names(), 1)
    return f"; did you mean `{close[0]}`?" if close else ""


def _refuse_unknown_variables() -> None:
    known = {variable_of(name) for name in setting_names()} | {FILE_VARIABLE}
    sections = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for variable in sorted(os.environ):
        if variable.startswith(PREFIX) and variable not in known | sections:
            close = get_close_matches(variable, known, 1)
            raise UserError(
                f"the environment sets {variable}, but there is no such setting.",
                f"did you mean {close[0]}?" if close else "unset it; all settings: docs/reference/settings.md",
            )


def setting_names() -> list[str]:
    """Every setting by its name in TOML, e.g. `mail.host`."""
    return [name for name, _ in described()]


def described() -> list[tuple[str, Any]]:
    """Every setting with its Pydantic field, in order; a section's fields follow as `section.field`."""
    found: list[tuple[str, Any]] = []
    for name, field in Settings.model_fields.items():
        part = field.annotation
        if isinstance(part, type) and issubclass(part, BaseModel):
            found += [(f"{name}.{inner}", one) for inner, one in part.model_fields.items()]
        else:
            found.append((name, field))
    return found


def variable_of(name: str) -> str:
    """The environment variable of a setting, e.g. `DULY_MAIL__HOST` of `mail.host`."""
    return f"{PREFIX}{name.upper().replace('.', '__')}"
