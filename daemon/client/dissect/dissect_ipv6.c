/* dissect_ipv6.c — packets of IPv6 (RFC 8200). */
#include "client/dissect/dissect_ipv6.h"

#include "client/dissect/dissect_data.h"
#include "client/dissect/dissect_ipv6_headers.h"
#include "core/bytes.h"

#define RFC "RFC 8200 §3"

enum {
	HEADER_LEN = 40,
	ADDRESS_LEN = 16,
};

static void
first_word(struct dissect *dissect, size_t at)
{
	uint32_t word = bytes_get32be(dissect->bytes.data + at);

	dissect_field(dissect, STYLE_TYPE, at, 4, "Version, class, label", RFC,
	    "0x%08x", word);
	dissect_part(dissect, "Version", NULL, "%u", word >> 28);
	dissect_ip_traffic_parts(dissect, word >> 20 & 0xff);
	dissect_part(
	    dissect, "Flow label", "RFC 6437", "0x%05x", word & 0xfffff);
}

static void
length_field(struct dissect *dissect, size_t at, size_t len, size_t there)
{
	dissect_field(
	    dissect, STYLE_LENGTH, at, 2, "Payload length", RFC, "%zu", len);
	if (len == 0 && there > 0)
		dissect_means(dissect,
		    "not set: longer than 65535, or cut by the network card");
	else if (len > there)
		dissect_means(
		    dissect, "%zu bytes of it are missing", len - there);
}

static void
header(struct dissect *dissect, size_t at, size_t end)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	char text[ADDR_TEXT_MAX];

	first_word(dissect, at);
	length_field(
	    dissect, at + 4, bytes_get16be(bytes + 4), end - at - HEADER_LEN);
	dissect_field(
	    dissect, STYLE_TYPE, at + 6, 1, "Next header", RFC, "%u", bytes[6]);
	dissect_means(dissect, "%s", dissect_ip_protocol_name(bytes[6]));
	dissect_field(
	    dissect, STYLE_TTL, at + 7, 1, "Hop limit", RFC, "%u", bytes[7]);
	dissect_means(dissect, "routers that may still forward it");
	dissect_field(dissect, STYLE_NAME, at + 8, ADDRESS_LEN, "Source", RFC,
	    "%s", dissect_ip_address(dissect, at + 8, ADDRESS_LEN, text));
	dissect_field(dissect, STYLE_NAME, at + 24, ADDRESS_LEN, "Destination",
	    RFC, "%s", dissect_ip_address(dissect, at + 24, ADDRESS_LEN, text));
}

static void
payload(struct dissect *dissect, struct dissect_ip_packet *packet, size_t at,
    size_t end)
{
	struct dissect_ipv6_headers headers =
	    dissect_ipv6_headers(dissect, packet, at, end);

	if (headers.is_bad)
		return;
	at = headers.at;
	dissect_line(dissect, dissect_ip_protocol_name(packet->protocol),
	    "protocol %u, %zu bytes", packet->protocol, end - at);
	if (!headers.is_fragment) {
		dissect_ip_payload(dissect, packet, at, end);
		return;
	}
	dissect_line(dissect, "IPv6", "fragment of %s at %u, %zu bytes",
	    dissect_ip_protocol_name(packet->protocol), headers.offset,
	    end - at);
	dissect_data(dissect, at, end, "Fragment");
}

size_t
dissect_ipv6(struct dissect *dissect, const struct dissect_ip_packet *place,
    size_t at, size_t end)
{
	if (!dissect_data_has(dissect, at, end, HEADER_LEN, "IPv6"))
		return end;
	const uint8_t *bytes = dissect->bytes.data + at;
	size_t there = end - at - HEADER_LEN, len = bytes_get16be(bytes + 4);
	struct dissect_ip_packet packet = *place;

	packet.source = at + 8;
	packet.destination = at + 24;
	packet.address_len = ADDRESS_LEN;
	packet.protocol = bytes[6];
	if (len == 0)
		len = there;
	if (len > there) {
		len = there;
		packet.unverified = "bytes are missing";
		packet.is_partial = true;
	}
	dissect_ip_ends(dissect, &packet, 0, 0);
	dissect_enter(
	    dissect, DISSECT_LAYER, at, HEADER_LEN, "IPv6", "RFC 8200");
	header(dissect, at, end);
	dissect_leave(dissect);
	at += HEADER_LEN;
	payload(dissect, &packet, at, at + len);
	return at + len;
}
