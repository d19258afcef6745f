"""How fast, how large, how good: measured side by side, never in a test.

``python -m tests.benchmarks -h`` says how.
"""
