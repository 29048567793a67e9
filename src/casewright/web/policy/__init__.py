"""The unit's own figures and proclaimed bank holidays: proposed by one person, approved by another."""
