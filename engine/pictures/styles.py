"""Styles: the colours and letters of all pictures, for light and dark screens and for paper.

Classes instead of variables, because viewers outside browsers do not know variables and would
show black boxes. Nothing is fetched: the letters are those that Chinese systems bring along.
"""

from collections.abc import Mapping
from string import Template
from typing import Final

FONTS: Final = (
    "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',"
    "'Source Han Sans SC','WenQuanYi Micro Hei',system-ui,sans-serif"
)

_LIGHT: Final[Mapping[str, str]] = {
    "canvas": "#f6f7f9", "card": "#ffffff", "edge": "#d5dae3", "ink": "#19212d", "soft": "#586374", "wire": "#8a95a6",
    "band": "#eceff4", "shade": "#e9ecf2", "task": "#2563eb", "approve": "#7c3aed", "notify": "#0f8a80",
    "machine": "#52606f", "call": "#0b6fa4", "wait": "#97730d", "end": "#1d7d46", "start": "#19212d",
    "alarm": "#c81e3a", "alarmsoft": "#fdecee", "warn": "#b45309", "warnsoft": "#fdf1dc", "law": "#86198f",
    "lawsoft": "#f8eafb", "target": "#0f766e", "targetsoft": "#e2f4f1", "plainsoft": "#eef1f5", "good": "#1d7d46",
    "goodsoft": "#e4f4ea", "back": "#b45309", "reverse": "#ffffff",
}  # fmt: skip
_DARK: Final[Mapping[str, str]] = {
    "canvas": "#11151b", "card": "#1b212a", "edge": "#343e4c", "ink": "#e8ecf2", "soft": "#a3aebd", "wire": "#6c788a",
    "band": "#171d26", "shade": "#1c242f", "task": "#7aa7ff", "approve": "#b794ff", "notify": "#4fd1c1",
    "machine": "#a3b1c2", "call": "#5cc0f2", "wait": "#dcb54c", "end": "#63cf92", "start": "#e8ecf2",
    "alarm": "#ff8194", "alarmsoft": "#3a1f27", "warn": "#f5b04f", "warnsoft": "#362a18", "law": "#e59af0",
    "lawsoft": "#33203a", "target": "#4fd1c1", "targetsoft": "#17302f", "plainsoft": "#262e3a", "good": "#63cf92",
    "goodsoft": "#1a3226", "back": "#f5b04f", "reverse": "#11151b",
}  # fmt: skip

_LETTERS: Final = f"""
.duly text{{font-family:{FONTS}}}
.duly .huge{{font-size:22px;font-weight:700}}
.duly .large{{font-size:16px;font-weight:700}}
.duly .name{{font-size:14.5px;font-weight:650}}
.duly .body{{font-size:12.5px}}
.duly .small{{font-size:11px}}
.duly .tiny{{font-size:10px}}
.duly .title{{font-size:20px}}
.duly .text{{font-size:13px}}
.duly .strong{{font-weight:700}}
.duly .line{{fill:none;stroke-width:1.5}}
.duly .dashed{{stroke-dasharray:5 4}}
.duly .icon{{fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}}
"""

_COLOURS: Final = Template("""
.duly .canvas{fill:$canvas}
.duly .card{fill:$card;stroke:$edge}
.duly .card.asked{stroke:$wire;stroke-dasharray:5 4}
.duly .band{fill:$band;stroke:$edge}
.duly .shade{fill:$shade}
.duly .rule{stroke:$edge;fill:none}
.duly text{fill:$ink}
.duly text.soft{fill:$soft}
.duly .line{stroke:$wire}
.duly .line.back{stroke:$back}
.duly .head{fill:$wire}
.duly .head.back{fill:$back}
.duly text.back{fill:$back}
.duly .over{stroke:$canvas;stroke-width:5px;paint-order:stroke;stroke-linejoin:round}
.duly .icon{stroke:$soft}
.duly .reverse{fill:$reverse}
.duly .icon.reverse{fill:none;stroke:$reverse}
""")

_KINDS: Final = ("task", "approve", "notify", "machine", "call", "wait", "end", "start")
_TONES: Final = ("alarm", "warn", "law", "target", "good")


def style(extra: str = "") -> str:
    """The style sheet of a picture; `extra` is a template of colours of its own."""
    colours = Template(_COLOURS.template + "".join(_own()) + extra)
    light, dark = colours.substitute(_LIGHT), colours.substitute(_DARK)
    return f"{_LETTERS}{light}@media (prefers-color-scheme:dark){{{dark}}}\n"


def _own() -> list[str]:
    found = [f".duly .{kind}{{fill:${kind}}}.duly .icon.{kind}{{fill:none;stroke:${kind}}}\n" for kind in _KINDS]
    found += [
        f".duly .{tone}{{fill:${tone}}}.duly .icon.{tone}{{fill:none;stroke:${tone}}}"
        f".duly .{tone}-soft{{fill:${tone}soft}}\n"
        for tone in _TONES
    ]
    return [*found, ".duly .plain-soft{fill:$plainsoft}\n"]
