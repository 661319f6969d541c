"""Sources of the gazetteer: one module per format, read at build time only."""
