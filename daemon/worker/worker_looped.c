/* worker_looped.c — a frame that left, taken apart. */
#include "worker/worker_looped.h"

#include "core/bytes.h"

#include <string.h>

enum {
	UDP = 17,
	UDP_HEADER = 8,
	IPV4_HEADER = 20, /* without options, as we send it: RFC 791 §3.1 */
	IPV4_FIRST_BYTE = 0x45,
	IPV6_HEADER = 40, /* RFC 8200 §3 */
};

/* UDP is the whole of a datagram from its header on. */
static bool
read_udp(struct span udp, uint16_t port, struct span *bytes, uint16_t *to)
{
	if (udp.len < UDP_HEADER || bytes_get16be(udp.data) != port ||
	    bytes_get16be(udp.data + 4) != udp.len)
		return false;
	*to = bytes_get16be(udp.data + 2);
	*bytes = (struct span){udp.data + UDP_HEADER, udp.len - UDP_HEADER};
	return true;
}

static bool
read_ipv4(
    struct span packet, uint16_t port, struct span *bytes, struct addr *peer)
{
	const uint8_t *header = packet.data;
	uint16_t to;

	/* Neither an offset nor more fragments; "don't fragment" may be. */
	if (packet.len < IPV4_HEADER || header[0] != IPV4_FIRST_BYTE ||
	    header[9] != UDP || bytes_get16be(header + 2) != packet.len ||
	    (bytes_get16be(header + 6) & 0x3fff) != 0 ||
	    !read_udp(
	        (struct span){header + IPV4_HEADER, packet.len - IPV4_HEADER},
	        port, bytes, &to))
		return false;
	*peer = (struct addr){.len = sizeof(peer->in4)};
	peer->in4.sin_family = AF_INET;
	peer->in4.sin_port = htons(to);
	memcpy(&peer->in4.sin_addr, header + 16, 4);
	return true;
}

static bool
read_ipv6(
    struct span packet, uint16_t port, struct span *bytes, struct addr *peer)
{
	const uint8_t *header = packet.data;
	uint16_t to;

	if (packet.len < IPV6_HEADER || header[0] >> 4 != 6 ||
	    header[6] != UDP ||
	    bytes_get16be(header + 4) != packet.len - IPV6_HEADER ||
	    !read_udp(
	        (struct span){header + IPV6_HEADER, packet.len - IPV6_HEADER},
	        port, bytes, &to))
		return false;
	*peer = (struct addr){.len = sizeof(peer->in6)};
	peer->in6.sin6_family = AF_INET6;
	peer->in6.sin6_port = htons(to);
	memcpy(&peer->in6.sin6_addr, header + 24, 16);
	return true;
}

/* The kernel does not say what device it was. An IP header is where its length
 * is that of all that follows, which no other header's bytes say by chance. */
bool
worker_looped_read(
    struct span frame, uint16_t port, struct span *bytes, struct addr *peer)
{
	for (size_t at = 0; at <= WORKER_LOOPED_PREFIX_MAX && at < frame.len;
	     at += 2) {
		struct span packet = {frame.data + at, frame.len - at};

		if (read_ipv4(packet, port, bytes, peer) ||
		    read_ipv6(packet, port, bytes, peer))
			return true;
	}
	return false;
}
