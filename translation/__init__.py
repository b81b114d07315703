"""Text from one language to another, safely."""
