"""What several stages need to know about text: tokens, sentences, quotations. Import from the submodules."""
