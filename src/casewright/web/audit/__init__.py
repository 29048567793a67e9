"""What was done and who looked, for those who must verify it (DPA 2018 s.62)."""
