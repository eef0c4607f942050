"""No single step makes much from little, in whatever process it runs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import templating
from postmortem.templating import TemplateMistake

if TYPE_CHECKING:
    from tests.templating.conftest import Folder

LONG = "{% for a in range(3000) %}{{ 'a' * 3000 }}{% endfor %}"


def grown(start: str, step: str, *, then: str = "") -> str:
    """Return a template that makes a step 99 times, each from what the last made."""
    return (
        f"{{% set n = namespace(x={start}) %}}{{% for a in range(99) %}}"
        f"{{% set n.x = {step} %}}{{% endfor %}}{then}"
    )


TOO_MUCH = (
    "{{ 'a' * 10**9 }}",
    "{{ 10**9 * 'a' }}",
    "{{ [1] * 10**9 }}",
    "{{ 2 ** 10 ** 9 ** 9 ** 9 }}",
    "{{ 2 ** (10 ** 9) }}",
    "{{ (-9) ** 999999999 }}",
    "{{ 9 ** 9 ** 9 ** 9 }}",
    "{{ 'a'.center(10**9) }}",
    "{{ 'a'.ljust(1000000000) }}",
    "{{ 'a'.zfill(1000000000) }}",
    "{{ 'a'.replace('a', 'b') }}",
    "{{ 'a'.join(['b']) }}",
    "{{ '\\t'.expandtabs(1000000000) }}",
    "{{ 'a'|center(1000000000) }}",
    "{{ 'a'|wordwrap(1, wrapstring='b') }}",
    "{{ [1]|batch(1000000000, 0)|list }}",
    "{{ lipsum(n=100000) }}",
    "{{ range(99999999) }}",
    "{% for a in range(10001) %}{% endfor %}",
    "{% for a in range(0, -99999, -1) %}{% endfor %}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%.1000000000f' % 1 }}",
    "{{ '%*d' % (1000000000, 1) }}",
    "{{ '%1000000000s'|format('a') }}",
    "{{ '{:>1000000000}'.format(1) }}",
    "{{ 'a'|indent(1000000000, true) }}",
    "{{ 'a\nb'|indent('x' * 1000) }}",
    "{{ 1|round(1000000000, 'ceil') }}",
    "{{ 1|round(-1000000000) }}",
    "{{ [[1], [2]]|sum(start=[]) }}",
    "{{ ['a', 'b']|sum(start='') }}",
    "{{ [1]|tojson(indent=1000000000) }}",
    "{{ ('a' * 3000)|replace('a', 'b' * 3000) }}",
    "{{ ([1] * 3000)|join('b' * 3000) }}",
    "{{ ('<' * 4000000)|tojson }}",
    "{{ ('a' * 3000000) ~ ('a' * 3000000) }}",
    "{{ ('a' * 3000000) + ('a' * 3000000) }}",
    "{{ ([1] * 60000) + ([1] * 60000) }}",
    LONG,
    f"{{% set x %}}{LONG}{{% endset %}}",
    f"{{% macro m() %}}{LONG}{{% endmacro %}}{{% set x = m() %}}",
    f"{{% filter upper %}}{LONG}{{% endfilter %}}",
    f"{{% block b %}}{LONG}{{% endblock %}}{{% set x = self.b() %}}",
    grown("'a'", "n.x ~ n.x"),
    grown("'a'", "n.x + n.x"),
    grown("'a'", "n.x * 2"),
    grown("'a'", "n.x|replace('a', 'aa')"),
    grown("'a'", "'%s%s' % (n.x, n.x)"),
    grown("'a'", "'%s%s'|format(n.x, n.x)"),
    grown("'a'", "[n.x, n.x]|join"),
    grown("'<'", "n.x|string|tojson|string|tojson"),
    grown("[1]", "n.x + n.x"),
    grown("3", "n.x * n.x"),
    grown("3", "n.x ** 2"),
    grown("[1]", "[n.x, n.x]", then="{{ n.x }}"),
    grown("[1]", "[n.x, n.x]", then="{{ n.x ~ '' }}"),
    grown("[1]", "[n.x, n.x]", then="{{ n.x|string }}"),
    grown("[1]", "[n.x, n.x]", then="{{ n.x|tojson }}"),
    grown("[1]", "{'a': n.x, 'b': n.x}", then="{{ n.x|tojson }}"),
    grown("[1]", "[n.x, n.x]", then="{{ '%s' % (n.x,) }}"),
    grown("[1]", "[n.x, n.x]", then="{{ [n.x]|join }}"),
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% block a %}{{ self.a() }}{% endblock %}",
)


@pytest.mark.parametrize(
    "text", TOO_MUCH, ids=[f"{at:02}" for at in range(len(TOO_MUCH))]
)
def test_too_much_is_a_mistake_at_once(folder: Folder, text: str) -> None:
    """SEC-TPL-DOS: neither looking at it nor rendering it takes time or memory."""
    start = time.monotonic()

    templating.mistakes(folder.write("t.md.j2", text).name, folder.sources)
    folder.mistake(text)

    assert time.monotonic() - start < 2


def test_nothing_is_called_before_it_is_rendered(folder: Folder) -> None:
    """Not even with what stands in the template itself."""
    calls: list[str] = []
    folder.write("t", "{% if a %}{{ 'x'|seen }}{{ 'y' is seen }}{% endif %}")
    engine = templating.environment(
        folder.sources, filters={"seen": calls.append}, tests={"seen": calls.append}
    )

    templating.render(engine, "t", {"a": False})
    before = list(calls)
    templating.render(engine, "t", {"a": True})

    assert (before, calls) == ([], ["x", "y"])


def test_nothing_is_computed_before_it_is_rendered(folder: Folder) -> None:
    """SEC-TPL-DOS: what is never reached costs nothing, however large."""
    text = "{% if false %}{{ 'a' * 10**9 }}{{ 2**999999999 }}{% endif %}x"

    assert folder.render(text) == "x"


WRITTEN = (
    ("{{ a }}|{{ none }}|{{ 1 }}|{{ 1.5 }}|{{ true }}", "||1|1.5|True"),
    ("{{ a ~ 'x' }}|{{ [a, 'x']|join(',') }}|{{ a|string }}", "x|,x|"),
    ("{{ 'a' + 'b' }}{{ [1] + [2]|list }}", None),
    ("{{ ([1] + [2])|join }}{{ 'ab' * 2 }}{{ 2 * 'c' }}", "12ababcc"),
    (
        "{{ 7 % 4 }} {{ 2 ** 8 }} {{ 7 // 2 }} {{ 7 / 2 }} {{ -7 - 1 }}",
        "3 256 3 3.5 -8",
    ),
    (
        "{{ '%s of %d' % ('a', 3) }} {{ '%5.1f|' % 2 }} {{ '%%' % () }}",
        "a of 3   2.0| %",
    ),
    ("{{ 2.5 * 2 }} {{ 2.5 ** 2 }} {{ 2 ** -1 }}", "5.0 6.25 0.5"),
    ("{{ '%s' % a }}", "None"),
    ("{{ 'a\nb'|indent(2) }}{{ 'a\nb'|indent('> ', first=true) }}", "a\n  b> a\n> b"),
    ("{{ 2.5|round }} {{ 2.55|round(1, 'floor') }}", "2.0 2.5"),
    ("{{ [1, 2.5]|sum }} {{ [{'n': 1}]|sum('n') }} {{ [1]|sum(start=2) }}", "3.5 1 3"),
    ("{{ 'aXbX'|replace('X', '-') }} {{ 'aXbX'|replace('X', '-', 1) }}", "a-b- a-bX"),
    ("{{ [{'n': 1}, {'n': 2}]|join('+', attribute='n') }}", "1+2"),
    ("{{ {'b': [1, none], 'a': 'é'}|tojson }}", '{"a": "\\u00e9", "b": [1, null]}'),
    ("{{ [1]|tojson(indent=1) }}", "[\n 1\n]"),
    ("{{ '<'|e }}{{ '<'|escape }}", "&lt;&lt;"),
    ("{{ range(3)|join }}{{ range(1, 9, 4)|join }}", "01215"),
    ("{{ 'some words here'|truncate(10) }}", "some words here"),
    ("{{ 1 is odd }} {{ 'a' is in ['a'] }} {{ b is defined }}", "True True False"),
)


@pytest.mark.parametrize(
    "text, made", WRITTEN, ids=[f"{at:02}" for at in range(len(WRITTEN))]
)
def test_bounded_steps_do_what_they_are_named(
    folder: Folder, text: str, made: str | None
) -> None:
    """Within its bounds each does what Jinja's does; None writes nothing."""
    if made is None:
        folder.mistake(text, a=None)
    else:
        assert folder.render(text, a=None) == made


