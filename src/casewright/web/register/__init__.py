"""The register that detections are read against: sites, devices, certificates."""
