"""The ANSM thesaurus of drug interactions: from the official PDF to facts."""
