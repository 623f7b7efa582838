"""Files come in: read in bounded chunks, staged by COPY, checked and written by sets. `services.import_file` is the door."""
