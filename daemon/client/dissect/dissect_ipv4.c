/* dissect_ipv4.c — packets of IPv4 (RFC 791). */
#include "client/dissect/dissect_ipv4.h"

#include "client/dissect/dissect_checksum.h"
#include "client/dissect/dissect_data.h"
#include "core/bytes.h"

#define RFC "RFC 791 §3.1"

enum {
	HEADER_LEN = 20, /* without options */
	ADDRESS_LEN = 4,
	DONT_FRAGMENT = 0x4000,
	MORE_FRAGMENTS = 0x2000,
	OFFSET_MASK = 0x1fff, /* of 8 bytes each */
};

/* What the header says of itself. */
struct header {
	size_t len;   /* with options */
	size_t total; /* header and payload */
	unsigned fragment;
	uint8_t protocol;
};

static void
version_and_service(struct dissect *dissect, size_t at)
{
	const uint8_t *bytes = dissect->bytes.data + at;

	dissect_field(dissect, STYLE_TYPE, at, 1, "Version and IHL", RFC,
	    "0x%02x", bytes[0]);
	dissect_part(dissect, "Version", NULL, "%u", bytes[0] >> 4);
	dissect_part(dissect, "IHL", NULL, "%u", bytes[0] & 15);
	dissect_means(dissect, "a header of %u bytes", (bytes[0] & 15) * 4);
	dissect_ip_traffic(dissect, at + 1, bytes[1]);
}

static void
fragment_field(struct dissect *dissect, size_t at, unsigned fragment)
{
	dissect_field(dissect, STYLE_FLAGS, at, 2, "Flags and offset", RFC,
	    "0x%04x", fragment);
	dissect_part(
	    dissect, "DF", NULL, "%d", (fragment & DONT_FRAGMENT) != 0);
	dissect_means(dissect, (fragment & DONT_FRAGMENT) != 0
	                           ? "must not be fragmented"
	                           : "may be fragmented");
	dissect_part(
	    dissect, "MF", NULL, "%d", (fragment & MORE_FRAGMENTS) != 0);
	dissect_means(dissect, (fragment & MORE_FRAGMENTS) != 0
	                           ? "more fragments follow"
	                           : "the last fragment");
	dissect_part(
	    dissect, "Offset", NULL, "%u", (fragment & OFFSET_MASK) * 8);
}

static void
total_field(struct dissect *dissect, size_t at, size_t total, size_t there)
{
	dissect_field(
	    dissect, STYLE_LENGTH, at, 2, "Total length", RFC, "%zu", total);
	if (total == 0)
		dissect_means(dissect,
		    "not set: the network card cuts the packet into pieces");
	else if (total > there)
		dissect_means(
		    dissect, "%zu bytes of it are missing", total - there);
}

static const char *
option_name(unsigned type)
{
	switch (type) {
	case 0:
		return "End of options";
	case 1:
		return "No operation";
	case 7:
		return "Record route";
	case 68:
		return "Timestamp";
	case 130:
		return "Security";
	case 131:
		return "Loose source route";
	case 137:
		return "Strict source route";
	case 148:
		return "Router alert";
	default:
		return "Option";
	}
}

static void
options(struct dissect *dissect, size_t at, size_t end)
{
	while (at < end) {
		const uint8_t *bytes = dissect->bytes.data + at;
		size_t len = 1;

		if (bytes[0] == 0)
			len = end - at; /* what follows is padding */
		else if (bytes[0] != 1)
			len = end - at < 2 ? 0 : bytes[1];
		if (len < 1 || (bytes[0] > 1 && len < 2) || len > end - at) {
			dissect_bad(dissect, at, end - at, "Options",
			    "the length is wrong");
			return;
		}
		dissect_field(dissect, STYLE_FLAGS, at, len,
		    option_name(bytes[0]), RFC, "type %u, %zu byte%s", bytes[0],
		    len, len == 1 ? "" : "s");
		at += len;
	}
}

