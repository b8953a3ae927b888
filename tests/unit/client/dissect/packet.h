/* packet.h — packets in hexadecimal, and what a test wants to see of them. */
#ifndef TESTS_UNIT_CLIENT_DISSECT_PACKET_H
#define TESTS_UNIT_CLIENT_DISSECT_PACKET_H

#include "dissect_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { PACKET_MAX = 2048 };

static inline unsigned
packet_digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* The bytes that HEX, lower case with blanks, stands for. Static. */
static inline struct span
packet_bytes(const char *hex)
{
	static uint8_t bytes[PACKET_MAX];
	size_t len = 0;

	for (; *hex != '\0'; hex++) {
		if (*hex == ' ')
			continue;
		assert_true(len < PACKET_MAX && hex[1] != '\0');
		bytes[len++] =
		    (uint8_t)(packet_digit(hex[0]) << 4 | packet_digit(hex[1]));
		hex++;
	}
	return (struct span){bytes, len};
}

/* HEX, taken apart (and so are its beginnings, and HEX with other bytes), has
 * LINES, one after the other. */
static inline void
packet_holds(const char *hex, dissector *dissect, const char *lines)
{
	const char *text = dissect_text(packet_bytes(hex), dissect, 0);

	if (strstr(text, lines) == NULL)
		fail_msg("no lines\n%sin\n%s", lines, text);
	cover_all(packet_bytes(hex), dissect);
}

/* What the sniffer says of HEX: "from > to protocol summary". */
static inline void
packet_says(const char *hex, dissector *dissect, const char *line)
{
	char found[512];
	struct dissect dissection;

	cover_dissect(&dissection, packet_bytes(hex), dissect);
	struct span from = dissect_from(&dissection);
	struct span to = dissect_to(&dissection);
	struct span summary = dissect_summary(&dissection);

	snprintf(found, sizeof(found), "%.*s > %.*s %s %.*s", (int)from.len,
	    (const char *)from.data, (int)to.len, (const char *)to.data,
	    dissection.protocol, (int)summary.len, (const char *)summary.data);
	show_dissect_free(&dissection);
	assert_string_equal(found, line);
}

#endif
