"""Own data: read from the formats that people have it in, packed in bounded memory, written again.

`gazetteer.own.build.build` makes an artefact that `gazetteer.open(also=[...])` layers over the package's.
"""
