/* dissect_ip.c — what IPv4 and IPv6 have in common. */
#include "client/dissect/dissect_ip.h"

#include "client/dissect/dissect_checksum.h"
#include "client/dissect/dissect_data.h"
#include "client/dissect/dissect_icmp.h"
#include "client/dissect/dissect_icmpv6.h"
#include "client/dissect/dissect_ipv4.h"
#include "client/dissect/dissect_ipv6.h"
#include "client/dissect/dissect_tcp.h"
#include "client/dissect/dissect_udp.h"
#include "core/bytes.h"

#include <netinet/in.h>

static const struct {
	uint8_t protocol;
	const char *name;
} protocols[] = {
    {IPPROTO_HOPOPTS, "hop-by-hop options"},
    {IPPROTO_ICMP, "ICMP"},
    {IPPROTO_IGMP, "IGMP"},
    {IPPROTO_IPIP, "IPv4"},
    {IPPROTO_TCP, "TCP"},
    {IPPROTO_UDP, "UDP"},
    {IPPROTO_IPV6, "IPv6"},
    {IPPROTO_ROUTING, "routing"},
    {IPPROTO_FRAGMENT, "fragment"},
    {IPPROTO_GRE, "GRE"},
    {IPPROTO_ESP, "ESP"},
    {IPPROTO_AH, "AH"},
    {IPPROTO_ICMPV6, "ICMPv6"},
    {IPPROTO_NONE, "nothing"},
    {IPPROTO_DSTOPTS, "destination options"},
    {89, "OSPF"},
    {112, "VRRP"},
    {IPPROTO_SCTP, "SCTP"},
    {IPPROTO_UDPLITE, "UDP-Lite"},
};

const char *
dissect_ip_protocol_name(unsigned protocol)
{
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (protocols[i].protocol == protocol)
			return protocols[i].name;
	return "a protocol that is not known here";
}

static struct addr
address_at(const struct dissect *dissect, size_t at, size_t len, uint16_t port)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	struct addr addr = {0};

	if (len == sizeof(addr.in4.sin_addr)) {
		addr.in4.sin_family = AF_INET;
		addr.in4.sin_port = htobe16(port);
		memcpy(&addr.in4.sin_addr, bytes, len);
		addr.len = sizeof(addr.in4);
	} else {
		addr.in6.sin6_family = AF_INET6;
		addr.in6.sin6_port = htobe16(port);
		memcpy(&addr.in6.sin6_addr, bytes, len);
		addr.len = sizeof(addr.in6);
	}
	return addr;
}

const char *
dissect_ip_address(const struct dissect *dissect, size_t at, size_t len,
    char text[ADDR_TEXT_MAX])
{
	struct addr addr = address_at(dissect, at, len, 0);

	return addr_format_host(&addr, text);
}

void
dissect_ip_ends(struct dissect *dissect, const struct dissect_ip_packet *packet,
    uint16_t from, uint16_t to)
{
	const char *(*format)(
	    const struct addr *addr, char text[ADDR_TEXT_MAX]) =
	    from == 0 && to == 0 ? addr_format_host : addr_format;
	char source[ADDR_TEXT_MAX], destination[ADDR_TEXT_MAX];
	struct addr sender =
	    address_at(dissect, packet->source, packet->address_len, from);
	struct addr receiver =
	    address_at(dissect, packet->destination, packet->address_len, to);

	dissect_ends(
	    dissect, format(&sender, source), format(&receiver, destination));
}

void
dissect_ip_traffic_parts(struct dissect *dissect, unsigned value)
{
	static const char *const ecn[] = {
	    "not capable of it",
	    "capable: ECT(1)",
	    "capable: ECT(0)",
	    "congestion experienced",
	};

	dissect_part(dissect, "DSCP", "RFC 2474 §3", "%u", value >> 2);
	dissect_part(dissect, "ECN", "RFC 3168 §5", "%u", value & 3);
	dissect_means(dissect, "%s", ecn[value & 3]);
}

void
dissect_ip_traffic(struct dissect *dissect, size_t at, unsigned value)
{
	dissect_field(dissect, STYLE_FLAGS, at, 1, "Traffic class",
	    "RFC 2474 §3", "0x%02x", value);
	dissect_ip_traffic_parts(dissect, value);
}

uint64_t
dissect_ip_pseudo(const struct dissect *dissect,
    const struct dissect_ip_packet *packet, size_t len)
{
	const uint8_t *bytes = dissect->bytes.data;
	uint64_t sum = packet->protocol + (uint64_t)len;

	sum = dissect_checksum_add(
	    sum, (struct span){bytes + packet->source, packet->address_len});
	return dissect_checksum_add(sum,
	    (struct span){bytes + packet->destination, packet->address_len});
}

void
dissect_ip_payload(struct dissect *dissect,
    const struct dissect_ip_packet *packet, size_t at, size_t end)
{
	switch (packet->protocol) {
	case IPPROTO_ICMP:
		dissect_icmp(dissect, packet, at, end);
		break;
	case IPPROTO_ICMPV6:
		dissect_icmpv6(dissect, packet, at, end);
		break;
	case IPPROTO_UDP:
		dissect_udp(dissect, packet, at, end);
		break;
	case IPPROTO_TCP:
		dissect_tcp(dissect, packet, at, end);
		break;
	case IPPROTO_IPIP:
	case IPPROTO_IPV6: {
		size_t used =
		    dissect_ip_within(dissect, packet, false, at, end);

		dissect_data(dissect, used, end, "Padding");
		break;
	}
	default:
		dissect_data(dissect, at, end, "Data");
	}
}

static size_t
by_version(struct dissect *dissect, const struct dissect_ip_packet *packet,
    size_t at, size_t end)
{
	unsigned version = at == end ? 0 : dissect->bytes.data[at] >> 4;

	switch (version) {
	case 4:
		return dissect_ipv4(dissect, packet, at, end);
	case 6:
		return dissect_ipv6(dissect, packet, at, end);
	default:
		if (at == end)
			dissect_bad(dissect, at, 0, "IP", "nothing is there");
		else
			dissect_bad(dissect, at, end - at, "IP",
			    "version %u is neither 4 nor 6", version);
		dissect_line(dissect, "IP", "not a packet");
		return end;
	}
}

size_t
dissect_ip(struct dissect *dissect, size_t at, size_t end)
{
	return by_version(dissect, &(struct dissect_ip_packet){0}, at, end);
}

size_t
dissect_ip_within(struct dissect *dissect,
    const struct dissect_ip_packet *outer, bool is_quoted, size_t at,
    size_t end)
{
	struct dissect_ip_packet packet = {
	    .nesting = outer->nesting + 1,
	    .is_quoted = is_quoted || outer->is_quoted,
	};

	if (packet.nesting < DISSECT_IP_NESTING_MAX)
		return by_version(dissect, &packet, at, end);
	dissect_data(dissect, at, end, "Data");
	return end;
}