@pytest.mark.parametrize(
    "text, message",
    [
        ("{{ [1] }}", "only texts and numbers can be written, and this is a list"),
        ("{{ {} }}", "only texts and numbers can be written, and this is a dict"),
        ("{{ range }}", "only texts and numbers can be written, and this is neither"),
        ("{{ '%y' % 1 }}", "'%y' is no format"),
        ("{{ 'a %' % 1 }}", "'%' is no format"),
        ("{{ '%(a)s' % {'a': 1} }}", "'%(' is no format"),
        ("{{ ['a']|sum }}", "sum adds numbers, and 'a' is none"),
        (
            "{{ 'a' * 9999999 }}",
            "the template makes a text of more than 4000000 characters",
        ),
        ("{{ [1] * 100001 }}", "the template makes a list of more than 100000 items"),
        ("{{ 9 ** 9999 }}", "the template makes a number of more than 307 digits"),
    ],
)
def test_what_is_too_much_or_no_text_is_said(
    folder: Folder, text: str, message: str
) -> None:
    """The sentence says what the template makes."""
    assert folder.mistake(text) == (message, 1)


def test_many_pieces_are_one_text_up_to_its_bound(folder: Folder) -> None:
    """However many are measured together, and whatever they are of."""
    loop = "{{% for a in range(3000) %}}{}{{{{ b }}}}{{% endfor %}}"
    many = "".join(f"{at}-" for at in range(3000))

    assert folder.render(loop.format("{{ a }}-"), b=None) == many
    message, _ = folder.mistake(loop.format("{{ 'a' * 2000 }}"), b=None)
    assert message == "the template makes a text of more than 4000000 characters"


@given(st.text(alphabet="%sdfxc5.-+ #0*(a)", max_size=8), st.integers() | st.text())
def test_a_format_is_filled_or_refused(text: str, value: int | str) -> None:
    """Whatever is let through is what Python makes of it, and not long."""
    from postmortem.templating.bounds import WIDEST, filled

    try:
        made = filled(text, value)
    except (TemplateMistake, TypeError, ValueError, OverflowError):
        return

    assert made == text % (value,)
    assert len(made) <= len(text) + len(str(value)) * 4 + 8 * WIDEST + 400
