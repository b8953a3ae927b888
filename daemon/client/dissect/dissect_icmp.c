/* dissect_icmp.c — messages of ICMP (RFC 792). */
#include "client/dissect/dissect_icmp.h"

#include "client/dissect/dissect_checksum.h"
#include "client/dissect/dissect_data.h"
#include "core/bytes.h"

#include <stdio.h>

#define RFC "RFC 792"

enum type {
	TYPE_ECHO_REPLY = 0,
	TYPE_UNREACHABLE = 3,
	TYPE_SOURCE_QUENCH = 4,
	TYPE_REDIRECT = 5,
	TYPE_ECHO = 8,
	TYPE_TIME_EXCEEDED = 11,
	TYPE_PARAMETER = 12,
	TYPE_TIMESTAMP = 13,
	TYPE_TIMESTAMP_REPLY = 14,
};

enum {
	CODE_FRAGMENTATION = 4, /* of "unreachable": RFC 1191 §4 */
	MESSAGE_LEN = 8,        /* of all types that are read here */
	TIMESTAMPS_LEN = 20,
	WHAT_MAX = 128,
};

static const char *
type_name(unsigned type)
{
	static const char *const names[] = {
	    [TYPE_ECHO_REPLY] = "echo reply",
	    [TYPE_UNREACHABLE] = "unreachable",
	    [TYPE_SOURCE_QUENCH] = "source quench",
	    [TYPE_REDIRECT] = "redirect",
	    [TYPE_ECHO] = "echo request",
	    [9] = "router advertisement",
	    [10] = "router solicitation",
	    [TYPE_TIME_EXCEEDED] = "time exceeded",
	    [TYPE_PARAMETER] = "parameter problem",
	    [TYPE_TIMESTAMP] = "timestamp request",
	    [TYPE_TIMESTAMP_REPLY] = "timestamp reply",
	};

	if (type >= sizeof(names) / sizeof(names[0]) || names[type] == NULL)
		return "a type that is not known here";
	return names[type];
}

const char *
dissect_icmp_code(const char *const *names, unsigned code)
{
	for (unsigned i = 0; names[i] != NULL; i++)
		if (i == code)
			return names[i];
	return "a code that is not known here";
}

static const char *
code_name(unsigned type, unsigned code)
{
	static const char *const unreachable[] = {
	    "network unreachable",
	    "host unreachable",
	    "protocol unreachable",
	    "port unreachable",
	    "fragmentation needed",
	    "source route failed",
	    "network unknown",
	    "host unknown",
	    "host isolated",
	    "network prohibited",
	    "host prohibited",
	    "network unreachable for this service",
	    "host unreachable for this service",
	    "communication prohibited",
	    "precedence violation",
	    "precedence cutoff",
	    NULL,
	};
	static const char *const redirect[] = {
	    "for the network",
	    "for the host",
	    "for service and network",
	    "for service and host",
	    NULL,
	};
	static const char *const exceeded[] = {
	    "time to live exceeded",
	    "fragments came too late",
	    NULL,
	};
	static const char *const parameter[] = {
	    "the pointer shows where",
	    "an option is missing",
	    "bad length",
	    NULL,
	};

	switch (type) {
	case TYPE_UNREACHABLE:
		return dissect_icmp_code(unreachable, code);
	case TYPE_REDIRECT:
		return dissect_icmp_code(redirect, code);
	case TYPE_TIME_EXCEEDED:
		return dissect_icmp_code(exceeded, code);
	case TYPE_PARAMETER:
		return dissect_icmp_code(parameter, code);
	default:
		return "";
	}
}

void
dissect_icmp_header(struct dissect *dissect,
    const struct dissect_ip_packet *packet, const char *rfc, const char *type,
    const char *code, size_t at, uint64_t sum, uint64_t pseudo)
{
	const uint8_t *bytes = dissect->bytes.data + at;

	dissect_field(dissect, STYLE_TYPE, at, 1, "Type", rfc, "%u", bytes[0]);
	dissect_means(dissect, "%s", type);
	dissect_field(
	    dissect, STYLE_TYPE, at + 1, 1, "Code", rfc, "%u", bytes[1]);
	if (*code != '\0')
		dissect_means(dissect, "%s", code);
	/* A quoted message is rarely whole. */
	dissect_checksum_field(dissect, at + 2, rfc, sum, pseudo,
	    packet->is_quoted && packet->unverified == NULL
	        ? "the message is quoted"
	        : packet->unverified);
}

void
dissect_icmp_echo(struct dissect *dissect, const char *rfc, const char *kind,
    size_t at, size_t end)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	unsigned id = bytes_get16be(bytes), sequence = bytes_get16be(bytes + 2);

	dissect_field(dissect, STYLE_ID, at, 2, "Identifier", rfc, "%u", id);
	dissect_field(dissect, STYLE_ID, at + 2, 2, "Sequence number", rfc,
	    "%u", sequence);
	dissect_data(dissect, at + 4, end, "Data");
	dissect_line(dissect, dissect->protocol, "%s, id %u, seq %u, %zu bytes",
	    kind, id, sequence, end - at - 4);
}