/* The fields of the header; they are there. */
static struct header
read_header(struct dissect *dissect, size_t at, size_t end)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	struct header header = {
	    .len = (bytes[0] & 15u) * 4,
	    .total = bytes_get16be(bytes + 2),
	    .fragment = bytes_get16be(bytes + 6),
	    .protocol = bytes[9],
	};
	char text[ADDR_TEXT_MAX];

	version_and_service(dissect, at);
	total_field(dissect, at + 2, header.total, end - at);
	dissect_field(dissect, STYLE_ID, at + 4, 2, "Identification", RFC,
	    "0x%04x", (unsigned)bytes_get16be(bytes + 4));
	fragment_field(dissect, at + 6, header.fragment);
	dissect_field(
	    dissect, STYLE_TTL, at + 8, 1, "Time to live", RFC, "%u", bytes[8]);
	dissect_means(dissect, "routers that may still forward it");
	dissect_field(
	    dissect, STYLE_TYPE, at + 9, 1, "Protocol", RFC, "%u", bytes[9]);
	dissect_means(dissect, "%s", dissect_ip_protocol_name(bytes[9]));
	dissect_checksum_field(dissect, at + 10, RFC,
	    dissect_checksum_add(0, (struct span){bytes, header.len}), 0, NULL);
	dissect_field(dissect, STYLE_NAME, at + 12, ADDRESS_LEN, "Source", RFC,
	    "%s", dissect_ip_address(dissect, at + 12, ADDRESS_LEN, text));
	dissect_field(dissect, STYLE_NAME, at + 16, ADDRESS_LEN, "Destination",
	    RFC, "%s", dissect_ip_address(dissect, at + 16, ADDRESS_LEN, text));
	options(dissect, at + HEADER_LEN, at + header.len);
	return header;
}

/* The payload, AT … END; IS_WHOLE: no byte of it is missing. */
static void
payload(struct dissect *dissect, struct dissect_ip_packet *packet,
    const struct header *header, bool is_whole, size_t at, size_t end)
{
	unsigned offset = header->fragment & OFFSET_MASK;

	dissect_line(dissect, dissect_ip_protocol_name(header->protocol),
	    "protocol %u, %zu bytes", header->protocol, end - at);
	if (!is_whole)
		packet->unverified = "bytes are missing";
	if ((header->fragment & MORE_FRAGMENTS) != 0)
		packet->unverified = "the packet is in fragments";
	packet->is_partial = packet->unverified != NULL;
	if (offset == 0) {
		dissect_ip_payload(dissect, packet, at, end);
		return;
	}
	dissect_line(dissect, "IPv4", "fragment of %s at %u, %zu bytes",
	    dissect_ip_protocol_name(header->protocol), offset * 8, end - at);
	dissect_data(dissect, at, end, "Fragment");
}

size_t
dissect_ipv4(struct dissect *dissect, const struct dissect_ip_packet *place,
    size_t at, size_t end)
{
	if (!dissect_data_has(dissect, at, end, HEADER_LEN, "IPv4"))
		return end;
	size_t len = (dissect->bytes.data[at] & 15u) * 4;

	if (len < HEADER_LEN) {
		dissect_bad(dissect, at, end - at, "IPv4",
		    "a header of %zu bytes, 20 is the least", len);
		dissect_line(dissect, "IPv4", "header too short");
		return end;
	}
	if (!dissect_data_has(dissect, at, end, len, "IPv4"))
		return end;
	struct dissect_ip_packet packet = *place;

	packet.source = at + 12;
	packet.destination = at + 16;
	packet.address_len = ADDRESS_LEN;
	dissect_ip_ends(dissect, &packet, 0, 0);
	dissect_enter(dissect, DISSECT_LAYER, at, len, "IPv4", "RFC 791");
	struct header header = read_header(dissect, at, end);

	dissect_leave(dissect);
	packet.protocol = header.protocol;
	if (header.total != 0 && header.total < len) {
		dissect_bad(dissect, at + len, end - at - len, "Payload",
		    "the total length ends in the header");
		dissect_line(dissect, "IPv4", "total length too short");
		return end;
	}
	size_t total = header.total == 0 ? end - at : header.total;
	bool is_whole = total <= end - at;
	size_t last = is_whole ? at + total : end;

	payload(dissect, &packet, &header, is_whole, at + len, last);
	return last;
}
