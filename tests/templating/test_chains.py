"""Which files make a template."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from postmortem.templating import Source, TemplateMistake, chain, digest, trusted

if TYPE_CHECKING:
    from tests.templating.conftest import Folder

ROOT = Path(__file__).resolve().parents[2]


def test_what_a_file_needs_comes_before_it(folder: Folder) -> None:
    """Parents first, the template itself last, each file once."""
    folder.write("page", "{% extends 'base' %}{% import 'words' as w %}")
    folder.write("base", "{% include 'head' %}{% include 'foot' %}")
    folder.write("head", "{% from 'words' import a %}")
    folder.write("foot", "")
    folder.write("words", "")

    names = [file.name for file in chain("page", folder.sources)]

    assert names == ["words", "head", "foot", "base", "page"]


def test_the_first_of_several_that_is_there_counts(folder: Folder) -> None:
    """As Jinja does it; with `ignore missing` none need be there."""
    folder.write("a", "{% include ['x', 'b'] %}{% include 'y' ignore missing %}")
    folder.write("b", "")

    assert [file.name for file in chain("a", folder.sources)] == ["b", "a"]


WRONG = {
    "itself": (
        {"a": "\n{% include 'a' %}"},
        ("a", 2, "the template needs itself: a -> a"),
    ),
    "a circle": (
        {"a": "{% extends 'b' %}", "b": "\n\n{% include 'a' %}"},
        ("b", 3, "the template needs itself: a -> b -> a"),
    ),
    "missing": (
        {"a": "{% extends 'b' %}", "b": "\n{% include 'c' %}"},
        ("b", 2, "there is no template 'c'"),
    ),
    "none of several": (
        {"a": "\n{% include ['b', 'c'] %}"},
        ("a", 2, "there is no template 'b'"),
    ),
    "escaped wrongly": (
        {"a": "{% include '\\x' %}"},
        ("a", 1, "'\\\\x' is not the name of a template"),
    ),
    "not written out": (
        {"a": "\n{% include b %}"},
        ("a", 2, "the tag does not name its file"),
    ),
    "remote": (
        {"a": "{% include 'http://example.com/b' %}"},
        ("a", 1, "'http://example.com/b' is not the name of a template"),
    ),
    "above": (
        {"a": "{% import '../b' as b %}"},
        ("a", 1, "'../b' is not the name of a template"),
    ),
    "remote, ignored": (
        {"a": "{% include ['//example.com/b', 'a'] ignore missing %}"},
        ("a", 1, "'//example.com/b' is not the name of a template"),
    ),
}


@pytest.mark.parametrize("files, said", WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_told_at_the_tag(
    folder: Folder, files: dict[str, str], said: tuple[str, int, str]
) -> None:
    """It is mended where the file is named."""
    for name, text in files.items():
        folder.write(name, text)

    with pytest.raises(TemplateMistake) as caught:
        chain("a", folder.sources)

    problem = caught.value.problem
    assert problem.path == str(folder.path / said[0])
    assert (problem.line, problem.message) == said[1:]


@pytest.mark.parametrize("tag", ["extends 'x'", "include 'x'", "import 'x' as y"])
def test_no_tag_reads_outside_the_folder(folder: Folder, tag: str) -> None:
    """SEC-TPL-LINK: nor through a link, whether or not missing files are ignored."""
    outside = folder.path.parent / "secret"
    outside.write_text("secret")
    (folder.path / "x").symlink_to(outside)
    folder.write("a", f"{{% {tag} %}}")

    with pytest.raises(TemplateMistake, match="outside the template folder"):
        chain("a", folder.sources)


def test_a_template_is_made_of_so_many_files(folder: Folder) -> None:
    """A long chain ends, whatever it costs to go on."""
    for number in range(70):
        folder.write(f"f{number}", f"{{% include 'f{number + 1}' %}}")
    folder.write("f70", "")

    with pytest.raises(TemplateMistake, match="more than 64 files or 1 MB"):
        chain("f0", folder.sources)


def test_a_template_is_made_of_so_much_text(folder: Folder) -> None:
    """Many large files are too much where one is not."""
    for number in range(8):
        folder.write(f"f{number}", "x" * 200_000)
    folder.write("a", "".join(f"{{% include 'f{number}' %}}" for number in range(8)))

    with pytest.raises(TemplateMistake, match="more than 64 files or 1 MB"):
        chain("a", folder.sources)


def test_one_file_that_is_not_trusted_is_enough(folder: Folder) -> None:
    """A trusted template that includes another's text runs it too."""
    folder.write("mine", "{% include 'theirs' %}")
    theirs = folder.path.parent / "repository"
    theirs.mkdir()
    (theirs / "theirs").write_text("")
    both = (*folder.sources, Source(theirs, trusted=False))

    assert not trusted(chain("mine", both))
    assert not trusted(chain("theirs", both))
    (folder.path / "theirs").write_text("")
    assert trusted(chain("mine", both))


def test_the_digest_is_of_names_and_texts(folder: Folder) -> None:
    """Twelve digits that change with any file, and not with its line ends."""
    folder.write("a", "{% include 'b' %}\n")
    folder.write("b", "x\n")
    first = digest(chain("a", folder.sources))
    folder.write("b", "x\r\n")
    same = digest(chain("a", folder.sources))
    folder.write("b", "y\n")
    other = digest(chain("a", folder.sources))

    assert len(first) == 12
    assert first == same
    assert first != other


def test_a_digest_does_not_run_texts_together(folder: Folder) -> None:
    """Where a name ends and a text begins is part of it."""
    folder.write("a", "bc")
    folder.write("ab", "c")

    one, other = (digest(chain(name, folder.sources)) for name in ("a", "ab"))

    assert one != other


def test_a_chain_is_found_without_jinja(folder: Folder) -> None:
    """Looking up a cached outline must not wait for what would make it."""
    folder.write("a", "{% include 'b' %}")
    folder.write("b", "")
    code = (
        "import sys; from pathlib import Path; from postmortem.templating import *;"
        f"files = chain('a', [Source(Path({str(folder.path)!r}), True)]);"
        "print(len(files), digest(files), trusted(files));"
        "print([name for name in ('jinja2', 'markupsafe') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=ROOT,
        text=True,
    )

    assert done.stdout.splitlines()[0].startswith("2 ")
    assert done.stdout.splitlines()[1] == "[]"
