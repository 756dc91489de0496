"""Who is sitting here."""
