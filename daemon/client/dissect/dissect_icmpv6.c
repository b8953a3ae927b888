/* dissect_icmpv6.c — messages of ICMPv6 (RFC 4443). */
#include "client/dissect/dissect_icmpv6.h"

#include "client/dissect/dissect_checksum.h"
#include "client/dissect/dissect_data.h"
#include "client/dissect/dissect_icmp.h"
#include "client/dissect/dissect_neighbor.h"
#include "core/bytes.h"

#include <stdio.h>

enum type {
	TYPE_UNREACHABLE = 1,
	TYPE_TOO_BIG = 2,
	TYPE_TIME_EXCEEDED = 3,
	TYPE_PARAMETER = 4,
	TYPE_ECHO = 128,
	TYPE_ECHO_REPLY = 129,
	TYPE_LISTENER_QUERY = 130,
	TYPE_LISTENER_DONE = 132,
};

enum {
	MESSAGE_LEN = 8,   /* of all types that are read here */
	LISTENER_LEN = 20, /* behind the header: RFC 2710 §3 */
	WHAT_MAX = 128,
};

static const struct {
	uint8_t type;
	const char *name, *rfc;
} types[] = {
    {TYPE_UNREACHABLE, "unreachable", "RFC 4443 §3.1"},
    {TYPE_TOO_BIG, "packet too big", "RFC 4443 §3.2"},
    {TYPE_TIME_EXCEEDED, "time exceeded", "RFC 4443 §3.3"},
    {TYPE_PARAMETER, "parameter problem", "RFC 4443 §3.4"},
    {TYPE_ECHO, "echo request", "RFC 4443 §4.1"},
    {TYPE_ECHO_REPLY, "echo reply", "RFC 4443 §4.2"},
    {TYPE_LISTENER_QUERY, "multicast listener query", "RFC 2710 §3"},
    {131, "multicast listener report", "RFC 2710 §3"},
    {TYPE_LISTENER_DONE, "multicast listener done", "RFC 2710 §3"},
    {DISSECT_NEIGHBOR_ROUTER_SOLICITATION, "router solicitation",
        "RFC 4861 §4.1"},
    {DISSECT_NEIGHBOR_ROUTER_ADVERTISEMENT, "router advertisement",
        "RFC 4861 §4.2"},
    {DISSECT_NEIGHBOR_SOLICITATION, "neighbor solicitation", "RFC 4861 §4.3"},
    {DISSECT_NEIGHBOR_ADVERTISEMENT, "neighbor advertisement", "RFC 4861 §4.4"},
    {DISSECT_NEIGHBOR_REDIRECT, "redirect", "RFC 4861 §4.5"},
    {143, "multicast listener report", "RFC 3810 §5.2"},
};

enum { TYPE_COUNT = sizeof(types) / sizeof(types[0]) };

static const char *
type_name(unsigned type)
{
	for (unsigned i = 0; i < TYPE_COUNT; i++)
		if (types[i].type == type)
			return types[i].name;
	return "a type that is not known here";
}

static const char *
section(unsigned type)
{
	for (unsigned i = 0; i < TYPE_COUNT; i++)
		if (types[i].type == type)
			return types[i].rfc;
	return "RFC 4443 §2.1";
}

static const char *
code_name(unsigned type, unsigned code)
{
	static const char *const unreachable[] = {
	    "no route",
	    "communication prohibited",
	    "beyond the scope of the source",
	    "address unreachable",
	    "port unreachable",
	    "source address refused",
	    "route refused",
	    NULL,
	};
	static const char *const exceeded[] = {
	    "hop limit exceeded",
	    "fragments came too late",
	    NULL,
	};
	static const char *const parameter[] = {
	    "wrong header field",
	    "unknown next header",
	    "unknown option",
	    NULL,
	};

	switch (type) {
	case TYPE_UNREACHABLE:
		return dissect_icmp_code(unreachable, code);
	case TYPE_TIME_EXCEEDED:
		return dissect_icmp_code(exceeded, code);
	case TYPE_PARAMETER:
		return dissect_icmp_code(parameter, code);
	default:
		return "";
	}
}

