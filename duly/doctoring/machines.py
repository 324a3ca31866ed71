"""The doctor's look at what machine work needs: the word list, the certificates of the company's own sites."""

from collections.abc import Iterator

from duly.doctoring.findings import Finding
from duly.errors import UserError
from duly.running.working import tls_of
from duly.settings import Settings
from tasks.word_list import BadWordList, read_word_list


def look_at_machines(settings: Settings) -> Iterator[Finding]:
    """What is set, and whether it can be read."""
    yield _words(settings)
    if settings.machines.ca_file is not None:
        yield _authority(settings)


def _words(settings: Settings) -> Finding:
    name, path = "违禁词表 / word list", settings.machines.word_list
    if path is None:
        return Finding(
            name, "warning", "未设置，内容过滤由人办理 / not set; people filter content",
            "设置 machines.word_list / set machines.word_list",
        )  # fmt: skip
    try:
        words = read_word_list(path).words
    except (OSError, BadWordList) as error:
        return Finding(name, "bad", str(error), "改正此文件 / correct the file: docs/how-to/run-duly.md")
    return Finding(name, "good", f"{path}: {sum(map(len, words.values()))}")


def _authority(settings: Settings) -> Finding:
    name = "内网证书 / certificates of own sites"
    try:
        tls_of(settings.machines.ca_file)
    except UserError as error:
        return Finding(name, "bad", error.message, error.remedy)
    return Finding(name, "good", str(settings.machines.ca_file))
