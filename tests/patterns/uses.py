"""Which regular expressions does the project compile, and how is each called?

Nobody lists them: every module of the three packages is read as a syntax tree, and what it compiles is
evaluated in the module itself. A pattern that is no module's constant (an argument, a member of a tuple)
counts as called by every method that its module calls on something unknown.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.shared import ROOT

PACKAGES = ("corpus", "indexer", "search_app")
METHODS = frozenset(
    {"match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn"},
)
_FROM_A_PLACE = frozenset({"match", "fullmatch", "search", "findall", "finditer"})
_OF_STRINGS = frozenset({"split"})  # str has it too: said of an unknown value, it says nothing


@dataclass(frozen=True, slots=True)
class Use:
    """A pattern and a method by which it is called.

    Attributes:
        place: module and line of its making.
        most: characters of the longest text that it is given; 0: no bound is known.
    """

    place: str
    pattern: re.Pattern[Any]
    method: str
    most: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """A call of ``re`` whose pattern is known only while the program runs."""

    place: str
    module: str
    function: str


@cache
def uses() -> tuple[list[Use], list[Unread]]:
    """Every use of a pattern in the project, and what cannot be read."""
    modules = _modules()
    found: list[Use] = []
    unread: list[Unread] = []
    for module in modules:
        for call in module.calls:
            pattern = module.pattern_of(call)
            place = f"{module.name}:{call.lineno}"
            if pattern is None:
                unread.append(Unread(place, module.name, module.function_at(call.lineno)))
            else:
                found.extend(Use(place, pattern, method) for method in _methods(module, call, modules))
    return found, unread


def walks() -> set[str]:
    """The modules that try a pattern from a place on: what they do at many places, no pattern shows."""
    return {module.name for module in _modules() if module.walks()}


@cache
def _modules() -> list["_Module"]:
    return [_Module(path) for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


class _Module:
    """A module's tree and what it holds once imported."""

    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        nodes = list(ast.walk(self.tree))
        self.calls = [node for node in nodes if isinstance(node, ast.Call) and _method_of(node)]
        self.constants = dict(self._assigned())
        self.imported = self._imports()

    def _assigned(self) -> Iterator[tuple[str, int]]:
        """The names that stand for one compiled pattern each, and the line of its making."""
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _method_of(node.value):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        yield target.id, node.value.lineno

    def _imports(self) -> dict[str, tuple[str, str]]:
        """What each imported name is: a module and the name there."""
        return {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    def loaded(self) -> ModuleType:
        """The module itself; imported only where it compiles something."""
        return importlib.import_module(self.name)

    def pattern_of(self, call: ast.Call) -> re.Pattern[Any] | None:
        """What is compiled here; None where that is known only while the program runs."""
        first, *others = call.args
        flags = others[:1] if _method_of(call) == "compile" else []
        flags += [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
        compiled = ast.Call(
            ast.Attribute(ast.Name("re", ast.Load()), "compile", ast.Load()), [first, *flags], []
        )
        tree = ast.fix_missing_locations(ast.Expression(compiled))
        try:
            code = compile(tree, self.name, "eval")
            pattern = eval(code, vars(self.loaded()) | {"re": re})  # noqa: S307 - the project's own source
        except NameError:
            return None
        return pattern if isinstance(pattern, re.Pattern) else None

    def function_at(self, line: int) -> str:
        """The innermost function around a line."""
        around = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or line)
        ]
        return max(around, key=lambda node: node.lineno).name if around else ""

    def walks(self) -> bool:
        """Whether a pattern of this module, or one it imports, is tried from a place that is given."""
        return any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _FROM_A_PLACE
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {*self.constants, *self.imported}
            and len(node.args) > 1
            for node in ast.walk(self.tree)
        )

    def called_on(self, name: str) -> set[str]:
        """The methods that are called on a name, or handed on."""
        return {
            node.attr
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
        } & METHODS

    @property
    def called_on_unknown(self) -> set[str]:
        """The methods of patterns that are called on what is no constant, no import and not ``re``."""
        known = {*self.constants, *self.imported, "re"}
        return {
            node.attr
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Attribute)
            and not (isinstance(node.value, ast.Name) and node.value.id in known)
        } & (METHODS - _OF_STRINGS)

    def hands_on(self, name: str) -> bool:
        """Whether the name stands anywhere but before a method's dot."""
        dotted = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)}
        return any(
            isinstance(node, ast.Name)
            and node.id == name
            and isinstance(node.ctx, ast.Load)
            and id(node) not in dotted
            for node in ast.walk(self.tree)
        )


def _method_of(call: ast.Call) -> str:
    """``compile``, ``sub``, … where the call is of the module ``re`` with a pattern; else empty."""
    function = call.func
    if not (isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)):
        return ""
    known = function.value.id == "re" and function.attr in METHODS | {"compile"}
    return function.attr if known else ""


def _methods(module: _Module, call: ast.Call, modules: list[_Module]) -> set[str]:
    """How what is made here is called, in its module and where it is imported."""
    if (method := _method_of(call)) != "compile":
        return {method}
    names = [name for name, line in module.constants.items() if line == call.lineno]
    if not names:
        return module.called_on_unknown or set(METHODS)
    found: set[str] = set()
    for user, name in _known_as(module, names[0], modules):
        found |= user.called_on(name)
        if user.hands_on(name):
            found |= user.called_on_unknown
    return found or set(METHODS)


def _known_as(module: _Module, name: str, modules: list[_Module]) -> Iterator[tuple[_Module, str]]:
    yield module, name
    for other in modules:
        for known, origin in other.imported.items():
            if origin == (module.name, name):
                yield other, known