/* RFC 4443 §3: a word, and as much of the packet as fits. */
static void
error(struct dissect *dissect, const struct dissect_ip_packet *packet,
    unsigned type, unsigned code, size_t at, size_t end)
{
	uint32_t word = bytes_get32be(dissect->bytes.data + at);
	char what[WHAT_MAX];

	if (type == TYPE_TOO_BIG) {
		dissect_field(dissect, STYLE_LENGTH, at, 4, "MTU",
		    section(type), "%u", word);
		snprintf(what, sizeof(what), "packet too big, MTU %u", word);
	} else if (type == TYPE_PARAMETER) {
		dissect_field(dissect, STYLE_POINTER, at, 4, "Pointer",
		    section(type), "%u", word);
		snprintf(what, sizeof(what), "%s at %u", code_name(type, code),
		    word);
	} else {
		dissect_field(dissect, STYLE_LENGTH, at, 4, "Unused",
		    section(type), "%u", word);
		snprintf(what, sizeof(what), "%s", code_name(type, code));
	}
	dissect_icmp_quoted(dissect, packet, what, at + 4, end);
}

/* RFC 2710 §3. */
static void
listener(struct dissect *dissect, unsigned type, size_t at, size_t end)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	char text[ADDR_TEXT_MAX];

	if (end - at < LISTENER_LEN) {
		dissect_data(dissect, at, end, "Data");
		return;
	}
	dissect_field(dissect, STYLE_TTL, at, 2, "Maximum response delay",
	    section(type), "%u ms", (unsigned)bytes_get16be(bytes));
	dissect_field(dissect, STYLE_LENGTH, at + 2, 2, "Reserved",
	    section(type), "%u", (unsigned)bytes_get16be(bytes + 2));
	dissect_field(dissect, STYLE_NAME, at + 4, 16, "Multicast address",
	    section(type), "%s", dissect_ip_address(dissect, at + 4, 16, text));
	dissect_data(dissect, at + LISTENER_LEN, end, "Data");
	dissect_line(dissect, "ICMPv6", "%s, %s", type_name(type), text);
}

/* What follows type, code and checksum; four bytes of it are there. */
static void
content(struct dissect *dissect, const struct dissect_ip_packet *packet,
    unsigned type, unsigned code, size_t at, size_t end)
{
	if (type >= TYPE_UNREACHABLE && type <= TYPE_PARAMETER)
		error(dissect, packet, type, code, at, end);
	else if (type == TYPE_ECHO || type == TYPE_ECHO_REPLY)
		dissect_icmp_echo(
		    dissect, section(type), type_name(type), at, end);
	else if (type >= TYPE_LISTENER_QUERY && type <= TYPE_LISTENER_DONE)
		listener(dissect, type, at, end);
	else if (type >= DISSECT_NEIGHBOR_ROUTER_SOLICITATION &&
	         type <= DISSECT_NEIGHBOR_REDIRECT)
		dissect_neighbor(
		    dissect, type, type_name(type), section(type), at, end);
	else
		dissect_data(dissect, at, end, "Data");
}

void
dissect_icmpv6(struct dissect *dissect, const struct dissect_ip_packet *packet,
    size_t at, size_t end)
{
	if (!dissect_data_has(dissect, at, end, MESSAGE_LEN, "ICMPv6"))
		return;
	const uint8_t *bytes = dissect->bytes.data + at;
	unsigned type = bytes[0], code = bytes[1];
	uint64_t pseudo = dissect_ip_pseudo(dissect, packet, end - at);
	uint64_t sum =
	    dissect_checksum_add(pseudo, (struct span){bytes, end - at});

	dissect_line(dissect, "ICMPv6", "%s, type %u code %u", type_name(type),
	    type, code);
	dissect_enter(
	    dissect, DISSECT_LAYER, at, end - at, "ICMPv6", "RFC 4443");
	dissect_icmp_header(dissect, packet, section(type), type_name(type),
	    code_name(type, code), at, sum, pseudo);
	content(dissect, packet, type, code, at + DISSECT_ICMP_HEADER_LEN, end);
	dissect_leave(dissect);
}
