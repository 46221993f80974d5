"""Does a checkout answer as another did? The same questions by public contracts, a digest of each answer.

A change that moves modules must not change what is answered. Two checkouts are asked the same, through the
command ``khobao`` and over HTTP alone, so that one tool serves both whatever their modules are called:

    python -m benchmarks.same_answers --data DATA --checkout BEFORE --out before.jsonl
    python -m benchmarks.same_answers --data DATA --checkout AFTER --out after.jsonl --compare before.jsonl

``before.jsonl`` holds a line for each answer, and a first line that says of what it was made. The answers
themselves lie in a zip file beside it, by their digests, so that a difference is shown as text. The queries
are drawn once, by seed, and kept beside ``--out`` (or in ``--queries``): both checkouts are asked the same.
"""
