"""Texts, files and reports as clients write them."""

from base64 import b64encode, encodebytes

import pytest

from notifications.inbound.mail import File, Mail, Report
from notifications.inbound.reading import read_bytes
from tests.unit.inbound.hostile_mails import multipart


def _text(kind: str, content: bytes, more: str = "") -> Mail:
    return read_bytes(f"From: a@b.cn\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + content)


def _html(page: str) -> str:
    return _text("text/html; charset=utf-8", page.encode()).text


@pytest.mark.parametrize(
    ("charset", "content", "meant"),
    [
        ("gb2312", "朱镕基①".encode("gbk"), "朱镕基①"),
        ("gbk", "㐀𠀀".encode("gb18030"), "㐀𠀀"),
        ("big5", "測試著".encode("big5hkscs"), "測試著"),
        ("hz-gb-2312", b"~{VPND~} a", "中文 a"),
        ("iso-2022-jp", "テスト".encode("iso-2022-jp"), "テスト"),
        ("gb2312", "中文邮件".encode(), "中文邮件"),
        ("utf-8", "中文邮件".encode("gbk"), "中文邮件"),
        ("us-ascii", "中文邮件".encode("gbk"), "中文邮件"),
        ("iso-8859-1", "中文邮件".encode("gbk"), "中文邮件"),
        ("iso-8859-1", "Müller était “là”".encode("cp1252"), "Müller était “là”"),
        ("iso-8859-1", "中文邮件".encode(), "中文邮件"),
        ("no-such-thing", "中文邮件".encode("gbk"), "中文邮件"),
        ("utf-7", b"+ADw-b+AD4-", "+ADw-b+AD4-"),
        ("utf-8", "\ufeff中文".encode(), "中文"),
    ],
)
def test_a_text_is_read_in_the_charset_it_really_has(charset: str, content: bytes, meant: str) -> None:
    mail = _text(f"text/plain; charset={charset}", content)
    assert (mail.text, mail.troubles) == (meant, ())


def test_one_bad_character_is_said_and_leaves_the_others() -> None:
    mail = _text("text/plain; charset=utf-8", "中文邮件正文测试十个字".encode() + b"\xff!")
    assert mail.text == "中文邮件正文测试十个字\ufffd!"
    assert mail.troubles == ("正文有无法识别的字符（声明的字符集：utf-8），在原件中保留",)


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("base64", encodebytes("你好，世界".encode())),
        ("BASE64", b64encode("你好，世界".encode()).rstrip(b"=") + b"\r\n"),
        ("base64", b64encode("你好，世界".encode()) + b"\r\n-- \r\nfooter of a list"),
        ("quoted-printable", b"=E4=BD=A0=E5=A5=BD=EF=BC=8C=\r\n=E4=B8=96=E7=95=8C"),
        ("8bit", "你好，世界".encode()),
        ("nonsense", "你好，世界".encode()),
    ],
)
def test_a_text_is_read_in_every_encoding(encoding: str, content: bytes) -> None:
    more = f"Content-Transfer-Encoding: {encoding}\r\n"
    assert _text("text/plain; charset=utf-8", content, more).text == "你好，世界"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"),
        ("<div>a</div><div><div>b</div></div>c", "a\nb\nc"),
        ("a  \n b&nbsp;&amp;&lt;&#20013;&#x6587;&bogus;", "a b &<中文&bogus;"),
        ("<head><title>t</title><style>p{}</style></head><script>x</script>a<!-- b -->c", "ac"),
        ("<p style='display: none'>no</p><span hidden>no</span><b style='FONT-SIZE:0px'>no</b>yes", "yes"),
        ("<div style='display:none'><div>no</div>no</div>yes", "yes"),
        ("<p style='font-size:0.9em'>yes</p>", "yes"),
        (
            "<a href='https://a.cn/x'>here</a> <a href='https://a.cn'>https://a.cn</a>",
            "here <https://a.cn/x> https://a.cn",
        ),
        ("<a href='javascript:alert(1)'>here</a>", "here"),
        ("me<blockquote>you<blockquote>they</blockquote></blockquote>me", "me\n> you\n> > they\nme"),
        ("<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e</table>", "- a\n- b\n\nc\td\ne"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<img alt='图' src='cid:1'>a < b", "[图]a < b"),
        ("a<b title='x > y'>c</b>d<p", "acd"),
    ],
)
def test_a_page_is_read_as_a_person_sees_it(page: str, text: str) -> None:
    assert _html(page) == text


def test_a_page_may_say_its_charset_itself() -> None:
    assert _text("text/html", '<meta charset="big5">測試許功蓋'.encode("big5")).text == "測試許功蓋"


_PAGE = b"Content-Type: text/html\r\n\r\n<p>from the page</p>"


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        (b"plain", "plain"),
        (b" \r\n", "from the page"),
        (b"Your mail client does not support HTML messages.", "from the page"),
        ("您的邮件客户端不支持 HTML 邮件".encode(), "from the page"),
    ],
)
def test_plain_text_comes_before_html_unless_it_says_nothing(plain: bytes, text: str) -> None:
    assert read_bytes(multipart([b"\r\n" + plain, _PAGE], b"alternative")).text == text


