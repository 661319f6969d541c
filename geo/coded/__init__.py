"""Events that others have coded, and our own exports, as records: files of points and rows of databases.

GeoJSON, GeoPackage, FlatGeobuf and CSV with coordinates; the columns of ACLED, UCDP GED and VIINA exports are known, as
are our own. Nothing is read from text here: a row is an event, with the place, date and type it gives.

Import from the modules: a run over texts needs `mark` alone.
"""
