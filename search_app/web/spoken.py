"""When does a template get the sentences of its language? Once, when it is read, and not for each page.

An environment speaks one language, so ``_("Search")`` is known as soon as the template is, and becomes a part
of the text around it. A sentence with values, and one with a count, are still made for each page.
"""

from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

SAY = "_"
"""The function of a template that says a sentence (search_app.web.words)."""


class _Speaker(NodeTransformer):
    """Puts a sentence in the place of each call that says it without values."""

    def __init__(self, environment: Environment) -> None:
        say = environment.globals[SAY]
        assert callable(say)  # noqa: S101 - for the type checker: search_app.web.words made it
        self._say = say

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        """A call; where it says a sentence without values, the sentence, which is escaped already."""
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name=name), args=[nodes.Const(value=str(text))], kwargs=[]) if (
                name == SAY
            ):
                sentence = nodes.Const(str(self._say(text)), lineno=node.lineno)
                return nodes.MarkSafe(sentence, lineno=node.lineno)
        return node


class _SpeakingGenerator(CodeGenerator):
    """Compiles a template after its sentences were put in."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - the same
        """Compiles a whole template."""
        _Speaker(self.environment).visit(node)
        super().visit_Template(node, frame)


class SpokenTemplates(Environment):
    """Templates of one language. What they share are globals that are set before the first one is read."""

    code_generator_class = _SpeakingGenerator

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dict for all templates, not a ChainMap for each: looking words up is much of a page."""
        return {**self.globals, **d} if d else self.globals
