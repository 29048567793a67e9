"""The keeper enquiry to DVLA."""
