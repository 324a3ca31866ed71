"""What an operator sets is what runs, and what is misspelt is said."""

from pathlib import Path

import pytest

from duly.errors import UserError
from duly.settings import described, load_settings, variable_of


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str) -> None:
    Path("duly.toml").write_text(text, encoding="utf-8")


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write('address = "http://from-file.example"\n[mail]\nhost = "mail.example"\nport = 25\n')
    monkeypatch.setenv("DULY_MAIL__PORT", "465")

    found = load_settings()

    assert (found.reached_at, found.mail.host, found.mail.port) == ("http://from-file.example", "mail.example", 465)


def test_a_misspelt_key_of_the_file_is_an_error_that_names_the_closest() -> None:
    write('[mail]\nhots = "mail.example"\n')

    with pytest.raises(UserError, match=r"no setting `mail\.hots`; did you mean `mail\.host`\?"):
        load_settings()


def test_a_misspelt_variable_is_an_error_that_names_the_closest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DULY_MIAL__HOST", "mail.example")

    with pytest.raises(UserError) as raised:
        load_settings()

    assert "DULY_MAIL__HOST" in raised.value.remedy


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DULY_MAIL__PORT", "many")
    monkeypatch.setenv("DULY_WEB__PORT", "0")

    with pytest.raises(UserError) as raised:
        load_settings()

    assert [line.split(":")[0] for line in raised.value.message.splitlines()] == ["`web.port`", "`mail.port`"]


def test_a_wrong_value_is_not_repeated_because_it_may_be_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DULY_CHAT", '[{"kind": "wecom", "url": "https://secret.example", "secrte": "hush-hush"}]')

    with pytest.raises(UserError) as raised:
        load_settings()

    assert "hush-hush" not in raised.value.format_message()
    assert "chat.0.secrte" in raised.value.message


def test_a_file_that_is_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DULY_CONFIG", "elsewhere.toml")

    with pytest.raises(UserError, match=r"elsewhere\.toml, which is not a file"):
        load_settings()


def test_a_broken_file_says_so() -> None:
    write("[mail\n")

    with pytest.raises(UserError, match="the settings cannot be read"):
        load_settings()


@pytest.mark.parametrize("name", [name for name, _ in described()])
def test_every_setting_is_explained(name: str) -> None:
    page = (Path(__file__).parents[2] / "docs/reference/settings.md").read_text(encoding="utf-8")

    assert f"| `{name}` | `{variable_of(name)}` |" in page


def test_a_demonstration_that_others_could_reach_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DULY_DEMO", "true")
    monkeypatch.setenv("DULY_WEB__HOST", "192.0.2.1")

    with pytest.raises(UserError, match="must be this machine"):
        load_settings()


def test_a_fast_clock_needs_a_start_that_all_processes_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock process that is started again an hour later would stand 59 hours behind the pages."""
    monkeypatch.setenv("DULY_CLOCK__SPEED", "60")

    with pytest.raises(UserError, match=r"`clock`: .*a speed needs real_start and company_start"):
        load_settings()
