"""One module a step of the schema, each named after its number."""
