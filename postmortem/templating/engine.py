"""The one environment in which Jinja runs; heavy, so imported inside functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from postmortem.templating import allowed, bounds, chains
from postmortem.templating.compiling import TOO_DEEP, Generator, Reader, check
from postmortem.templating.sources import find, holder, split
from postmortem.templating.vocabulary import FILTERS, GLOBALS, TESTS
from postmortem.templating.words import TemplateMistake

if TYPE_CHECKING:
    from types import CodeType

    from postmortem.templating.sources import Source

Transform = Callable[[nodes.Template, str], nodes.Template]
"""Changes the tree of one template file, given its name, before it is compiled."""


class UnknownName(jinja2.UndefinedError):
    """Nothing has this name; keeps it, to find the nearest right one."""

    name: object = None
    owner: object = None
    hinted: bool = False
    """Jinja says more than that it is unknown."""


class Unknown(jinja2.StrictUndefined):
    """What a name that nothing has stands for: an error as soon as it is used."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if exc is jinja2.UndefinedError:
            self._undefined_exception = self._unknown  # type: ignore[assignment]  # called as one

    def _unknown(self, message: str) -> UnknownName:
        error = UnknownName(message)
        error.name, error.owner = self._undefined_name, self._undefined_obj
        error.hinted = self._undefined_hint is not None
        return error


def _as_it_is(source: str | None = None) -> NoReturn:  # noqa: ARG001 - Jinja's call
    """Let an error through as it is; `speech` tells where it comes from."""
    raise  # noqa: PLE0704 - called inside an except clause


class Engine(ImmutableSandboxedEnvironment):
    """A sandbox that allows what is listed here, and nothing else."""

    code_generator_class = Generator
    intercepted_binops = frozenset(bounds.OPERATORS)
    concat = staticmethod(bounds.together)
    measured = staticmethod(bounds.measured)
    handle_exception = staticmethod(_as_it_is)

    def __init__(self, sources: Sequence[Source], **options: Any) -> None:
        self.sources = tuple(sources)
        self.transform: Transform | None = options.pop("transform", None)
        super().__init__(
            loader=jinja2.FunctionLoader(self.source),
            undefined=Unknown,
            optimized=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=chains.MOST_FILES,
            **options,
        )
        self.binop_table = dict(bounds.OPERATORS)

    def source(self, name: str) -> tuple[str, str, None] | None:
        """Return a file without front matter, and its path; None if there is none."""
        if holder(name, self.sources) is None:
            return None
        found = find(name, self.sources)
        return split(found.text)[1], str(found.path), None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow the listed parts of the listed types."""
        return allowed.part(obj, attr)

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow what templates define, what we give them, and the listed methods."""
        return allowed.call(obj, self.globals)

    def _filter_test_common(self, name: Any, *rest: Any) -> Any:
        if str(name).startswith("_"):  # as in `map('_ours')`
            message = f"No filter or test named {name!r}."
            raise jinja2.TemplateRuntimeError(message)
        return super()._filter_test_common(name, *rest)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Prefer the key of a dict to its method of the same name."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def wrap_str_format(self, value: Any) -> None:
        """Leave `str.format` to the list of what is allowed: it is not on it."""

    def _parse(
        self, source: str, name: str | None, filename: str | None
    ) -> nodes.Template:
        reader = None
        try:
            reader = Reader(self, source, name, filename)
            tree = reader.parse()
        except (RecursionError, ValueError) as error:
            line = reader.stream.current.lineno if reader else None
            raise _beyond(error, filename, line) from error
        check(tree, source, name, filename)
        return self.transform(tree, name or "") if self.transform else tree

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - Jinja's call
    ) -> str:
        try:
            return super()._generate(source, name, filename, defer_init)
        except RecursionError as error:
            raise _beyond(error, filename) from error

    def _compile(self, source: str, filename: str) -> CodeType:
        try:
            return super()._compile(source, filename)
        except (RecursionError, MemoryError, SyntaxError, ValueError) as error:
            raise _beyond(error, filename) from error


def build(  # noqa: PLR0913 - the parts that it is made of
    sources: Sequence[Source],
    *,
    filters: Mapping[str, Callable[..., Any]] | None = None,
    tests: Mapping[str, Callable[..., Any]] | None = None,
    globals: Mapping[str, Any] | None = None,  # noqa: A002 - Jinja's word
    autoescape: bool = False,
    transform: Transform | None = None,
    finalize: Callable[..., Any] | None = None,
) -> Engine:
    """Return the environment; see `postmortem.templating.environment`."""
    engine = Engine(
        sources,
        transform=transform,
        autoescape=autoescape,
        finalize=finalize or bounds.written,
    )
    engine.filters = {**FILTERS, **(filters or {})}
    engine.tests = {**TESTS, **(tests or {})}
    engine.globals = {**GLOBALS, **(globals or {})}
    return engine


def _beyond(
    error: BaseException, path: str | None, line: int | None = None
) -> TemplateMistake:
    """Say why Jinja or Python gave up on a text that is not wrong, but too much."""
    number = isinstance(error, ValueError) and "digits" in str(error)
    message = "a number is too long" if number else TOO_DEEP
    return TemplateMistake(message, path=path, line=line)
