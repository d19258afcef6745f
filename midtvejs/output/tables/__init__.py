"""What is written for programs and spreadsheets: CSV and JSON."""
