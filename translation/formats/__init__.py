"""File formats: each reads a file into units to translate, and writes it back with everything else untouched."""
