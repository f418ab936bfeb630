"""Events: the words that tell them, which of these tell one, and of what type it is."""
