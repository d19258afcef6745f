"""How much is proven, and where proofs end: made-up days of every family of wishes and rules.

``python -m tests.benchmarks.hardness -h`` says how.
"""
