"""How are all results of a selection taken away, and how is it proven later that they are the same?

``exporting`` finds them and yields their rows, ``rows`` says what a row holds, ``cursor`` where an export
goes on that broke off, ``pinning`` what is asked for so that it finds the same for ever, ``facts`` by what a
result is known.
"""
