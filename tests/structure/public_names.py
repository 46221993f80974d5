"""Which names does a module have, and which of them are public at its top level?

Names are read from syntax trees, so that no module is imported. Each is qualified by what it stands in:
``corpus.article.Article.title`` is an attribute, ``corpus.article.check(value)`` a parameter.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGES = ("corpus", "indexer", "search_app")

syntax_tree = cache(ast.parse)
"""The tree of a source; several tests read each, and none changes it."""


def modules(root: Path) -> Iterator[tuple[str, str]]:
    """The dotted name and the source of every module of the three top packages, and of these themselves."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
            yield name, path.read_text("utf-8")


def names(module: str, source: str) -> Iterator[tuple[str, str]]:
    """Every name that a module defines, qualified and alone: its own, then in the order of the source.

    These are classes, functions, parameters, attributes of class bodies and constants of the module; local
    variables are not.
    """
    yield module, module.rpartition(".")[2]
    yield from _names(syntax_tree(source), module, named=True)


def _names(node: ast.AST, within: str, *, named: bool) -> Iterator[tuple[str, str]]:
    """The names below a node; ``named`` where an assignment names something for readers elsewhere."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.ClassDef(name=name):
                yield f"{within}.{name}", name
                yield from _names(child, f"{within}.{name}", named=True)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield f"{within}.{name}", name
                yield from _names(child, f"{within}.{name}", named=False)
            case ast.arg(arg=name):
                yield f"{within}({name})", name
            case ast.Assign() | ast.AnnAssign() if named:
                yield from ((f"{within}.{name}", name) for name in _assigned(child))
                yield from _names(child, within, named=False)
            case _:
                yield from _names(child, within, named=named)


def _assigned(node: ast.Assign | ast.AnnAssign) -> list[str]:
    """The names that an assignment gives a value."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]


def repeated(sources: Mapping[str, str]) -> dict[tuple[str, str], set[str]]:
    """Public classes and functions that several modules of one top package define: their modules.

    The key is the top package and the name. A type alias counts where it has the name of a class.
    """
    functions: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    classes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    aliases: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for module, source in sources.items():
        package = module.partition(".")[0]
        for node in syntax_tree(source).body:
            match node:
                case ast.ClassDef(name=name):
                    classes[package, name].add(module)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    functions[package, name].add(module)
                case ast.Assign() | ast.AnnAssign():
                    for name in _assigned(node):
                        aliases[package, name].add(module)
    for key in classes.keys() & aliases.keys():
        classes[key] |= aliases[key]
    return {
        key: found
        for defined in (classes, functions)
        for key, found in defined.items()
        if len(found) > 1 and not key[1].startswith("_")
    }
