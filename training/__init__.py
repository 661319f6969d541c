"""Our own annotated texts, and the tools that compile and check them. Not part of the installed package."""
