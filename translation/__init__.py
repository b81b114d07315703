"""Text from one language to another, safely: numbers, doses, names and negations are checked after each translation."""
