"""A template can only produce text: nothing is run, read or reached through it."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import jinja2
import pytest

from postmortem import templating
from postmortem.templating import TemplateMistake

if TYPE_CHECKING:
    from pathlib import Path

    from tests.templating.conftest import Folder

CONTEXT: dict[str, Any] = {
    "title": "X down",
    "rows": [{"text": "a", "items": "b"}, {"text": "c", "items": "d"}],
    "number": 7,
    "nothing": None,
}

# TOUCH stands for a command that makes the canary file, FILE for the file.
EACH = "{% for c in ().__class__.__base__.__subclasses__() %}"
ENDS = "{% endif %}{% endfor %}"
PAYLOADS = (
    # from an object of the language's own to its module, and on to os
    "{{ cycler.__init__.__globals__.os.popen('TOUCH').read() }}",
    "{{ joiner.__init__.__globals__.os.popen('TOUCH').read() }}",
    "{{ namespace.__init__.__globals__.os.popen('TOUCH').read() }}",
    "{{ lipsum.__globals__['os'].popen('TOUCH').read() }}",
    "{{ lipsum.__globals__.__builtins__.open('FILE', 'w').write('x') }}",
    "{{ range.__globals__ }}",
    "{{ range.__wrapped__ }}{{ range.__code__.co_consts }}",
    "{{ dict.__base__.__subclasses__() }}",
    "{{ self.__init__.__globals__.__builtins__.__import__('os').system('TOUCH') }}",
    "{{ self._TemplateReference__context.environment }}",
    "{{ self._TemplateReference__context.namespace.__init__.__globals__.os }}",
    "{{ self.__dict__ }}",
    "{{ url_for.__globals__['current_app'] }}{{ config.items() }}",
    "{{ get_flashed_messages.__globals__ }}{{ request.application }}",
    "{{ request['application']['__globals__']['__builtins__'] }}",
    # from any value to object, and down to whatever is loaded
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__.__base__.__subclasses__()[104].__init__.__globals__ }}",
    "{{ [].__class__.__base__.__subclasses__() }}",
    "{{ {}.__class__.__mro__[-1].__subclasses__() }}",
    "{{ ().__class__.__bases__[0].__subclasses__() }}",
    "{{ 1.__class__.__mro__ }}",
    "{{ (1).__class__.__bases__ }}",
    "{{ true.__class__.__mro__ }}{{ none.__class__ }}",
    f"{EACH}{{% if c.__name__ == 'Popen' %}}{{{{ c('TOUCH', shell=1) }}}}{ENDS}",
    f"{EACH}{{% if '_wrap' in c.__name__ %}}{{{{ c.__init__.__globals__ }}}}{ENDS}",
    "{{ title.__class__.__mro__ }}{{ rows.__class__ }}{{ number.__class__ }}",
    "{{ title.upper.__self__.__class__ }}",
    "{{ title.upper.__func__ }}",
    # spelled so that a filter of words does not see it
    "{{ ''['__class__']['__mro__'] }}",
    "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ ''['\\137\\137class\\137\\137'] }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ ''['__cla' + 'ss__'] }}",
    "{{ ''[['__cla', 'ss__']|join] }}",
    "{{ ''['%s%s' % ('__cla', 'ss__')] }}",
    "{{ ''['%s%s'|format('__cla', 'ss__')] }}",
    "{{ ''['__ssalc__'|reverse] }}",
    "{{ ''['__CLASS__'|lower] }}",
    "{{ ''['__cl-ass__'|replace('-', '')] }}",
    "{% set c = '__class__' %}{{ ''[c] }}",
    # through filters that read attributes
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f')|attr('\\x5f\\x5fbase\\x5f\\x5f') }}",
    "{{ [title]|map(attribute='__class__')|list }}",
    "{{ [title]|map(attribute='__class__.__mro__')|first }}",
    "{{ [title]|map('attr', '__class__')|list }}",
    "{{ rows|map(attribute='text.__class__')|join }}",
    "{{ [title]|groupby('__class__')|list }}",
    "{{ [title]|selectattr('__class__')|list|length }}",
    "{{ [title]|sort(attribute='__class__')|first }}",
    "{{ [title]|sum(attribute='__class__') }}",
    "{{ [title]|unique(attribute='__class__')|list }}",
    "{{ [title]|max(attribute='__class__') }}",
    "{{ [title]|join(attribute='__class__') }}",
    "{{ 1|xmlattr }}{{ title|pprint }}",
    # through formatting
    "{{ '{0.__class__}'.format(title) }}",
    "{{ '{0.__class__.__mro__}'.format(0) }}",
    "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "{{ '{0.__class__}'['format'](title) }}",
    "{{ ['{0.__class__}'.format]|map('string')|list }}",
    "{{ '%(a)s' % {'a': title.__class__} }}",
    "{% set f = '{0.__class__.__init__.__globals__}'.format %}{{ f(namespace) }}",
    "{{ '{0.__class__}'|format(title) }}{{ title|string|format }}",
    # through what a template itself defines
    "{% macro m() %}{{ varargs }}{% endmacro %}{{ m.__call__.__func__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% macro m() %}{{ caller._func }}{% endmacro %}{% call m() %}x{% endcall %}",
    "{% for a in rows %}{{ loop.__class__ }}{{ loop._iterable }}{% endfor %}",
    "{% for a in rows %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% for a in rows %}{{ loop.changed.__func__.__globals__ }}{% endfor %}",
    "{% block b %}{{ super.__init__ }}{{ self.b.__init__.__globals__ }}{% endblock %}",
    "{% block b %}{{ self.b._context }}{{ self.b._stack }}{% endblock %}",
    "{% set ns = namespace() %}{{ ns.__class__.__mro__ }}",
    "{% set ns = namespace() %}{% set ns.__class__ = 'x' %}{{ ns.__init__ }}",
    "{% set ns = namespace() %}{{ ns._Namespace__attrs }}",
    "{% import 't.md.j2' as t %}{{ t.__init__.__globals__ }}",
    "{% from 't.md.j2' import __name__ %}",
    "{{ rows.__iter__().__class__ }}",
    "{{ (rows|map(attribute='text')).gi_frame.f_globals }}",
    "{{ (rows|map('upper')).gi_code }}{{ (rows|select).gi_frame.f_builtins }}",
    "{{ (rows|batch(1)).gi_frame }}{{ (rows|slice(1)).gi_frame }}",
    # changing what is not the template's
    "{{ rows.append('x') }}",
    "{{ rows.clear() }}",
    "{{ rows[0].update({'text': 'x'}) }}",
    "{{ rows[0].pop('text') }}",
    "{{ rows[0].setdefault('x', 'y') }}",
    "{{ rows['append']('x') }}",
    "{% set _ = rows.extend(['x']) %}",
    "{{ rows.sort() }}{{ rows.reverse() }}",
    # what other settings of Jinja would allow
    "{% do rows.append('x') %}",
    "{% debug %}",
    "{% trans %}x{% endtrans %}",
    "{% autoescape false %}{{ '<b>' }}{% endautoescape %}",
    "{{ open('/etc/passwd').read() }}",
    "{{ __import__('os').system('TOUCH') }}",
    "{{ eval('1') }}{{ exec('1') }}{{ globals() }}{{ environment }}{{ context }}",
    "{{ get_context() }}{{ resolve('range') }}{{ missing }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../../etc/passwd' %}",
    "{% include 'file:///etc/passwd' %}",
    "{% extends 'http://127.0.0.1:9/x' %}",
    "{% import 'http://127.0.0.1:9/x' as x %}",
    "{% from '//127.0.0.1/x' import y %}",
    "{% include ['http://127.0.0.1:9/x', '/etc/hostname'] ignore missing %}",
    "{% set x = '/etc/passwd' %}{% include x %}",
    "{% include 'pass' ~ 'wd' %}",
    "{{ title|env }}{{ title|readfile }}{{ title|shell }}",
)
LEAKS = re.compile(r"<(class|function|built-in|module|bound|generator)|root:| at 0x")


@pytest.mark.parametrize("escape", [False, True], ids=["markdown", "html"])
@pytest.mark.parametrize(
    "payload", PAYLOADS, ids=[f"{at:03}" for at in range(len(PAYLOADS))]
)
def test_a_payload_gives_text_or_a_mistake(
    folder: Folder, payload: str, *, escape: bool
) -> None:
    """SEC-SSTI, SEC-TPL-REMOTE: nothing is made, shown or changed."""
    canary = folder.path.parent / "canary"
    context = deepcopy(CONTEXT)
    text = payload.replace("TOUCH", f"touch {canary}").replace("FILE", str(canary))
    folder.write("t.md.j2", text)
    engine = templating.environment(folder.sources, autoescape=escape)

    made = ""
    with suppress(TemplateMistake):
        made = templating.render(engine, "t.md.j2", context)

    assert not LEAKS.search(made)
    assert not canary.exists()
    assert context == CONTEXT


@pytest.mark.parametrize("at", [0, 2, 3, 4, 8])
def test_the_payloads_are_real(tmp_path: Path, at: int) -> None:
    """SEC-SSTI: where nothing guards Jinja they do what they are for."""
    canary = tmp_path / "canary"
    text = PAYLOADS[at].replace("TOUCH", f"touch {canary}").replace("FILE", str(canary))
    code = "import jinja2, sys; jinja2.Template(sys.argv[1]).render()"

    subprocess.run([sys.executable, "-W", "ignore", "-c", code, text], check=True)

    assert canary.exists()


def test_most_payloads_show_something_where_nothing_guards_jinja() -> None:
    """The pattern of leaks finds what it is for."""
    unguarded = jinja2.Environment(autoescape=False)  # noqa: S701 - what we do not do
    leaks = 0
    for payload in PAYLOADS:
        if "TOUCH" in payload or "FILE" in payload:
            continue
        try:
            made = unguarded.from_string(payload).render(deepcopy(CONTEXT))
        except (jinja2.TemplateError, TypeError, LookupError, AttributeError):
            continue
        leaks += bool(LEAKS.search(made))

    assert leaks > 30


def test_what_is_not_allowed_is_said_in_words(folder: Folder) -> None:
    """The message names the part and the hint says what a template is for."""
    message, line = folder.mistake("\n{{ title.__class__ }}", title="a")

    assert (message, line) == ("'__class__' of a text is not allowed here", 2)


@pytest.mark.parametrize(
    "text, made",
    [
        ("{{ title.upper() }} {{ title.split()[0] }}", "X DOWN X"),
        ("{{ title.startswith('X') }} {{ title.removeprefix('X ') }}", "True down"),
        ("{% for k, v in row.items() %}{{ k }}{{ v }}{% endfor %}", "a1"),
        ("{{ row.get('b', 2) }} {{ row.keys()|join }} {{ row['a'] }}", "2 a 1"),
        ("{% for r in rows %}{{ r.items }}{{ loop.index }}{% endfor %}", "b1d2"),
        ("{% for r in rows %}{{ loop.cycle('a', 'b') }}{% endfor %}", "ab"),
        ("{% for r in rows recursive %}{{ loop.depth }}{% endfor %}", "11"),
        (
            "{% for r in [[[]], []] recursive %}<{{ loop(r) }}>{% endfor %}",
            "<<>><>",
        ),
        ("{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}", "12"),
        (
            "{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}x{% endcall %}",
            "[x]",
        ),
        (
            "{% set n = namespace(x=1) %}{% set n.x = n.x + 1 %}{{ n.x }}",
            "2",
        ),
        ("{% block b %}x{% endblock %}{{ self.b() }}", "xx"),
        ("{{ rows|groupby('text')|map(attribute='grouper')|join('-') }}", "a-c"),
        ("{{ [3, 1]|sort|join(',') }} {{ rows|map(attribute='text')|join }}", "1,3 ac"),
        ("{{ '%.1f' % 2.25 }} {{ '%02d'|format(7) }} {{ '50%%' % () }}", "2.2 07 50%"),
    ],
)
def test_what_templates_need_works(folder: Folder, text: str, made: str) -> None:
    """The list of what is allowed holds what layouts are made with."""
    assert folder.render(text, **CONTEXT, row={"a": 1}) == made


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% raw %}", "{#", "{{", "{% include 'x' %}"]
)
def test_data_is_never_read_as_a_template(folder: Folder, text: str) -> None:
    """SEC-DOUBLE: an answer that looks like Jinja stays what was typed, twice over."""
    once = folder.render("{{ a }}", a=text)
    again = folder.render("{{ a }}{{ a ~ '' }}{{ [a]|join }}", a=once)

    assert once == text
    assert again == text * 3


@pytest.mark.parametrize(
    "name", ["x.html", "x.html.j2", "x.html.jinja", "x.xml.j2", "x"]
)
def test_escaping_does_not_depend_on_the_file_name(folder: Folder, name: str) -> None:
    """SEC-AUTOESC: on is on, for all files of a template."""
    folder.write(name, "{{ a }}{{ a ~ a }}{{ [a]|join(a) }}{% include 'part' %}")
    folder.write("part", "{% macro m(b) %}{{ b }}{% endmacro %}{{ m(a) }}{{ a|e }}")
    engine = templating.environment(folder.sources, autoescape=True)

    made = templating.render(engine, name, {"a": "<script>"})

    assert made == "&lt;script&gt;" * 6
