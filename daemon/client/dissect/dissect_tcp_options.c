/* dissect_tcp_options.c — options of TCP (RFC 9293 §3.2). */
#include "client/dissect/dissect_tcp_options.h"

#include "core/bytes.h"

#include <stdio.h>

enum kind {
	KIND_END = 0,
	KIND_NOP = 1,
	KIND_MSS = 2,
	KIND_SCALE = 3,
	KIND_SACK_PERMITTED = 4,
	KIND_SACK = 5,
	KIND_TIMESTAMPS = 8,
	KIND_MD5 = 19,
	KIND_AUTHENTICATION = 29,
	KIND_MULTIPATH = 30,
	KIND_FAST_OPEN = 34,
};

enum { SACK_BLOCK_LEN = 8, SACK_TEXT_MAX = 128 };

static const struct known {
	uint8_t kind;
	uint8_t len; /* 0: any */
	const char *name, *rfc;
} known[] = {
    {KIND_END, 0, "End of options", "RFC 9293 §3.2"},
    {KIND_NOP, 0, "No operation", "RFC 9293 §3.2"},
    {KIND_MSS, 4, "Maximum segment size", "RFC 9293 §3.7.1"},
    {KIND_SCALE, 3, "Window scale", "RFC 7323 §2.2"},
    {KIND_SACK_PERMITTED, 2, "SACK permitted", "RFC 2018 §2"},
    {KIND_SACK, 0, "SACK", "RFC 2018 §3"},
    {KIND_TIMESTAMPS, 10, "Timestamps", "RFC 7323 §3.2"},
    {KIND_MD5, 18, "MD5 signature", "RFC 2385 §3"},
    {KIND_AUTHENTICATION, 0, "Authentication", "RFC 5925 §2.2"},
    {KIND_MULTIPATH, 0, "Multipath TCP", "RFC 8684 §3"},
    {KIND_FAST_OPEN, 0, "Fast Open cookie", "RFC 7413 §4.1.1"},
};

static const struct known *
find(uint8_t kind)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].kind == kind)
			return &known[i];
	return NULL;
}

/* The blocks of SACK as "100-200 300-400". */
static void
sack_text(const uint8_t *blocks, size_t len, char text[SACK_TEXT_MAX])
{
	size_t made = 0;

	text[0] = '\0';
	for (; len >= SACK_BLOCK_LEN; len -= SACK_BLOCK_LEN) {
		made += (size_t)snprintf(text + made, SACK_TEXT_MAX - made,
		    made == 0 ? "%u-%u" : " %u-%u", bytes_get32be(blocks),
		    bytes_get32be(blocks + 4));
		blocks += SACK_BLOCK_LEN;
	}
}

/* An option of LEN bytes, kind and length among them, that is long enough. */
static void
option(struct dissect *dissect, size_t at, size_t len)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	const struct known *as = find(bytes[0]);
	const char *name = as == NULL ? "Option" : as->name;
	const char *rfc = as == NULL ? "RFC 9293 §3.2" : as->rfc;
	char text[SACK_TEXT_MAX];

	switch (bytes[0]) {
	case KIND_MSS:
		dissect_field(dissect, STYLE_COUNT, at, len, name, rfc, "%u",
		    (unsigned)bytes_get16be(bytes + 2));
		dissect_means(dissect, "bytes of a segment at most");
		break;
	case KIND_SCALE:
		dissect_field(
		    dissect, STYLE_COUNT, at, len, name, rfc, "%u", bytes[2]);
		/* RFC 7323 §2.3: more than 14 counts as 14. */
		dissect_means(dissect, "windows count %u times",
		    1U << (bytes[2] > 14 ? 14 : bytes[2]));
		break;
	case KIND_TIMESTAMPS:
		dissect_field(dissect, STYLE_TTL, at, len, name, rfc,
		    "%u, echoes %u", bytes_get32be(bytes + 2),
		    bytes_get32be(bytes + 6));
		break;
	case KIND_SACK:
		sack_text(bytes + 2, len - 2, text);
		dissect_field(
		    dissect, STYLE_ID, at, len, name, rfc, "%s", text);
		dissect_means(
		    dissect, "came although bytes before are missing");
		break;
	default:
		dissect_field(dissect, STYLE_FLAGS, at, len, name, rfc,
		    "kind %u, %zu byte%s", bytes[0], len, len == 1 ? "" : "s");
	}
}

/* How many bytes the option at AT takes; 0: its length is wrong. */
static size_t
length_at(const struct dissect *dissect, size_t at, size_t end)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	const struct known *as = find(bytes[0]);

	if (bytes[0] == KIND_END)
		return end - at; /* what follows is padding */
	if (bytes[0] == KIND_NOP)
		return 1;
	if (end - at < 2 || bytes[1] < 2 || bytes[1] > end - at)
		return 0;
	if (as != NULL && as->len != 0 && as->len != bytes[1])
		return 0;
	return bytes[1];
}

void
dissect_tcp_options(struct dissect *dissect, size_t at, size_t end)
{
	while (at < end) {
		size_t len = length_at(dissect, at, end);

		if (len == 0) {
			dissect_bad(dissect, at, end - at, "Options",
			    "the length is wrong");
			return;
		}
		option(dissect, at, len);
		at += len;
	}
}
