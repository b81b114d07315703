"""The outer surface: the HTTP service and the command line."""
