"""The PKDD'99 files of a Czech bank, turned into the frames that the imports of this package take."""
