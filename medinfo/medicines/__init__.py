"""Names, brands and codes of medicines, resolved to substances."""
