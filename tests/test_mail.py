"""The message that brings a newcomer their documents, which every mail program is to read, and archives."""

from __future__ import annotations

import io
import shutil
import stat
import subprocess
import unicodedata
import zipfile
from collections.abc import Mapping
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from browser import open_file
from every_document import LANGUAGES, RIGHT_TO_LEFT, studio_of
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from playwright.sync_api import Browser
from pydantic import ValidationError
from reach import sideways_faults
from rich import RICH
from workspaces import COMPANY, HIRE, SMALL, pitchgen, pitchgen_here, write_tree

from pitchgen.model.email import read_email
from pitchgen.model.hire import Hire
from pitchgen.model.text import read_name
from pitchgen.plain import printable
from pitchgen.problems import InvalidInput
from pitchgen.render.bundle import MAX_FILE_NAME, file_names, zip_of
from pitchgen.studio.jobs import all_jobs, bundles
from pitchgen.studio.studio import Studio

PDF = b"%PDF-1.7\r\n--=_all_\n.\nFrom here\r" + bytes(range(256)) * 40
FILES = {"Pelikirja.pdf": PDF, "Roolikortti.pdf": PDF[::-1]}
ADDRESS = "aino.virtanen@testi.example"
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script></style><!-- &amp; {{ 7 * 7 }}'


def read(message: bytes) -> EmailMessage:
    return message_from_bytes(message, policy=default)


def message_to(
    studio: Studio, language: str = "fi", files: Mapping[str, bytes] = FILES, **changes: str | None
) -> bytes:
    """The message to the first newcomer, of whom some of what their file says is changed."""
    (hire, *_) = studio.workspace.hires
    hire.model = hire.model.model_copy(update=changes)
    return studio.message(hire, language, files)


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body
    return str(body.get_content())


def defects(message: EmailMessage) -> list[object]:
    """All that a reader of the message stumbles over, in its parts and in their headers."""
    found: list[object] = []
    for each in message.walk():
        found += each.defects
        for header in each.values():
            found += getattr(header, "defects", ())
    return found


