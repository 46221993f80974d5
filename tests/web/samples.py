"""An address for every row of the table of addresses, so that a rule can be tried at all of them."""

from flask import Flask

VALUES: dict[str, str | int] = {
    "article_id": "ktcl-2013-001", "name": "source", "what": "undated", "number": 1, "style": "bib",
    "filename": "page.css", "form": "csv", "identifier": "article/ktcl-2013-001",
}  # fmt: skip
"""What stands for the variables of an address."""


def sample_addresses(app: Flask) -> dict[str, str]:
    """An address of the sample corpus for each endpoint of an app."""
    adapter = app.url_map.bind("localhost")
    return {
        rule.endpoint: adapter.build(rule.endpoint, {name: VALUES[name] for name in rule.arguments})
        for rule in app.url_map.iter_rules()
    }
