"""Words for YAML that cannot be read, and the words of libyaml that they stand for."""

from typing import Final

from models.language.problem import Wording, Words
from models.language.reading.repairs import TAB

UNREADABLE: Final = Wording(
    "DL001",
    Words("this cannot be read as YAML: {reason}", "此处无法按 YAML 读取：{reason}"),
    Words(
        "compare with the lines above; texts with special signs need quotes", "请对照上面几行；含特殊符号的文字需加引号"
    ),
)
NO_COLON: Final = Wording(
    "DL001",
    Words("`{text}` stands where a key and a colon are expected", "`{text}` 所在处应为键加冒号"),
    Words(
        "write `key: value` with an ASCII colon and a space; indent the line if it continues the text above",
        "请写成“键: 值”，用半角冒号加空格；如果是接续上一行的文字，请增加缩进",
    ),
)
COLON_IN_VALUE: Final = Wording(
    "DL001",
    Words(
        "a second colon in `{text}`: the value holds a colon and a space",
        "`{text}` 中有第二个冒号：值里含有“冒号加空格”",
    ),
    Words('put the value in quotes: key: "a: b"', '请给值加引号：key: "a: b"'),
)
TOO_FAR_IN: Final = Wording(
    "DL004",
    Words(
        "`{text}` is not indented like the key above it, which begins at column {expected}",
        "`{text}` 的缩进与上一行的键不一致，上一行的键从第 {expected} 列开始",
    ),
    Words(
        "let keys of one mapping begin at the same column; put the value of the key above after its colon, or below it",
        "同一层的键必须从同一列开始；上一行的键如果有下级内容，冒号后面不能再写值",
    ),
)
NOT_ALIGNED: Final = Wording(
    "DL004",
    Words("`{text}` is not aligned with any key above it", "`{text}` 与上面任何一个键都没有对齐"),
    Words("let it begin at the same column as its siblings", "请与同一层的其他键从同一列开始"),
)
ITEM_FOR_KEY: Final = Wording(
    "DL004",
    Words("a list item stands where a key is expected", "应写键的地方出现了列表项"),
    Words("indent the item below the key of its list, or remove the `- `", "请把列表项缩进到所属的键之下，或去掉 `- `"),
)
NO_ITEM: Final = Wording(
    "DL004",
    Words(
        "`{text}` does not fit the list that begins on line {begins}: its items begin at column {expected}",
        "`{text}` 与第 {begins} 行开始的列表不符：列表项应从第 {expected} 列开始",
    ),
    Words(
        "begin an item with `- ` at that column, or indent the line like the other keys of the item above",
        "新的列表项请从该列以 `- ` 开头；如果属于上一项，请与上一项的其他键对齐",
    ),
)
AFTER_VALUE: Final = Wording(
    "DL001",
    Words("something follows a value that has ended, in `{text}`", "`{text}` 中，值已经结束，后面还有内容"),
    Words(
        "a value that begins with a quote or bracket ends with it: put the whole value in quotes",
        "以引号或括号开头的值到对应的引号或括号为止；请给整个值加引号",
    ),
)
UNCLOSED_QUOTE: Final = Wording(
    "DL001",
    Words("the quote that begins here is never closed", "从这里开始的引号没有结束"),
    Words(
        "close it with the same ASCII sign; inside '…' write '' for an apostrophe",
        "请用同样的半角引号结束；'…' 中的单引号写成 ''",
    ),
)
UNCLOSED_BRACKET: Final = Wording(
    "DL001",
    Words(
        "the bracket that begins here is not closed, or a comma is missing in it",
        "从这里开始的括号没有结束，或其中缺少逗号",
    ),
    Words(
        "separate with `, ` and close with the same kind of bracket; texts with `, : {{ }} [ ]` need quotes",
        "请用 `, ` 分隔并用同种括号结束；含 `, : {{ }} [ ]` 的文字需加引号",
    ),
)
NOTHING_IN_BRACKET: Final = Wording(
    "DL001",
    Words("something is missing inside the brackets here", "括号内此处缺少内容"),
    Words("remove the extra comma, or close the bracket", "请删除多余的逗号，或补上右括号"),
)
SPECIAL_SIGN: Final = Wording(
    "DL001",
    Words("a value cannot begin with `{sign}`", "值不能以 `{sign}` 开头"),
    Words("put the value in quotes", "请给值加引号"),
)
ESCAPE: Final = Wording(
    "DL001",
    Words('a backslash inside "…" begins a code, and this is none', "双引号内的反斜杠是转义符，这里的转义无效"),
    Words("use single quotes: 'C:\\dir', or write two backslashes", "请改用单引号：'C:\\dir'，或写两个反斜杠"),
)
REFERENCE: Final = Wording(
    "DL006",
    Words(
        "a value that begins with `*`, `&` or `!` is a reference or tag of YAML",
        "以 `*`、`&`、`!` 开头的值是 YAML 的引用或标签",
    ),
    Words("put the value in quotes if it is meant as text", "如果本意是文字，请给值加引号"),
)
ITEM_AFTER_KEY: Final = Wording(
    "DL001",
    Words("a list item cannot stand on the line of its key", "列表项不能与键写在同一行"),
    Words("begin the list on the next line, indented; or write `[a, b]`", "请把列表写到下一行并缩进；或写成 `[a, b]`"),
)
BLOCK_TEXT: Final = Wording(
    "DL001",
    Words(
        "a value that begins with `>` or `|` has its text on the lines below",
        "以 `>` 或 `|` 开头的值，文字应写在下面几行",
    ),
    Words('put the value in quotes if the sign belongs to it: "> 3"', '如果符号是值的一部分，请加引号："> 3"'),
)

BY_WORDS: Final = (
    ("found a tab character", TAB, "place"),
    ("scanning a quoted scalar", UNCLOSED_QUOTE, "context"),
    ("unknown escape character", ESCAPE, "place"),
    ("parsing a quoted scalar", ESCAPE, "place"),
    ("scanning an alias", REFERENCE, "context"),
    ("scanning an anchor", REFERENCE, "context"),
    ("tag", REFERENCE, "context"),
    ("block sequence entries are not allowed", ITEM_AFTER_KEY, "place"),
    ("scanning a block scalar", BLOCK_TEXT, "context"),
    ("expected '-' indicator", NO_ITEM, "line"),
    ("expected ',' or", UNCLOSED_BRACKET, "context"),
    ("parsing a flow node", NOTHING_IN_BRACKET, "place"),
    ("cannot start any token", SPECIAL_SIGN, "place"),
    ("could not find expected ':'", NO_COLON, "context"),
)
"""Part of libyaml's context and reason; our words; whether its context or its place is where to look."""