void
dissect_icmp_quoted(struct dissect *dissect,
    const struct dissect_ip_packet *packet, const char *what, size_t at,
    size_t end)
{
	char about[DISSECT_ICMP_QUOTED_MAX] = "";
	const char *protocol = dissect->protocol;

	if (at < end) {
		dissect_line(dissect, "", "%s", "");
		dissect_enter(dissect, DISSECT_GROUP, at, end - at,
		    "The packet that it is about", NULL);
		size_t used = dissect_ip_within(dissect, packet, true, at, end);

		dissect_data(dissect, used, end, "After the packet");
		dissect_leave(dissect);
		struct span from = dissect_from(dissect),
		            to = dissect_to(dissect);

		snprintf(about, sizeof(about), ": %s %.*s → %.*s",
		    dissect->protocol, (int)from.len, (const char *)from.data,
		    (int)to.len, (const char *)to.data);
	}
	dissect_ip_ends(dissect, packet, 0, 0);
	dissect_line(dissect, protocol, "%s%s", what, about);
}

static void
timestamps(struct dissect *dissect, size_t at)
{
	static const char *const names[] = {"Originate", "Receive", "Transmit"};

	for (unsigned i = 0; i < 3; i++)
		dissect_field(dissect, STYLE_TTL, at + 4 * (size_t)i, 4,
		    names[i], RFC, "%u ms of the day",
		    bytes_get32be(dissect->bytes.data + at + 4 * i));
}

/* The four bytes before the packet that an error is about. */
static void
error_word(struct dissect *dissect, unsigned type, unsigned code, size_t at)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	char text[ADDR_TEXT_MAX];

	if (type == TYPE_REDIRECT) {
		dissect_field(dissect, STYLE_NAME, at, 4, "Gateway", RFC, "%s",
		    dissect_ip_address(dissect, at, 4, text));
	} else if (type == TYPE_PARAMETER) {
		dissect_field(dissect, STYLE_POINTER, at, 1, "Pointer", RFC,
		    "%u", bytes[0]);
		dissect_field(dissect, STYLE_LENGTH, at + 1, 3, "Unused", RFC,
		    "%02x%02x%02x", bytes[1], bytes[2], bytes[3]);
	} else if (type == TYPE_UNREACHABLE && code == CODE_FRAGMENTATION) {
		dissect_field(dissect, STYLE_LENGTH, at, 2, "Unused", RFC, "%u",
		    (unsigned)bytes_get16be(bytes));
		dissect_field(dissect, STYLE_LENGTH, at + 2, 2, "Next-hop MTU",
		    "RFC 1191 §4", "%u", (unsigned)bytes_get16be(bytes + 2));
	} else {
		dissect_field(dissect, STYLE_LENGTH, at, 4, "Unused", RFC, "%u",
		    bytes_get32be(bytes));
	}
}

/* What follows type, code and checksum; four bytes of it are there. */
static void
content(struct dissect *dissect, const struct dissect_ip_packet *packet,
    unsigned type, unsigned code, size_t at, size_t end)
{
	char what[WHAT_MAX];

	switch (type) {
	case TYPE_ECHO:
	case TYPE_ECHO_REPLY:
		dissect_icmp_echo(dissect, RFC, type_name(type), at, end);
		break;
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMP_REPLY:
		if (end - at < TIMESTAMPS_LEN - DISSECT_ICMP_HEADER_LEN) {
			dissect_data(dissect, at, end, "Data");
			break;
		}
		dissect_icmp_echo(dissect, RFC, type_name(type), at, at + 4);
		timestamps(dissect, at + 4);
		dissect_data(dissect, at + 16, end, "Data");
		break;
	case TYPE_UNREACHABLE:
	case TYPE_SOURCE_QUENCH:
	case TYPE_REDIRECT:
	case TYPE_TIME_EXCEEDED:
	case TYPE_PARAMETER:
		error_word(dissect, type, code, at);
		snprintf(what, sizeof(what), "%s, %s", type_name(type),
		    code_name(type, code));
		dissect_icmp_quoted(dissect, packet,
		    type == TYPE_UNREACHABLE ? code_name(type, code) : what,
		    at + 4, end);
		break;
	default:
		dissect_data(dissect, at, end, "Data");
	}
}

void
dissect_icmp(struct dissect *dissect, const struct dissect_ip_packet *packet,
    size_t at, size_t end)
{
	if (!dissect_data_has(dissect, at, end, MESSAGE_LEN, "ICMP"))
		return;
	const uint8_t *bytes = dissect->bytes.data + at;
	unsigned type = bytes[0], code = bytes[1];
	uint64_t sum = dissect_checksum_add(0, (struct span){bytes, end - at});

	dissect_line(dissect, "ICMP", "%s, type %u code %u", type_name(type),
	    type, code);
	dissect_enter(dissect, DISSECT_LAYER, at, end - at, "ICMP", RFC);
	dissect_icmp_header(dissect, packet, RFC, type_name(type),
	    code_name(type, code), at, sum, 0);
	content(dissect, packet, type, code, at + DISSECT_ICMP_HEADER_LEN, end);
	dissect_leave(dissect);
}
