/* dissect_tcp.c — segments of TCP (RFC 9293). */
#include "client/dissect/dissect_tcp.h"

#include "client/dissect/dissect_checksum.h"
#include "client/dissect/dissect_data.h"
#include "client/dissect/dissect_service.h"
#include "client/dissect/dissect_tcp_options.h"
#include "core/bytes.h"

#include <stdio.h>

#define RFC "RFC 9293 §3.1"

enum {
	HEADER_LEN = 20, /* without options */
	QUOTED_LEN = 8,  /* what ICMP quotes at least: RFC 792 */
	FLAGS_MAX = 64,  /* all of their names */
	FLAG_ACK = 0x010,
	FLAGS_MASK = 0x1ff,
};

static const struct {
	unsigned flag;
	const char *name, *meaning;
} flags[] = {
    {0x100, "AE", "accurate ECN"},
    {0x080, "CWR", "congestion window reduced"},
    {0x040, "ECE", "congestion was signalled"},
    {0x020, "URG", "the urgent pointer counts"},
    {0x010, "ACK", "the acknowledgment counts"},
    {0x008, "PSH", "to be handed on at once"},
    {0x004, "RST", "the connection is reset"},
    {0x002, "SYN", "a connection begins"},
    {0x001, "FIN", "no more comes from the sender"},
};

enum { FLAG_COUNT = sizeof(flags) / sizeof(flags[0]) };

/* "SYN ACK": as they are said, not in the order of their bits. */
static const char *
flag_names(unsigned set, char text[FLAGS_MAX])
{
	size_t made = 0;

	text[0] = '\0';
	for (unsigned i = FLAG_COUNT; i-- > 0;)
		if ((set & flags[i].flag) != 0)
			made += (size_t)snprintf(text + made, FLAGS_MAX - made,
			    made == 0 ? "%s" : " %s", flags[i].name);
	return made == 0 ? "no flags" : text;
}

static void
flags_field(struct dissect *dissect, size_t at, unsigned word)
{
	char text[FLAGS_MAX];

	dissect_field(dissect, STYLE_FLAGS, at, 2, "Offset and flags", RFC,
	    "0x%04x", word);
	dissect_means(dissect, "%s", flag_names(word & FLAGS_MASK, text));
	dissect_part(dissect, "Data offset", NULL, "%u", word >> 12);
	dissect_means(dissect, "a header of %u bytes", (word >> 12) * 4);
	for (unsigned i = 0; i < FLAG_COUNT; i++) {
		if ((word & flags[i].flag) == 0)
			continue;
		dissect_part(dissect, flags[i].name, NULL, "1");
		dissect_means(dissect, "%s", flags[i].meaning);
	}
}

/* The ports and the sequence number: all of it that ICMP always quotes. */
static void
first_fields(struct dissect *dissect, size_t at)
{
	dissect_service_port(dissect, at, "Source port", RFC);
	dissect_service_port(dissect, at + 2, "Destination port", RFC);
	dissect_field(dissect, STYLE_ID, at + 4, 4, "Sequence number", RFC,
	    "%u", bytes_get32be(dissect->bytes.data + at + 4));
}

static void
header(struct dissect *dissect, const struct dissect_ip_packet *packet,
    size_t at, size_t end, size_t len)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	uint64_t pseudo = dissect_ip_pseudo(dissect, packet, end - at);
	uint64_t sum =
	    dissect_checksum_add(pseudo, (struct span){bytes, end - at});
	unsigned word = bytes_get16be(bytes + 12);

	dissect_enter(dissect, DISSECT_LAYER, at, len, "TCP", "RFC 9293");
	first_fields(dissect, at);
	dissect_field(dissect, STYLE_ID, at + 8, 4, "Acknowledgment", RFC, "%u",
	    bytes_get32be(bytes + 8));
	if ((word & FLAG_ACK) == 0)
		dissect_means(dissect, "none: ACK is not set");
	else
		dissect_means(dissect, "the next byte that is expected");
	flags_field(dissect, at + 12, word);
	dissect_field(dissect, STYLE_COUNT, at + 14, 2, "Window", RFC, "%u",
	    (unsigned)bytes_get16be(bytes + 14));
	dissect_means(dissect, "bytes that may be sent, unscaled");
	dissect_checksum_field(
	    dissect, at + 16, RFC, sum, pseudo, packet->unverified);
	dissect_field(dissect, STYLE_POINTER, at + 18, 2, "Urgent pointer", RFC,
	    "%u", (unsigned)bytes_get16be(bytes + 18));
	dissect_tcp_options(dissect, at + HEADER_LEN, at + len);
	dissect_leave(dissect);
}

static void
line(struct dissect *dissect, size_t at, size_t len)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	unsigned word = bytes_get16be(bytes + 12);
	char text[FLAGS_MAX], ack[32] = "", size[32] = "";

	if ((word & FLAG_ACK) != 0)
		snprintf(
		    ack, sizeof(ack), ", ack %u", bytes_get32be(bytes + 8));
	if (len > 0)
		snprintf(size, sizeof(size), ", %zu byte%s", len,
		    len == 1 ? "" : "s");
	dissect_line(dissect, "TCP", "%s%s, seq %u%s, window %u",
	    flag_names(word & FLAGS_MASK, text), size, bytes_get32be(bytes + 4),
	    ack, (unsigned)bytes_get16be(bytes + 14));
}

/* The start of a segment, as ICMP has it. */
static void
quoted(struct dissect *dissect, size_t at, size_t end)
{
	dissect_enter(dissect, DISSECT_LAYER, at, end - at, "TCP", "RFC 9293");
	first_fields(dissect, at);
	dissect_data(
	    dissect, at + QUOTED_LEN, end, "The rest of what is there");
	dissect_leave(dissect);
	dissect_line(dissect, "TCP", "seq %u",
	    bytes_get32be(dissect->bytes.data + at + 4));
}

void
dissect_tcp(struct dissect *dissect, const struct dissect_ip_packet *packet,
    size_t at, size_t end)
{
	size_t least = packet->is_quoted ? QUOTED_LEN : HEADER_LEN;

	if (!dissect_data_has(dissect, at, end, least, "TCP"))
		return;
	const uint8_t *bytes = dissect->bytes.data + at;
	struct dissect_service service = {
	    .transport = TRANSPORT_TCP,
	    .from = bytes_get16be(bytes),
	    .to = bytes_get16be(bytes + 2),
	    .is_whole = !packet->is_partial,
	};
	size_t len = end - at < HEADER_LEN ? 0 : (bytes[12] >> 4) * (size_t)4;

	dissect_ip_ends(dissect, packet, service.from, service.to);
	if (packet->is_quoted &&
	    (end - at < HEADER_LEN || len < HEADER_LEN || len > end - at)) {
		quoted(dissect, at, end);
		return;
	}
	if (len < HEADER_LEN) {
		dissect_bad(dissect, at, end - at, "TCP",
		    "a header of %zu bytes, 20 is the least", len);
		dissect_line(dissect, "TCP", "header too short");
		return;
	}
	if (!dissect_data_has(dissect, at, end, len, "TCP"))
		return;
	line(dissect, at, end - at - len);
	header(dissect, packet, at, end, len);
	dissect_service(dissect, &service, at + len, end);
}
