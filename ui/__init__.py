"""The screen: a client of the API, one file per workspace."""
