"""Words to evidence: phrasebooks in, technique spans and feedback texts out."""