def test_flowed_lines_are_put_together() -> None:
    content = b"one \r\ntwo\r\n> a \r\n> b\r\n c\r\n-- \r\nd"
    assert _text("text/plain; format=flowed", content).text == "one two\n> a b\nc\n-- \nd"
    assert _text("text/plain; format=flowed; delsp=yes", b"on \r\ne").text == "one"


def test_texts_between_pictures_are_one_text() -> None:
    picture = b"Content-Type: image/png; name=a.png\r\nContent-Disposition: inline\r\n\r\npng"
    mail = read_bytes(multipart([b"\r\none", picture, b"\r\ntwo"]))
    assert mail.text == "one\n\ntwo"
    assert mail.files == (File("a.png", "image/png", b"png", inline=True),)


@pytest.mark.parametrize(
    "header",
    [
        b'Content-Disposition: attachment; filename="=?gbk?B?%s?="' % b64encode("报告.pdf".encode("gbk")),
        b"Content-Disposition: attachment; filename*=gbk'zh-cn'%B1%A8%B8%E6.pdf",
        b"Content-Disposition: attachment; filename*0*=UTF-8''%E6%8A%A5%E5;\r\n filename*1*=%91%8A; filename*2=.pdf",
        b'Content-Disposition: attachment; filename="' + "报告.pdf".encode("gbk") + b'"',
        b"Content-Disposition: attachment; filename=" + "报告.pdf".encode(),
        b"Content-Disposition: attachment\r\nContent-Description: x",
        'Content-Disposition: attachment; filename="报\u202e告.pdf\x07"'.encode(),
    ],
)
def test_a_file_has_the_name_that_was_meant(header: bytes) -> None:
    part = b'Content-Type: application/PDF; name="=?utf-8?B?%s?="\r\n' % b64encode("报告.pdf".encode())
    mail = read_bytes(multipart([b"\r\nhi", part + header + b"\r\n\r\npdf"]))
    assert mail.files == (File("报告.pdf", "application/pdf", b"pdf", inline=False),)


def test_messages_invitations_and_bombs_are_files_that_nobody_opens() -> None:
    bomb = b"PK\x03\x04" + b"\0" * 1_000
    mail = read_bytes(
        multipart(
            [
                b"Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?Q?=E6=8A=A5?=\r\n\r\ninner",
                b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR",
                b"Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + encodebytes(bomb),
            ]
        )
    )
    assert [(file.name, file.type) for file in mail.files] == [
        ("报.eml", "message/rfc822"),
        ("", "text/calendar"),
        ("a.zip", "application/zip"),
    ]
    assert mail.files[2].content == bomb
    assert mail.text == ""


def test_a_report_is_put_aside_with_what_came_back() -> None:
    status = b"Reporting-MTA: dns; a\r\n\r\nStatus: 5.1.1"
    mail = read_bytes(
        multipart(
            [
                b"\r\nnot delivered",
                b"Content-Type: message/delivery-status\r\n\r\n" + status,
                b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nhi",
            ],
            b"report; report-type=delivery-status",
        )
    )
    assert mail.reports == (Report("delivery-status", "Reporting-MTA: dns; a\n\nStatus: 5.1.1"),)
    assert (mail.text, mail.returned, mail.files) == ("not delivered", "Subject: x\n\nhi", ())


@pytest.mark.parametrize(
    "message",
    [
        multipart([b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"], b"encrypted"),
        b"From: a@b.cn\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx",
        b"From: a@b.cn\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nx",
    ],
)
def test_what_is_encrypted_is_said(message: bytes) -> None:
    assert any("邮件已加密，无法读取正文" in trouble for trouble in read_bytes(message).troubles)


def test_what_is_signed_is_read() -> None:
    signature = b"Content-Type: application/pgp-signature; name=s.asc\r\n\r\nx"
    assert read_bytes(multipart([b"\r\ninner", signature], b"signed")).text == "inner"
    signed = b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\ninner\n- -- \nZ\n"
    clear = signed + b"-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----\n"
    assert _text("text/plain", clear).text.strip() == "inner\n-- \nZ"


def test_old_files_in_the_text_and_winmail_are_files() -> None:
    mail = _text("text/plain", b"before\r\nbegin 644 a.txt\r\n#86)C\r\n`\r\nend\r\nafter")
    assert (mail.text, mail.files) == (
        "before\nafter",
        (File("a.txt", "application/octet-stream", b"abc", inline=False),),
    )
    mail = _text("application/ms-tnef; name=winmail.dat", b"x")
    assert mail.files[0].name == "winmail.dat"
    assert any("winmail.dat" in trouble for trouble in mail.troubles)


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/mixed; boundary=B",
        "multipart/mixed",
        "multipart/mixed; boundary*0=B",
        'MULTIPART/Mixed; BOUNDARY="B  "',
    ],
)
def test_parts_are_found_even_if_the_boundary_is_written_strangely(content_type: str) -> None:
    mail = _text(content_type, b"preamble\r\n--B  \r\n\r\none\r\n--B\r\n\r\ntwo\r\n--Bx\r\n--B--\r\nepilogue")
    assert mail.text == "one\n\ntwo\n--Bx"


def test_a_part_ends_where_the_multipart_around_it_goes_on() -> None:
    inner = b"Content-Type: multipart/mixed; boundary=BB\r\n\r\n--BB\r\n\r\ninner"
    assert read_bytes(multipart([inner, b"\r\nouter"])).text == "inner\n\nouter"
