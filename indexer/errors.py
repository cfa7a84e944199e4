"""What can go wrong on this floor.

SearchError
+-- ModelError          the embedding model cannot be loaded, or is not the one it claims to be
+-- IndexMissing        no index has been built in this folder yet
+-- IndexDamaged        a generation on disk is not what its manifest says
+-- IndexMismatch       a generation was built with another model than the settings ask for
+-- IndexBusy           another process is building this index right now
+-- StoreUnfit          a foreign vector store cannot do what a search needs
+-- BadCorpus           a file of documents, queries or judgements cannot be read
"""

from __future__ import annotations


class SearchError(Exception):
    """Root of what can go wrong on this floor."""


class ModelError(SearchError):
    """The embedding model cannot be loaded, or its weights are not the ones expected."""


class IndexMissing(SearchError):
    """No index has been built in this folder yet."""


class IndexDamaged(SearchError):
    """A generation on disk is not what its manifest says."""


class IndexMismatch(SearchError):
    """A generation was built with another model than the one at hand."""


class IndexBusy(SearchError):
    """Another process is building this index right now."""


class StoreUnfit(SearchError):
    """A foreign vector store cannot do what a search needs, or does it wrongly."""


class BadCorpus(SearchError):
    """A file of documents, queries or judgements cannot be read."""
