"""Who denies it: words that contradict, and the events they mean."""
