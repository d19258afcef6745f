"""Bytes, text, CSV, workbooks, JSON and YAML, read into tables and trees whose parts know their places."""
