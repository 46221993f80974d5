"""Does the best article come first? Judged queries over real corpora, for Kho Báo and its peers.

``asking.evaluate_set`` asks one set through a service, so that an experiment is a short script.
"""
