"""Words for what YAML allows and our files do not: one way to write a thing, read by people."""

from typing import Final

from models.language.problem import Wording, Words

MOST_DEPTH: Final = 40
MOST_NODES: Final = 50_000

DUPLICATE: Final = Wording(
    "DL005",
    Words(
        "key `{key}` is written twice in the same place; the first is on line {first}",
        "同一处的键 `{key}` 写了两次，第一次在第 {first} 行",
    ),
    Words("delete one of the two, or give it its right name", "请删除其中一个，或改成正确的键名"),
)
ALIAS: Final = Wording(
    "DL006",
    Words("`{found}` repeats another part of the file by reference", "`{found}` 是引用：重复文件中另一处的内容"),
    Words(
        'write the content out here; if it is meant as text, put it in quotes: "{found}"',
        '请把内容直接写在这里；如果本意是文字，请加引号："{found}"',
    ),
)
ANCHOR: Final = Wording(
    "DL006",
    Words("`{found}` names this part of the file for references", "`{found}` 是供引用的标记"),
    Words(
        "remove it, and write the content out wherever it is needed; if it is meant as text, put the value in quotes",
        "请删除，并在需要的地方直接写出内容；如果本意是文字，请给整个值加引号",
    ),
)
TAG: Final = Wording(
    "DL006",
    Words(
        "`{found}` is a YAML tag; the types of values follow from their keys",
        "`{found}` 是 YAML 标签；值的类型由键决定",
    ),
    Words(
        "remove it; if it is meant as text, put the value in quotes",
        "请删除；如果本意是文字，请给整个值加引号",
    ),
)
MERGE: Final = Wording(
    "DL006",
    Words("`<<` merges keys from elsewhere", "`<<` 会合并别处的键"),
    Words("write the keys out here", "请把这些键直接写在这里"),
)
DIRECTIVE: Final = Wording(
    "DL006",
    Words("a line that starts with `%` changes how YAML is read", "以 `%` 开头的行会改变 YAML 的读法"),
    Words("delete the line", "请删除这一行"),
)
SECOND_DOCUMENT: Final = Wording(
    "DL001",
    Words(
        "a second document begins here, after `---`; what follows is not read",
        "这里的 `---` 开始了第二个文档，其后的内容不会被读取",
    ),
    Words("remove the `---`, or move the second part to a file of its own", "请删除 `---`，或把后一部分移到单独的文件"),
)
KEY_NOT_TEXT: Final = Wording(
    "DL015",
    Words("the key `{key}` is read as {kind}; keys are text", "键 `{key}` 会被读成{kind_zh}，而键必须是文字"),
    Words('write it in quotes: "{key}":', '请加引号："{key}":'),
)
KEY_COMPOUND: Final = Wording(
    "DL015",
    Words("a list or a mapping stands where a key is expected", "应写键的地方写成了列表或映射"),
    Words(
        "write one word and a colon; a value that begins with `{{` or `[` belongs after `key: `",
        "请写一个词加冒号；以 `{{` 或 `[` 开头的值应写在 `键: ` 之后",
    ),
)
TOO_DEEP: Final = Wording(
    "DL007",
    Words(
        "more than {limit} levels inside each other; the file is not read further", "嵌套超过 {limit} 层，不再往下读"
    ),
    Words("check the brackets and the indentation around here", "请检查这附近的括号和缩进"),
)
TOO_MANY: Final = Wording(
    "DL007",
    Words(
        "more than {limit} values in one file; the file is not read further",
        "一个文件中的值超过 {limit} 个，不再往下读",
    ),
    Words("split it into several files", "请拆分成几个文件"),
)
