/* dissect_ipv6_headers.c — extension headers of IPv6 (RFC 8200 §4). */
#include "client/dissect/dissect_ipv6_headers.h"

#include "client/dissect/dissect_data.h"
#include "core/bytes.h"

#include <netinet/in.h>

enum {
	UNIT_LEN = 8, /* of all headers */
	MORE_FRAGMENTS = 1,
	OFFSET_MASK = 0xfff8,
};

static bool
is_header(uint8_t protocol)
{
	return protocol == IPPROTO_HOPOPTS || protocol == IPPROTO_ROUTING ||
	       protocol == IPPROTO_FRAGMENT || protocol == IPPROTO_DSTOPTS ||
	       protocol == IPPROTO_AH || protocol == IPPROTO_MH;
}

static const char *
title(uint8_t protocol)
{
	switch (protocol) {
	case IPPROTO_HOPOPTS:
		return "Hop-by-hop options";
	case IPPROTO_ROUTING:
		return "Routing header";
	case IPPROTO_FRAGMENT:
		return "Fragment header";
	case IPPROTO_DSTOPTS:
		return "Destination options";
	case IPPROTO_AH:
		return "Authentication header";
	default:
		return "Mobility header";
	}
}

static const char *
section(uint8_t protocol)
{
	switch (protocol) {
	case IPPROTO_HOPOPTS:
		return "RFC 8200 §4.3";
	case IPPROTO_ROUTING:
		return "RFC 8200 §4.4";
	case IPPROTO_FRAGMENT:
		return "RFC 8200 §4.5";
	case IPPROTO_DSTOPTS:
		return "RFC 8200 §4.6";
	case IPPROTO_AH:
		return "RFC 4302 §2";
	default:
		return "RFC 6275 §6.1";
	}
}

/* How long the header of PROTOCOL is, whose second byte is LEN. */
static size_t
length_of(uint8_t protocol, uint8_t len)
{
	if (protocol == IPPROTO_FRAGMENT)
		return UNIT_LEN;
	if (protocol == IPPROTO_AH) /* RFC 4302 §2.2: words without two */
		return ((size_t)len + 2) * 4;
	return ((size_t)len + 1) * UNIT_LEN;
}

static const char *
option_name(uint8_t type)
{
	switch (type) {
	case 0:
		return "Pad1";
	case 1:
		return "PadN";
	case 5:
		return "Router alert";
	case 0xc2:
		return "Jumbo payload";
	default:
		return "Option";
	}
}

/* RFC 8200 §4.2. */
static void
options(struct dissect *dissect, size_t at, size_t end)
{
	while (at < end) {
		const uint8_t *bytes = dissect->bytes.data + at;
		size_t len = 1;

		if (bytes[0] != 0 && end - at < 2)
			len = end - at + 1;
		else if (bytes[0] != 0)
			len = 2 + (size_t)bytes[1];
		if (len > end - at) {
			dissect_bad(dissect, at, end - at, "Options",
			    "the length is wrong");
			return;
		}
		dissect_field(dissect, STYLE_FLAGS, at, len,
		    option_name(bytes[0]), "RFC 8200 §4.2",
		    "type %u, %zu byte%s", bytes[0], len, len == 1 ? "" : "s");
		at += len;
	}
}

static void
fragment(
    struct dissect *dissect, struct dissect_ipv6_headers *headers, size_t at)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	unsigned word = bytes_get16be(bytes + 2);

	headers->offset = word & OFFSET_MASK;
	headers->is_fragment = headers->offset != 0;
	dissect_field(dissect, STYLE_LENGTH, at + 1, 1, "Reserved",
	    "RFC 8200 §4.5", "%u", bytes[1]);
	dissect_field(dissect, STYLE_FLAGS, at + 2, 2, "Offset and M",
	    "RFC 8200 §4.5", "0x%04x", word);
	dissect_part(dissect, "Offset", NULL, "%u", headers->offset);
	dissect_part(dissect, "M", NULL, "%u", word & MORE_FRAGMENTS);
	dissect_means(dissect, (word & MORE_FRAGMENTS) != 0
	                           ? "more fragments follow"
	                           : "the last fragment");
	dissect_field(dissect, STYLE_ID, at + 4, 4, "Identification",
	    "RFC 8200 §4.5", "0x%08x", bytes_get32be(bytes + 4));
}

/* What stands behind the next header's number. */
static void
content(struct dissect *dissect, struct dissect_ip_packet *packet,
    struct dissect_ipv6_headers *headers, size_t at, size_t len)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	const char *rfc = section(packet->protocol);

	if (packet->protocol == IPPROTO_FRAGMENT) {
		fragment(dissect, headers, at);
		/* One alone is whole: RFC 6946. */
		if ((bytes_get16be(bytes + 2) & MORE_FRAGMENTS) != 0) {
			packet->unverified = "the packet is in fragments";
			packet->is_partial = true;
		}
		return;
	}
	dissect_field(dissect, STYLE_LENGTH, at + 1, 1, "Header length", rfc,
	    "%u", bytes[1]);
	dissect_means(dissect, "%zu bytes", len);
	if (packet->protocol == IPPROTO_HOPOPTS ||
	    packet->protocol == IPPROTO_DSTOPTS) {
		options(dissect, at + 2, at + len);
		return;
	}
	if (packet->protocol == IPPROTO_ROUTING) {
		dissect_field(dissect, STYLE_TYPE, at + 2, 1, "Routing type",
		    rfc, "%u", bytes[2]);
		dissect_field(dissect, STYLE_COUNT, at + 3, 1, "Segments left",
		    rfc, "%u", bytes[3]);
		/* RFC 8200 §8.1: it is made with the last destination. */
		if (bytes[3] > 0)
			packet->unverified = "the packet is on a source route";
		dissect_field(dissect, STYLE_DATA, at + 4, len - 4, "Route",
		    rfc, "%zu bytes", len - 4);
		return;
	}
	dissect_field(dissect, STYLE_DATA, at + 2, len - 2, "Content", rfc,
	    "%zu bytes", len - 2);
}

/* One header, whole or bad. */
static void
header(struct dissect *dissect, struct dissect_ip_packet *packet,
    struct dissect_ipv6_headers *headers, size_t end)
{
	size_t at = headers->at;
	const uint8_t *bytes = dissect->bytes.data + at;
	const char *name = title(packet->protocol);

	headers->is_bad = true;
	if (!dissect_data_has(dissect, at, end, UNIT_LEN, name))
		return;
	size_t len = length_of(packet->protocol, bytes[1]);

	if (!dissect_data_has(dissect, at, end, len, name))
		return;
	headers->is_bad = false;
	dissect_enter(
	    dissect, DISSECT_LAYER, at, len, name, section(packet->protocol));
	dissect_field(dissect, STYLE_TYPE, at, 1, "Next header",
	    section(packet->protocol), "%u", bytes[0]);
	dissect_means(dissect, "%s", dissect_ip_protocol_name(bytes[0]));
	content(dissect, packet, headers, at, len);
	dissect_leave(dissect);
	packet->protocol = bytes[0];
	headers->at = at + len;
}

struct dissect_ipv6_headers
dissect_ipv6_headers(struct dissect *dissect, struct dissect_ip_packet *packet,
    size_t at, size_t end)
{
	struct dissect_ipv6_headers headers = {.at = at};

	for (unsigned i = 0;
	     i < DISSECT_IPV6_HEADERS_MAX && is_header(packet->protocol) &&
	     !headers.is_bad && !headers.is_fragment;
	     i++)
		header(dissect, packet, &headers, end);
	return headers;
}
