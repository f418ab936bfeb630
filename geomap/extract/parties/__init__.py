"""Who takes part: the parties named, whose side a text is on, who acts and who is hit."""