class Text(HTMLParser):
    """The words of a page, and the elements they stand in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html.partition("</head>")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return studio_of(RICH, tmp_path_factory.mktemp("rich"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return studio_of(SMALL, tmp_path_factory.mktemp("small"))


# A draft, ready to send.


def test_it_opens_as_a_draft_to_the_newcomer_with_everything_in_its_place(rich: Studio) -> None:
    message = read(message_to(rich))
    assert sorted(message.keys()) == ["Content-Type", "MIME-Version", "Subject", "To", "X-Unsent"]
    assert message["X-Unsent"] == "1"
    assert message["To"].addresses == (Address("Ilona Äijälä", addr_spec="ilona.aijala@polkupaja.example"),)
    assert [each.get_content_type() for each in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
        "application/pdf",
    ]
    attached = list(message.iter_attachments())
    assert {each.get_filename(): each.get_content() for each in attached} == FILES
    assert {each.get_content_disposition() for each in attached} == {"attachment"}


def test_who_has_no_address_is_filled_in_by_whoever_sends_it(plain: Studio) -> None:
    assert "To" not in read(message_to(plain, email=None))


def test_a_message_may_bring_no_file(plain: Studio) -> None:
    message = read(message_to(plain, files={}))
    assert (list(message.iter_attachments()), message.get_content_type()) == ([], "multipart/mixed")
    assert "Liitteenä" not in part(message, "plain") + part(message, "html")


@pytest.mark.parametrize(
    ("language", "subject", "greeting", "attached"),
    [
        ("fi", "Tervetuloa joukkoomme – Polkupaja Oy", "Hei Ilo, tervetuloa!", "Liitteenä: "),
        ("en", "Welcome to the team – Polkupaja Oy", "Hi Ilo, welcome!", "Attached: "),
        ("sv", "Välkommen till oss – Polkupaja Oy", "Hej Ilo, välkommen!", "Bilagor: "),
    ],
)
def test_it_says_the_pitch_and_names_what_is_attached(
    rich: Studio, language: str, subject: str, greeting: str, attached: str
) -> None:
    names = {
        "fi": ["Tervetulopuhe", "Pelikirja", "Roolikortti"],
        "en": ["Welcome letter", "Playbook", "Role card"],
        "sv": ["Välkomsttal", "Spelbok", "Rollkort"],
    }[language]
    files = {rich.attachment_name(each, language): PDF for each in ("pitch", "playbook", "role-card")}
    assert list(files) == [f"{name}.pdf" for name in names]
    message = read(message_to(rich, language, files))
    assert message["Subject"] == subject
    first, *_, last = part(message, "plain").splitlines()
    assert (first, last) == (greeting, f"{attached}{', '.join(names)}.")
    assert f'lang="{language}"' in part(message, "html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_forms_of_the_text_say_the_same(rich: Studio, language: str) -> None:
    message = read(message_to(rich, language))
    # A list has its marks only where it is plain text.
    plain = [word for word in part(message, "plain").split() if word != "-"]
    assert Text(part(message, "html")).text.split() == plain


def test_nobody_can_ask_for_the_name_of_a_managers_sheet(rich: Studio) -> None:
    with pytest.raises(KeyError):
        rich.attachment_name("manager-sheet", "fi")


def test_the_same_words_and_files_give_the_same_bytes_and_others_do_not(tmp_path: Path) -> None:
    first, second = (message_to(studio_of(RICH, tmp_path / name)) for name in ("one", "two"))
    assert first == second
    other = message_to(studio_of(RICH, tmp_path / "one"), files={"Pelikirja.pdf": PDF[1:]})
    assert read(other).get_boundary() != read(first).get_boundary()


def test_a_language_without_words_is_a_clear_problem(plain: Studio) -> None:
    with pytest.raises(InvalidInput):
        message_to(plain, "de")


def test_a_template_of_ones_own_with_a_mistake_is_shown_with_its_line(tmp_path: Path) -> None:
    studio = studio_of({**SMALL, "templates/mail.html": "<p>\n{{ otsikko }}\n"}, tmp_path)
    with pytest.raises(InvalidInput) as refused:
        message_to(studio)
    (problem,) = refused.value.problems
    assert (problem.path, problem.line) == ("templates/mail.html", 2)


def test_a_numbered_list_keeps_its_numbers_in_both_forms(tmp_path: Path) -> None:
    pitch = "# Hei\n\n24. joulukuuta avaamme.\n\n7. Yksi\n8. Kaksi\n\n- Kolme\n"
    message = read(
        message_to(studio_of({**SMALL, "templates/languages/fi/pitch.md": pitch}, tmp_path), files={})
    )
    plain = part(message, "plain").replace("\r\n", "\n")
    assert plain == "Hei\n\n24. joulukuuta avaamme.\n\n7. Yksi\n8. Kaksi\n\n- Kolme\n"
    lists = [given for tag, given in Text(part(message, "html")).elements if tag in ("ol", "ul")]
    assert [given.get("start") for given in lists] == ["7", None]
    assert "counter-reset:list-item 6" in (lists[0]["style"] or "").replace(": ", ":")


def test_no_message_is_made_with_a_link_into_hrs_own_folders(tmp_path: Path) -> None:
    layout = "<p>{{ heading }}\n<a href='guide/start.html'>Opas</a>\n"
    studio = studio_of({**SMALL, "templates/mail.html": layout}, tmp_path)
    with pytest.raises(InvalidInput) as refused:
        message_to(studio)
    (problem,) = refused.value.problems
    assert (problem.code, problem.path, problem.line) == ("link", "templates/mail.html", 2)


# Nothing that stands in a workspace gets out of its place.

ODD_LETTERS = [*'a ,;:<>@"\\()[]=?_.\r\n\tä😀\u202e\u200f\u2066\x85\u2028']
NAMES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200),
    st.text(st.sampled_from(ODD_LETTERS), min_size=1, max_size=200),
)


def accepted(text: str) -> bool:
    try:
        read_name(text)
    except ValueError:
        return False
    return True


@settings(max_examples=100)
@given(
    NAMES.filter(accepted),
    NAMES.filter(accepted),
    st.lists(NAMES, max_size=2).map(lambda words: file_names(words, ".pdf")),
)
def test_any_name_gives_a_whole_message_to_one_reader(
    plain: Studio, name: str, company: str, files: list[str]
) -> None:
    name, company = read_name(name), read_name(company)
    plain.workspace.company = plain.workspace.company.model_copy(update={"name": company})
    raw = message_to(plain, files=dict.fromkeys(files, PDF), name=name, email=ADDRESS)
    message = read(raw)
    assert defects(message) == []
    assert sorted(message.keys()) == ["Content-Type", "MIME-Version", "Subject", "To", "X-Unsent"]
    (reader,) = message["To"].addresses
    assert reader.addr_spec == ADDRESS
    # Older Pythons read a space between two encoded words of a name, where there is none.
    assert "".join(reader.display_name.split()) == "".join(printable(name).split())
    subject = printable(f"Tervetuloa joukkoomme – {company}")
    assert " ".join(message["Subject"].split()) == " ".join(subject.split())
    attached = {each.get_filename(): each.get_content() for each in message.iter_attachments()}
    assert attached == dict.fromkeys(files, PDF)
    assert len(list(message.walk())) == 4 + len(files)
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert raw.isascii()


@pytest.mark.parametrize(
    "name",
    [
        "Aino\r\nBcc: x@y.fi",
        '"Virtanen, Aino" <x@y.fi>,',
        "=?utf-8?q?=0D=0ABcc:_x=40y.fi?=",
        "Virtanen, Aino <x@y.fi>, " * 8,
        "ä" * 200,
    ],
)
def test_a_name_cannot_add_a_reader(tmp_path: Path, name: str) -> None:
    model = Hire.model_validate({"name": name, "id": "a", "role": "b", "email": ADDRESS})
    message = read(message_to(studio_of(SMALL, tmp_path), name=model.name, email=model.email))
    assert [each.addr_spec for each in message["To"].addresses] == [ADDRESS]
    assert message["Bcc"] is None


def test_words_of_ones_own_stay_on_their_line(tmp_path: Path) -> None:
    words = 'mail_subject: "Hei\\r\\nBcc: x@y.fi"\npitch: "../../etc/\\r\\npasswd"\n'
    studio = studio_of({**SMALL, "templates/languages/fi/words.yaml": words}, tmp_path)
    (bundle,) = bundles(studio.workspace, all_jobs(studio.workspace, ["pitch"]))
    message = read(bundle.pack(studio, "eml", [PDF]))
    assert (message["Subject"], message["Bcc"]) == ("Hei Bcc: x@y.fi – Testi Oy", None)
    assert [each.get_filename() for each in message.iter_attachments()] == ["-..-etc---passwd.pdf"]


def test_no_text_becomes_markup_and_nothing_is_loaded(tmp_path: Path) -> None:
    files = {
        **SMALL,
        "company.yaml": COMPANY.replace("Et jää yksin.", f"'{HOSTILE}'").replace("Testi Oy", f"'{HOSTILE}'"),
        "hires/aino.yaml": HIRE.replace("Aino Virtanen", f"'{HOSTILE}'"),
    }
    html = part(read(message_to(studio_of(files, tmp_path), files={f"{HOSTILE}.pdf": PDF})), "html")
    page = Text(html)
    assert {tag for tag, _ in page.elements} <= {
        *("body", "div", "h1", "p", "bdi", "strong", "em", "ul", "li", "blockquote", "br")
    }
    assert {name for _, attributes in page.elements for name in attributes} == {"class", "dir", "style"}
    assert "&lt;script&gt;" in html
    head = html.partition("</head>")[0]
    assert not any(mark in head for mark in ("<style", "<link", "<script", "http"))
    assert not any("url(" in (attributes.get("style") or "") for _, attributes in page.elements)


def test_a_style_sheet_that_a_template_names_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: #abcdef }")
    link, imported = f'<link rel="stylesheet" href="{secret.as_uri()}">', f'@import "{secret}";'
    layout = f"{link}<style>{imported} p {{ margin: 0 }}</style><p>x"
    studio = studio_of({**SMALL, "templates/mail.html": layout}, tmp_path / "workspace")
    html = part(read(message_to(studio)), "html")
    assert "margin: 0" in html
    assert "abcdef" not in html


@pytest.mark.parametrize("brand", [None, "#FFEE00", "#000000", "#FFFFFF"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_reads_well_on_a_phone_and_loads_nothing(
    browser: Browser, tmp_path: Path, brand: str | None, scheme: str
) -> None:
    company = RICH["company.yaml"].replace("#0B4F5C", brand or "#0B4F5C")
    long = RICH["hires/ilona.yaml"].replace("called: Ilo", f"called: {'Ilo' * 60}")
    studio = studio_of({**RICH, "company.yaml": company, "hires/ilona.yaml": long}, tmp_path)
    page = tmp_path / "mail.html"
    page.write_text(part(read(message_to(studio)), "html"), encoding="utf-8")
    context = browser.new_context(
        viewport={"width": 360, "height": 760}, color_scheme="dark" if scheme == "dark" else "light"
    )
    opened = open_file(context, page)
    assert (opened.asked, opened.complaints) == ([page.as_uri()], [])
    assert sideways_faults(opened.page) == []
    lines = opened.page.evaluate(
        "() => [...document.querySelectorAll('h1, blockquote')].map(e => getComputedStyle(e))"
        ".map(s => [s.borderTopWidth !== '0px' ? s.borderTopColor : s.borderLeftColor, s.color])"
    )
    context.close()
    text = {"light": "rgb(0, 0, 0)", "dark": "rgb(255, 255, 255)"}[scheme]
    assert {color for _, color in lines} == {text}
    assert all(line not in ("rgb(0, 0, 0)", "rgb(255, 255, 255)") for line, _ in lines)


def test_names_from_right_to_left_are_whole(tmp_path: Path) -> None:
    message = read(message_to(studio_of(RIGHT_TO_LEFT, tmp_path), email=ADDRESS))
    assert message["To"].addresses[0].display_name == "محمد علي (2)"
    assert 'dir="auto"' in part(message, "html")


# Addresses.


@pytest.mark.parametrize(
    "typed",
    [
        *("aino", "aino@", "@testi.fi", "aino@testi", "aino@@testi.fi", "a@b@testi.fi", "aino@testi..fi"),
        *("Aino <aino@testi.fi>", "<aino@testi.fi>", "a@testi.fi, b@testi.fi", "a@testi.fi;b@testi.fi"),
        *("aino@testi.fi\nBcc: b@testi.fi", "mailto:aino@testi.fi?bcc=b@testi.fi", '"a b"@testi.fi'),
        *("aino@[127.0.0.1]", "aino(x)@testi.fi", "aino @testi.fi", "äijä@testi.fi", "aino@testi.fi."),
        *(
            "aino@testi.fi\u202e",
            "aino\u200b@testi.fi",
            "aino@testi，b.fi",
            "aino@-testi.fi",
            "a" * 250 + "@b.fi",
        ),
    ],
)
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        Hire.model_validate({"name": "A", "id": "a", "role": "b", "email": typed})


def test_a_refusal_says_where_and_what_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    studio_of(SMALL, tmp_path)
    (tmp_path / "hires/aino.yaml").write_text("name: Aino\nrole: asiantuntija\nemail: Aino <a@b.fi>\n")
    told = pitchgen_here(capsys, "check", workspace=tmp_path)
    assert told.returncode == 1
    assert "hires/aino.yaml:3:8: error[invalid-value]: 'Aino <a@b.fi>' is not an e-mail" in told.stderr
    assert "write one address, like aino.virtanen@example.com" in told.stderr


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" aino.virtanen+hr@posti.testi.fi ", "aino.virtanen+hr@posti.testi.fi"),
        ("aino@hämeenlinna.fi", "aino@xn--hmeenlinna-q5a.fi"),
        ("aino@straße.de", "aino@xn--strae-oqa.de"),
        ("aino@σας.gr", "aino@xn--mxa8ab.gr"),
    ],
)
def test_an_address_is_read_as_mail_programs_write_it(typed: str, read: str) -> None:
    assert read_email(typed) == read


@given(st.one_of(st.emails(), st.from_regex(r"[^@\s]{1,9}@[^@\s]{1,9}\.[a-z]{2}", fullmatch=True)))
def test_an_address_that_is_accepted_is_one_address_to_the_standard_library(typed: str) -> None:
    try:
        address = read_email(typed)
    except ValueError:
        return
    assert str(Address(addr_spec=address)) == address
    assert address.isascii()


# The names of files, which some company chose, and some system must take.


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Pelikirja", "Pelikirja.pdf"),
        ("Pelikirja.pdf", "Pelikirja.pdf"),
        ("Äijälän puhe (2)", "Äijälän puhe (2).pdf"),
        ("Puhe / tal", "Puhe - tal.pdf"),
        ("Puhe: tervetuloa", "Puhe- tervetuloa.pdf"),
        ("/etc/passwd", "-etc-passwd.pdf"),
        ("C:\\puhe", "C--puhe.pdf"),
        ("..", "document.pdf"),
        ("", "document.pdf"),
        (".puhe. ", "puhe.pdf"),
        ("con\u202efdp.exe", "con-fdp.exe.pdf"),
        ("a\u0308iti", "äiti.pdf"),
        ("ä" * 500, "ä" * 98 + ".pdf"),
        *((word, f"_{word}.pdf") for word in ("con", "NUL", "Com1", "lpt9.x", "aux .puhe", "COM¹")),
        *((word, f"{word}.pdf") for word in ("console", "com", "nulla")),
    ],
)
def test_a_file_name_is_safe_on_every_system(word: str, name: str) -> None:
    assert file_names([word], ".pdf") == [name]


def test_words_that_are_alike_give_names_that_are_not() -> None:
    words = ["Kortti", "kortti", "Kortti", "a\u0308", "ä", "ß", "ss", "kortti (2)", "a/b", "a:b"]
    assert file_names(words, ".pdf") == [
        *("Kortti.pdf", "kortti (2).pdf", "Kortti (3).pdf", "ä.pdf", "ä (2).pdf", "ß.pdf", "ss (2).pdf"),
        *("kortti (2) (2).pdf", "a-b.pdf", "a-b (2).pdf"),
    ]


ODD_WORDS = st.one_of(
    NAMES,
    st.sampled_from(["con", "CON", "nul.", "kortti", "Kortti", "a/b", "a:b", "..", "", "ä", "a\u0308", "ß"]),
    st.sampled_from(["ä", "A", "a"]).map(lambda letter: letter * 300),
    st.text(st.sampled_from(["/", "\\", ":", ".", " ", "\0", "*", "?", "<", "|", "a"]), max_size=6),
)


@settings(max_examples=150)
@given(st.lists(ODD_WORDS, max_size=6))
def test_as_many_files_come_out_as_went_in_whatever_they_are_called(plain: Studio, words: list[str]) -> None:
    names = file_names(words, ".pdf")
    pdfs = [b"%%PDF-%d" % number for number in range(len(words))]
    files = dict(zip(names, pdfs, strict=True))
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in names}) == len(words)
    for name in names:
        assert PurePosixPath(name).parts == PureWindowsPath(name).parts == (name,)
        assert not PureWindowsPath(name).is_reserved()
        assert (name.endswith(".pdf"), name.startswith("."), name == name.strip()) == (True, False, True)
        assert len(name.encode()) <= MAX_FILE_NAME
        assert all(unicodedata.category(c)[0] in "LMNPZ" for c in name)
    archive = zipfile.ZipFile(io.BytesIO(zip_of(files)))
    assert [archive.read(entry) for entry in archive.infolist()] == pdfs
    assert archive.namelist() == names
    attached = list(read(message_to(plain, files=files)).iter_attachments())
    assert [(each.get_filename(), each.get_content()) for each in attached] == list(files.items())


@pytest.mark.parametrize("word", ["Kortti", "Kortti: oma", "Kortti/oma"])
def test_documents_of_one_word_all_come_along_under_the_names_in_the_letter(
    tmp_path: Path, word: str
) -> None:
    words = "".join(f"{name}: '{word}'\n" for name in ("pitch", "role_card", "playbook"))
    studio = studio_of({**SMALL, "templates/languages/fi/words.yaml": words}, tmp_path)
    (bundle,) = bundles(studio.workspace, all_jobs(studio.workspace))
    pdfs = [PDF, PDF[::-1], PDF[1:]]
    message = read(bundle.pack(studio, "eml", pdfs))
    archive = zipfile.ZipFile(io.BytesIO(bundle.pack(studio, "zip", pdfs)))
    assert [each.get_content() for each in message.iter_attachments()] == pdfs
    assert [archive.read(entry) for entry in archive.infolist()] == pdfs
    names = [str(each.get_filename()) for each in message.iter_attachments()]
    assert archive.namelist() == names
    said = ", ".join(name.removesuffix(".pdf") for name in names)
    assert part(message, "plain").splitlines()[-1] == f"Liitteenä: {said}."
    assert said in Text(part(message, "html")).text


# Archives.

IN_ARCHIVE = {"äijälä/viesti.eml": b"a" * 5000, "b.pdf": PDF, "a.txt": b""}


def test_an_archive_holds_the_files_in_their_order_for_their_owner_only() -> None:
    archive = zipfile.ZipFile(io.BytesIO(zip_of(IN_ARCHIVE)))
    assert archive.testzip() is None
    assert {name: archive.read(name) for name in archive.namelist()} == IN_ARCHIVE
    assert archive.namelist() == list(IN_ARCHIVE)
    for entry in archive.infolist():
        assert entry.external_attr >> 16 == stat.S_IFREG | 0o600
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)


def test_an_archive_of_the_same_files_has_the_same_bytes() -> None:
    assert zip_of(IN_ARCHIVE) == zip_of(dict(IN_ARCHIVE))


def test_other_programs_unpack_it(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zip_of(IN_ARCHIVE))
    shutil.unpack_archive(path, tmp_path / "out")
    assert (tmp_path / "out/äijälä/viesti.eml").read_bytes() == b"a" * 5000
    if unzip := shutil.which("unzip"):
        told = subprocess.run([unzip, "-t", path], capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("name", ["/etc/passwd", "../a", "a/../../b", "a\\b", "C:/a", "", ".", "a//b", "a/"])
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no path inside"):
        zip_of({name: b""})


# One message, with all that it brings.


def test_one_newcomer_gets_a_message_with_the_letter_the_rest_and_a_calendar(tmp_path: Path) -> None:
    root = write_tree(tmp_path, RICH)
    done = pitchgen("pitch", "ilona", "--format", "eml", "--language", "en", workspace=root)
    assert (done.returncode, done.stdout) == (0, "out/ilona-welcome-en.eml\n"), done.stderr
    assert [path.name for path in (root / "out").iterdir()] == ["ilona-welcome-en.eml"]
    message = read((root / "out/ilona-welcome-en.eml").read_bytes())
    assert defects(message) == []
    attached = {each.get_filename(): each for each in message.iter_attachments()}
    assert list(attached) == ["Welcome letter.pdf", "Role card.pdf", "Playbook.pdf", "Calendar.ics"]
    calendar = attached["Calendar.ics"]
    assert (calendar.get_content_type(), calendar.get_content_charset()) == ("text/calendar", "utf-8")
    events = IcsCalendarStream.calendar_from_ics(str(calendar.get_content())).events
    assert events[0].summary == "First day – Polkupaja Oy"
    assert (
        part(message, "plain")
        .replace("\r\n", "\n")
        .endswith(
            "\n\nYou start on Tuesday 1\u00a0December at 09:30. Come to 3 Workshop Street.\n\n"
            "Ask for Elsa Lindström, +358 40 000 0000. Your buddy is Santeri Öhman.\n\n"
            "Attached: Welcome letter, Role card, Playbook, Calendar. "
            "Open the calendar to have your first days on your phone.\n"
        )
    )


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "fi",
            "Aloitat tiistaina 1.\u00a0joulukuuta kello 9.30. Tule tänne: Pajakatu 3.\n\n"
            "Perillä sinua auttaa Elsa Lindström, puhelin +358 40 000 0000. Kummisi on Santeri Öhman.\n\n"
            "Liitteenä: A, Kalenteri. Avaa kalenteri, niin ensimmäiset päiväsi ovat puhelimessasi.\n",
        ),
        (
            "sv",
            "Du börjar tisdagen den 1\u00a0december klockan 09:30. Kom hit: Verkstadsgatan 3.\n\n"
            "Fråga efter Elsa Lindström, telefon +358 40 000 0000. Din fadder är Santeri Öhman.\n\n"
            "Bilagor: A, Kalender. Öppna kalendern, så har du dina första dagar i mobilen.\n",
        ),
    ],
)
def test_three_lines_say_what_the_letter_does_not(rich: Studio, language: str, lines: str) -> None:
    files = {"A.pdf": PDF, rich.attachment_name("calendar", language): b"BEGIN:VCALENDAR"}
    message = read(message_to(rich, language, files))
    assert part(message, "plain").replace("\r\n", "\n").endswith(f"\n\n{lines}")


def test_in_a_formal_tone_the_lines_are_formal_too(tmp_path: Path) -> None:
    company = RICH["company.yaml"].replace("tone: informal", "tone: formal")
    said = part(read(message_to(studio_of({**RICH, "company.yaml": company}, tmp_path))), "plain")
    assert "Aloitatte tiistaina" in said
    assert "Perillä Teitä auttaa Elsa Lindström" in said
    assert "Kumminne on Santeri Öhman." in said


def test_what_nobody_knows_is_not_said_and_no_calendar_is_promised(tmp_path: Path) -> None:
    done = pitchgen("pitch", "aino", "--format", "eml", workspace=write_tree(tmp_path, SMALL))
    assert done.returncode == 0, done.stderr
    message = read((tmp_path / "out/aino-welcome-fi.eml").read_bytes())
    assert part(message, "plain").splitlines()[-1] == "Liitteenä: Tervetulopuhe, Roolikortti, Pelikirja."
    assert not any(each.get_content_type() == "text/calendar" for each in message.iter_attachments())


def test_where_a_document_cannot_be_made_there_is_no_message(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {**SMALL, "templates/role-card.html": "<p>\n{{ nothing }}\n"})
    done = pitchgen("pitch", "aino", "--format", "eml,txt", workspace=root)
    assert (done.returncode, done.stdout) == (3, "out/aino-pitch-fi.txt\n")
    assert "templates/role-card.html:2" in done.stderr
    assert "pitchgen: aino-welcome-fi.eml was not written" in done.stderr


def test_a_message_of_ones_own_words_is_shown_with_the_line_of_its_mistake(tmp_path: Path) -> None:
    own = "Tule.\n{{ paikka }}\n"
    studio = studio_of({**SMALL, "templates/languages/fi/message.md": own}, tmp_path)
    with pytest.raises(InvalidInput) as refused:
        message_to(studio)
    (problem,) = refused.value.problems
    assert (problem.path, problem.line) == ("templates/languages/fi/message.md", 2)
