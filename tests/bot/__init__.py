"""What Charter decides: tables of cases and properties."""
