"""One route file per resource."""
