"""Plain: short mails of a few sentences, Chinese first, as text and as HTML."""

from html import escape


def plain_text(greeting: str, lines: tuple[str, ...], english: str) -> str:
    """The text: a greeting, the sentences, the English."""
    return "\n\n".join([greeting, *lines, english]) + "\n"


def plain_html(greeting: str, lines: tuple[str, ...], english: str) -> str:
    """The same as HTML; an address becomes a link, a code is shown large."""
    body = "".join(f"<p>{one}</p>" for one in (escape(greeting), *map(_line, lines)))
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"></head>'
        "<body style=\"font:16px/1.7 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;"
        f'max-width:560px;margin:24px auto;padding:0 16px">{body}'
        f'<p lang="en" style="font-size:13px;opacity:.7">{escape(english)}</p></body></html>\n'
    )


def _line(text: str) -> str:
    if text.startswith(("http://", "https://")):
        return f'<a href="{escape(text)}" style="word-break:break-all">{escape(text)}</a>'
    label, colon, value = text.partition("：")
    if colon and value.isdigit():
        return f'{escape(label)}：<strong style="font-size:28px;letter-spacing:.2em">{escape(value)}</strong>'
    return escape(text)
