"""Files of other systems: which of their columns becomes which field, and how their words, dates and amounts are written.

    definition   what is said of each column (`Mapping`), as a profile keeps it
    dates, amounts   the forms in which days and amounts are written
    checking     what is wrong with a mapping
    translating  the file as the engine wants it (`MappedSource`), in sets
    survey       what an upload shows of itself: samples, values, forms
    suggesting   which field a column may be, by its name (`names`, `synonyms`) or by what stands in it (`contents`)
    words        what the words of a file certainly mean
    profiles     mappings that are kept under a name

`imports.opening` opens a file with its mapping; `imports.services` takes it in by the same way as any other.
"""
