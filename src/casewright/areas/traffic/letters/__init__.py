"""Letters of the traffic area: their templates, versions and the data they print."""
