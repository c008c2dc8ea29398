"""What a clone of the project may not tell about the machine that it was written on."""

import re

import pytest

from tests.quality.project import texts

FOLDERS = "work|home|root|Users|tmp|opt|mnt|var/folders|private"
FORBIDDEN = {
    "a folder of one machine": rf"(?<![\w.)\]}}~-])/(?:{FOLDERS})/\w|\b[A-Z]:\\\\?Users",
    "the address of a registry": r"pypi\.org|pythonhosted|npmjs|index-url|find-links|artifactory"
    r"|registry\.[a-z]+\.|--index\b|crates\.io",
    "a merge left half-way": r"^(?:<{7} |>{7} )",
}
# Where a registry would be named, no host at all is.
WITHOUT_HOSTS = re.compile(r"^(packaging/|\.ci/|pyproject\.toml$)")


@pytest.mark.parametrize(("what", "pattern"), FORBIDDEN.items(), ids=FORBIDDEN.keys())
def test_that_no_file_holds(what: str, pattern: str) -> None:
    found = [
        f"{name}:{number}: {what}"
        for name, text in texts().items()
        if not name.endswith("/test_project_texts.py")
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]

    assert found == []


def test_that_what_installs_the_program_names_no_host() -> None:
    found = [
        f"{name}: {host}"
        for name, text in texts().items()
        if WITHOUT_HOSTS.search(name)
        for host in re.findall(r"https?://[^\s\"']+", text)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a folder of one machine", 'open("' + "/ho" + 'me/anna/x")'),
        ("a folder of one machine", "in " + "/tm" + "p/w"),
        ("a folder of one machine", "C:" + r"\Users\anna"),
        ("the address of a registry", "--extra-" + "index-" + "url"),
        ("the address of a registry", "https://py" + "pi.org" + "/x"),
        ("a merge left half-way", "<" * 7 + " HEAD"),
    ],
)
def test_that_an_offender_is_caught(what: str, line: str) -> None:
    assert re.search(FORBIDDEN[what], line)


@pytest.mark.parametrize("line", ["docs/work/tables", "~/work/x", "(the /work folder)", "a/b/tmp/"])
def test_that_ordinary_words_are_left_alone(line: str) -> None:
    assert not re.search(FORBIDDEN["a folder of one machine"], line)
