/* dissect_udp.c — datagrams of UDP (RFC 768). */
#include "client/dissect/dissect_udp.h"

#include "client/dissect/dissect_checksum.h"
#include "client/dissect/dissect_data.h"
#include "client/dissect/dissect_service.h"
#include "core/bytes.h"

enum { HEADER_LEN = 8 };

static void
checksum(struct dissect *dissect, const struct dissect_ip_packet *packet,
    size_t at, size_t len)
{
	const uint8_t *bytes = dissect->bytes.data + at;

	if (bytes_get16be(bytes + 6) != 0) {
		uint64_t pseudo = dissect_ip_pseudo(dissect, packet, len);

		dissect_checksum_field(dissect, at + 6, "RFC 768",
		    dissect_checksum_add(pseudo, (struct span){bytes, len}),
		    pseudo, packet->unverified);
		return;
	}
	dissect_field(dissect, STYLE_LENGTH, at + 6, 2, "Checksum",
	    packet->address_len == 4 ? "RFC 768" : "RFC 8200 §8.1", "0x0000");
	dissect_means(dissect, packet->address_len == 4
	                           ? "none: the sender made no checksum"
	                           : "none: IPv6 asks for one");
}

/* The header; UDP's length says how many bytes are the datagram's, LEN are
 * there. */
static void
header(struct dissect *dissect, const struct dissect_ip_packet *packet,
    size_t at, size_t len)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	unsigned said = bytes_get16be(bytes + 4);

	dissect_enter(dissect, DISSECT_LAYER, at, HEADER_LEN, "UDP", "RFC 768");
	dissect_service_port(dissect, at, "Source port", "RFC 768");
	dissect_service_port(dissect, at + 2, "Destination port", "RFC 768");
	dissect_field(
	    dissect, STYLE_LENGTH, at + 4, 2, "Length", "RFC 768", "%u", said);
	if (said > len)
		dissect_means(
		    dissect, "%zu bytes of it are missing", said - len);
	else
		dissect_means(
		    dissect, "the header and %zu more", len - HEADER_LEN);
	checksum(dissect, packet, at, len);
	dissect_leave(dissect);
}

void
dissect_udp(struct dissect *dissect, const struct dissect_ip_packet *packet,
    size_t at, size_t end)
{
	if (!dissect_data_has(dissect, at, end, HEADER_LEN, "UDP"))
		return;
	const uint8_t *bytes = dissect->bytes.data + at;
	struct dissect_ip_packet checked = *packet;
	struct dissect_service service = {
	    .transport = TRANSPORT_UDP,
	    .from = bytes_get16be(bytes),
	    .to = bytes_get16be(bytes + 2),
	    .is_whole = true,
	};
	size_t said = bytes_get16be(bytes + 4), len = end - at;

	dissect_ip_ends(dissect, packet, service.from, service.to);
	if (said < HEADER_LEN && said != 0) {
		dissect_bad(dissect, at, len, "UDP",
		    "a length of %zu, 8 is the least", said);
		dissect_line(dissect, "UDP", "length too short");
		return;
	}
	if (said > len) {
		checked.is_partial = true;
		if (checked.unverified == NULL)
			checked.unverified = "bytes are missing";
	}
	if (said != 0 && said < len)
		len = said;
	service.is_whole = !checked.is_partial;
	dissect_line(dissect, "UDP", "%zu byte%s", len - HEADER_LEN,
	    len - HEADER_LEN == 1 ? "" : "s");
	header(dissect, &checked, at, len);
	dissect_service(dissect, &service, at + HEADER_LEN, at + len);
	dissect_data(dissect, at + len, end, "After the datagram");
}
