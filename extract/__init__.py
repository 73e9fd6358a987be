"""Text in, raw records with spans out; knows nothing of agencies, dates or money."""
