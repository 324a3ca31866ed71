"""Sections of the settings: the pages, mail, chat, Prefect, machine work, the clock, the logs."""

from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator


class Section(BaseModel):
    """A table of the TOML file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WebSettings(Section):
    """The pages."""

    host: str = Field(default="127.0.0.1", description="监听地址 / address to listen on; 0.0.0.0 for all")
    port: int = Field(default=8000, ge=1, le=65535, description="监听端口 / port to listen on")
    trusted_proxies: tuple[str, ...] = Field(
        default=(),
        description="反向代理的地址，其转发的来源可信 / proxies whose word about where a request comes from is taken",
    )
    largest_file_mb: int = Field(default=20, ge=1, le=2000, description="单个附件上限，MB / largest attachment in MB")
    forms_a_minute: int = Field(
        default=10, ge=1, description="每个来源每分钟可提交的表单 / forms a minute from one address"
    )
    session_hours: int = Field(default=12, ge=1, le=168, description="登录有效小时数 / hours that a sign-in lasts")


class MailSettings(Section):
    """Outbound mail."""

    host: str = Field(
        default="",
        description="SMTP 服务器；留空则邮件留在发件箱 / SMTP server; left empty, letters wait in the outbox",
    )
    port: int = Field(default=587, ge=1, le=65535, description="SMTP 端口 / SMTP port")
    tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="加密方式 / `starttls` (587), `tls` (465), or `none` in a trusted network"
    )
    username: str | None = Field(default=None, description="SMTP 账号 / SMTP account")
    password: SecretStr | None = Field(default=None, description="SMTP 密码或授权码 / its password")
    address: str = Field(
        default="duly@localhost.localdomain",
        description="发件地址，定下后不再改 / sender; keep it for good, Message-IDs end with its domain",
    )
    name: str = Field(default="Duly", description="发件人名称 / sender's name")
    ca_file: Path | None = Field(default=None, description="自建 CA 证书 / certificate authority of the server")
    rate: int = Field(default=60, ge=1, le=100_000, description="每分钟最多发送 / letters a minute at most")
    timeout: float = Field(default=60, gt=0, description="每步等待秒数 / seconds to wait for each command")


class ImapSettings(Section):
    """One mailbox that is read by IMAP."""

    address: str = Field(description="邮箱地址，同 organisation.yaml 的 mailboxes / the address whose mail it is")
    host: str = Field(description="IMAP 服务器 / IMAP server")
    port: int = Field(default=993, ge=1, le=65535, description="IMAP 端口 / IMAP port")
    tls: Literal["tls", "starttls", "none"] = Field(
        default="tls", description="加密方式 / `tls` (993), `starttls` (143), or `none` on this machine"
    )
    username: str = Field(default="", description="账号，默认同地址 / account; the address by default")
    password: SecretStr = Field(description="客户端专用密码或授权码 / client password, as providers call it")
    folder: str = Field(default="INBOX", description="读取的文件夹 / folder that is read")
    done_folder: str = Field(default="", description="收取后移到的文件夹 / folder that taken mails are moved to")
    ca_file: Path | None = Field(default=None, description="自建 CA 证书 / certificate authority of the server")


class InboxSettings(Section):
    """Mail that comes in."""

    replies: str = Field(
        default="",
        description="回信地址，{} 处放编号，否则放在加号后 / where replies come in; what differs stands for `{}`, or "
        "goes behind a plus sign",
    )
    mail_servers: tuple[str, ...] = Field(
        default=(),
        description="本公司收信服务器在 Authentication-Results 中的名称 / names of the company's own receiving "
        "servers; they must remove foreign fields with these names (RFC 8601, 5)",
    )
    largest_mb: int = Field(default=50, ge=1, le=500, description="单封来信上限，MB / largest mail in MB")

    @field_validator("replies")
    @classmethod
    def _an_address(cls, value: str) -> str:
        local, at, domain = value.partition("@")
        if value and not (local and at and domain and "{}" not in domain and value.count("{}") <= 1):
            raise ValueError("write an address, e.g. duly@example.cn or {}@duly.example.cn")
        return value

    listen_host: str = Field(default="127.0.0.1", description="收信监听地址 / address that mail is relayed to")
    listen_port: int = Field(default=0, ge=0, le=65535, description="收信监听端口，0 为不监听 / its port; 0 for none")
    listen_protocol: Literal["smtp", "lmtp"] = Field(default="smtp", description="收信协议 / SMTP or LMTP")
    listen_peers: tuple[str, ...] = Field(
        default=("127.0.0.0/8", "::1/128"), description="可投递的来源网段 / networks that may hand mail over"
    )


class ChatSettings(Section):
    """One group of a chat, told beside each mail."""

    kind: Literal["wecom", "dingtalk", "feishu"] = Field(description="类型 / which chat")
    url: SecretStr = Field(description="群机器人地址 / the webhook of the group's robot")
    secret: SecretStr | None = Field(default=None, description="签名密钥 / signing secret, if it asks for one")


class PrefectSettings(Section):
    """Prefect, which shows cases and does machine work."""

    enabled: bool = Field(default=True, description="是否使用 Prefect / whether `duly up` starts Prefect and a worker")
    api_url: str = Field(
        default="",
        description="已有的 Prefect API 地址；留空则自启 / an existing server; left empty `duly up` starts one",
    )
    host: str = Field(default="127.0.0.1", description="自启 Prefect 监听地址 / where our own server listens")
    port: int = Field(default=4200, ge=1, le=65535, description="自启 Prefect 端口 / port of our own server")
    database_url: SecretStr | None = Field(
        default=None, description="自启 Prefect 的数据库 / database of our own server, SQLite by default"
    )
    auth: SecretStr | None = Field(
        default=None, description="Prefect 的共用口令，`用户:密码` / shared password of the server, `user:password`"
    )
    workers: int = Field(
        default=10, ge=1, le=1000, description="同时运行的自动作业 / machine steps at once in a worker"
    )
    queues: tuple[str, ...] = Field(default=(), description="只做这些队列的作业 / only work of these queues")

    @property
    def url(self) -> str:
        """The API that clients talk to."""
        return self.api_url or f"http://{self.host}:{self.port}/api"


class MachineSettings(Section):
    """What the machines' work may reach and read."""

    hosts: tuple[str, ...] = Field(
        default=(),
        description="作业可访问的网站，留空不限 / hosts that work may ask, `.example.cn` for all below; any if empty",
    )
    networks: tuple[IPv4Network | IPv6Network, ...] = Field(
        default=(),
        description="额外放行的网段，如 127.0.0.1/32 / networks allowed though they are the machine's own, "
        "link-local or a cloud's metadata",
    )
    ca_file: Path | None = Field(
        default=None, description="内网网站的自建 CA 证书 / certificate authority of the company's own sites"
    )
    timeout: float = Field(
        default=30,
        gt=0,
        le=600,
        description="网址须在多少秒内答完 / seconds that an address may take to answer in full",
    )
    word_list: Path | None = Field(
        default=None, description="违禁词表文件，内容过滤用 / word list that `content_filter` looks for"
    )


class ClockSettings(Section):
    """The company's clock. On a real system nothing is set here."""

    speed: float = Field(default=1, gt=0, le=100_000, description="演示用的时间倍速 / how fast time passes, for demos")
    real_start: datetime | None = Field(default=None, description="倍速的真实起点 / real time at which the speed began")
    company_start: datetime | None = Field(
        default=None, description="当时的公司时间 / what the company's clock said then"
    )

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        starts = (self.real_start, self.company_start)
        if (starts[0] is None) != (starts[1] is None):
            raise ValueError("real_start and company_start belong together")
        if self.speed != 1 and starts[0] is None:
            # Each process would begin to hurry when it is started: two of them never agree what time it is.
            raise ValueError("a speed needs real_start and company_start, the same for all processes")
        if any(one is not None and one.tzinfo is None for one in starts):
            raise ValueError("write times with their offset, e.g. 2026-03-10T10:00:00+08:00")
        return self


class LogSettings(Section):
    """Logs of all processes."""

    level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="日志级别 / least level")
    format: Literal["text", "json"] = Field(default="text", description="日志格式 / one line of text or of JSON each")
