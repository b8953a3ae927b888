/* dissect_neighbor.c — Neighbor Discovery of IPv6 (RFC 4861). */
#include "client/dissect/dissect_neighbor.h"

#include "client/dissect/dissect_data.h"
#include "client/dissect/dissect_ip.h"
#include "client/dissect/dissect_link.h"
#include "core/bytes.h"

enum {
	ADDRESS_LEN = 16,
	UNIT_LEN = 8, /* of options */
	PREFIX_LEN = 32,
	OPTION_SOURCE = 1,
	OPTION_TARGET = 2,
	OPTION_PREFIX = 3,
	OPTION_REDIRECTED = 4,
	OPTION_MTU = 5,
	OPTION_NONCE = 14,
	OPTION_DNS = 25,
};

static const char *
option_name(uint8_t type)
{
	switch (type) {
	case OPTION_SOURCE:
		return "Source link-layer address";
	case OPTION_TARGET:
		return "Target link-layer address";
	case OPTION_PREFIX:
		return "Prefix information";
	case OPTION_REDIRECTED:
		return "Redirected header";
	case OPTION_MTU:
		return "MTU";
	case OPTION_NONCE:
		return "Nonce";
	case OPTION_DNS:
		return "Recursive DNS server";
	default:
		return "Option";
	}
}

/* An option of LEN bytes, at least UNIT_LEN. */
static void
option(struct dissect *dissect, size_t at, size_t len)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	const char *name = option_name(bytes[0]);
	char text[ADDR_TEXT_MAX];

	if (bytes[0] == OPTION_SOURCE || bytes[0] == OPTION_TARGET)
		dissect_field(dissect, STYLE_NAME, at, len, name,
		    "RFC 4861 §4.6.1", "%s",
		    dissect_link_address(dissect, at + 2, len - 2, text));
	else if (bytes[0] == OPTION_PREFIX && len == PREFIX_LEN)
		dissect_field(dissect, STYLE_NAME, at, len, name,
		    "RFC 4861 §4.6.2", "%s/%u, valid for %u s",
		    dissect_ip_address(dissect, at + 16, ADDRESS_LEN, text),
		    bytes[2], bytes_get32be(bytes + 4));
	else if (bytes[0] == OPTION_MTU)
		dissect_field(dissect, STYLE_LENGTH, at, len, name,
		    "RFC 4861 §4.6.4", "%u", bytes_get32be(bytes + 4));
	else if (bytes[0] == OPTION_DNS && len >= UNIT_LEN + ADDRESS_LEN)
		dissect_field(dissect, STYLE_NAME, at, len, name,
		    "RFC 8106 §5.1", "%s for %u s",
		    dissect_ip_address(
		        dissect, at + UNIT_LEN, ADDRESS_LEN, text),
		    bytes_get32be(bytes + 4));
	else
		dissect_field(dissect, STYLE_DATA, at, len, name,
		    "RFC 4861 §4.6", "type %u, %zu bytes", bytes[0], len);
}

static void
options(struct dissect *dissect, size_t at, size_t end)
{
	while (at < end) {
		size_t len = end - at < 2 ? 0
		                          : dissect->bytes.data[at + 1] *
		                                (size_t)UNIT_LEN;

		if (len == 0 || len > end - at) {
			dissect_bad(dissect, at, end - at, "Options",
			    "the length is wrong");
			return;
		}
		option(dissect, at, len);
		at += len;
	}
}

/* Bits of an advertisement, RFC 4861 §4.4. */
static void
neighbor_flags(struct dissect *dissect, const char *rfc, size_t at)
{
	uint32_t word = bytes_get32be(dissect->bytes.data + at);

	dissect_field(
	    dissect, STYLE_FLAGS, at, 4, "Flags", rfc, "0x%08x", word);
	dissect_part(dissect, "R", NULL, "%u", word >> 31);
	dissect_means(dissect, "the sender is a router");
	dissect_part(dissect, "S", NULL, "%u", word >> 30 & 1);
	dissect_means(dissect, "solicited");
	dissect_part(dissect, "O", NULL, "%u", word >> 29 & 1);
	dissect_means(dissect, "overrides what was known");
}

static void
router(struct dissect *dissect, const char *rfc, size_t at)
{
	const uint8_t *bytes = dissect->bytes.data + at;

	dissect_field(dissect, STYLE_COUNT, at, 1, "Current hop limit", rfc,
	    "%u", bytes[0]);
	dissect_field(
	    dissect, STYLE_FLAGS, at + 1, 1, "Flags", rfc, "0x%02x", bytes[1]);
	dissect_part(dissect, "M", NULL, "%u", bytes[1] >> 7);
	dissect_means(dissect, "addresses by DHCPv6");
	dissect_part(dissect, "O", NULL, "%u", bytes[1] >> 6 & 1);
	dissect_means(dissect, "the rest by DHCPv6");
	dissect_field(dissect, STYLE_TTL, at + 2, 2, "Router lifetime", rfc,
	    "%u s", (unsigned)bytes_get16be(bytes + 2));
	dissect_field(dissect, STYLE_TTL, at + 4, 4, "Reachable time", rfc,
	    "%u ms", bytes_get32be(bytes + 4));
	dissect_field(dissect, STYLE_TTL, at + 8, 4, "Retransmission timer",
	    rfc, "%u ms", bytes_get32be(bytes + 8));
}

static void
address(struct dissect *dissect, const char *name, const char *rfc, size_t at,
    char text[ADDR_TEXT_MAX])
{
	dissect_field(dissect, STYLE_NAME, at, ADDRESS_LEN, name, rfc, "%s",
	    dissect_ip_address(dissect, at, ADDRESS_LEN, text));
}

/* Bytes before the options. */
static size_t
length_of(unsigned type)
{
	switch (type) {
	case DISSECT_NEIGHBOR_ROUTER_SOLICITATION:
		return 4;
	case DISSECT_NEIGHBOR_ROUTER_ADVERTISEMENT:
		return 12;
	case DISSECT_NEIGHBOR_REDIRECT:
		return 4 + 2 * ADDRESS_LEN;
	default:
		return 4 + ADDRESS_LEN;
	}
}

void
dissect_neighbor(struct dissect *dissect, unsigned type, const char *name,
    const char *rfc, size_t at, size_t end)
{
	size_t len = length_of(type);
	char target[ADDR_TEXT_MAX] = "", other[ADDR_TEXT_MAX];

	if (end - at < len) {
		dissect_bad(dissect, at, end - at, "Message",
		    "cut off: %zu of %zu bytes are there", end - at, len);
		return;
	}
	if (type == DISSECT_NEIGHBOR_ROUTER_ADVERTISEMENT)
		router(dissect, rfc, at);
	else if (type == DISSECT_NEIGHBOR_ADVERTISEMENT)
		neighbor_flags(dissect, rfc, at);
	else
		dissect_field(dissect, STYLE_LENGTH, at, 4, "Reserved", rfc,
		    "%u", bytes_get32be(dissect->bytes.data + at));
	if (type >= DISSECT_NEIGHBOR_SOLICITATION)
		address(dissect, "Target address", rfc, at + 4, target);
	if (type == DISSECT_NEIGHBOR_REDIRECT)
		address(dissect, "Destination address", rfc,
		    at + 4 + ADDRESS_LEN, other);
	options(dissect, at + len, end);
	dissect_line(dissect, "ICMPv6", "%s%s%s", name,
	    *target == '\0' ? "" : ", ", target);
}
