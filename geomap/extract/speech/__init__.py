"""Who says so: words of speech, who speaks by them and who goes on, and the claimant of each event."""
