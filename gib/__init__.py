"""The information system of Gezin in Balans."""
