"""The emergency number of a country. Pure.

112 in the European Union and the European Economic Area: European Commission, "112: the European emergency number".
999 in the United Kingdom, with 112: Ofcom. 911 in the United States: FCC; in Canada: CRTC. 000 in Australia: Triple
Zero, Australian Government. 111 in New Zealand: New Zealand Police.
"""

ANY_NUMBER = "112, 999 or 911"
_EUROPEAN = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
# The number, and how far clocks there are ahead of UTC, in hours: a computer whose language is of one country and whose
# clock is of another stands in the other.
_NUMBERS: dict[str, tuple[str, float, float]] = {
    **dict.fromkeys(_EUROPEAN.split(), ("112", -1, 3)),
    "GB": ("999", 0, 1),
    "US": ("911", -10, -4),
    "CA": ("911", -8, -2.5),
    "AU": ("000", 6.5, 11),
    "NZ": ("111", 12, 13),
}
_NAMES = {  # as Windows names them
    "austria": "AT", "australia": "AU", "belgium": "BE", "canada": "CA", "denmark": "DK", "finland": "FI",
    "france": "FR", "germany": "DE", "ireland": "IE", "italy": "IT", "netherlands": "NL", "new zealand": "NZ",
    "norway": "NO", "poland": "PL", "portugal": "PT", "spain": "ES", "sweden": "SE", "united kingdom": "GB",
    "united states": "US",
}  # fmt: skip


def emergency_number(locale: str, utc_offset_h: float) -> str:
    """The emergency number where a computer stands, or the three that reach most of the world.

    locale: as the system names it: en_GB, or English_United Kingdom. utc_offset_h: how far its clock is ahead of UTC.
    """
    place = locale.split(".")[0].split("@")[0].partition("_")[2]
    number, least_h, most_h = _NUMBERS.get(_NAMES.get(place.lower(), place.upper()), (ANY_NUMBER, -24.0, 24.0))
    return number if least_h <= utc_offset_h <= most_h else ANY_NUMBER
