/* dissect_ntp_test.c — NTP packets, field by field. */
#include "client/dissect/dissect_ntp.h"

#include "client/dissect/dissect_stamp.h"
#include "core/bytes.h"
#include "core/ntp_header.h"
#include "cover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

/* An answer as netlabd's, of 2026-11-21. */
static const uint8_t answer[NTP_HEADER_LEN] = {0x24, 0x0a, 0x06, 0xe7, 0x00,
    0x00, 0x80, 0x00, 0x00, 0x00, 0x01, 0x5c, 0x7f, 0x7f, 0x01, 0x01, 0xee,
    0xac, 0x7d, 0x40, 0x00, 0x00, 0x00, 0x00, 0xee, 0xac, 0x7d, 0x53, 0x2e,
    0xa2, 0x33, 0x16, 0xee, 0xac, 0x7d, 0x53, 0x2e, 0xa2, 0x7d, 0x61, 0x00,
    0x00, 0x00, 0x01, 0x80, 0x00, 0x00, 0x00};

enum { SIZE = 2048 };

static const struct dissect_field *
find(const struct dissect *dissection, const char *name)
{
	for (size_t i = 0; i < dissection->count; i++)
		if (strcmp(dissection->fields[i].name, name) == 0)
			return &dissection->fields[i];
	fprintf(stderr, "no field %s\n", name);
	abort();
}

static void
assert_span(struct span span, const char *text)
{
	char got[256];

	snprintf(
	    got, sizeof(got), "%.*s", (int)span.len, (const char *)span.data);
	assert_string_equal(got, text);
}

/* Field NAME of BYTES lies AT … LEN and says VALUE, which means MEANING. */
static void
assert_field(const struct dissect *dissection, const char *name, size_t at,
    size_t len, const char *value, const char *meaning)
{
	const struct dissect_field *field = find(dissection, name);

	assert_int_equal(field->at, at);
	assert_int_equal(field->len, len);
	assert_span(dissect_value(dissection, field), value);
	assert_span(dissect_meaning(dissection, field), meaning);
}

static void
header(void **state)
{
	struct dissect it;

	(void)state;
	cover_dissect(&it, (struct span){answer, sizeof(answer)}, dissect_ntp);
	assert_false(it.is_malformed);
	assert_field(&it, "LI, VN, mode", 0, 1, "0x24", "");
	assert_field(&it, "Leap indicator", 0, 1, "0", "no warning");
	assert_field(&it, "Version number", 0, 1, "4", "");
	assert_field(&it, "Mode", 0, 1, "4", "server");
	assert_field(&it, "Stratum", 1, 1, "10", "secondary server");
	assert_field(&it, "Poll", 2, 1, "6", "every 64 s at most");
	assert_field(&it, "Precision", 3, 1, "-25", "2^-25 s, 0.030 µs");
	assert_field(
	    &it, "Root delay", 4, 4, "0.500000 s", "to the clock and back");
	assert_field(&it, "Root dispersion", 8, 4, "0.005310 s", "error bound");
	assert_field(
	    &it, "Reference ID", 12, 4, "127.127.1.1", "the host's own clock");
	assert_field(&it, "Reference timestamp", 16, 8, "0xeeac7d4000000000",
	    "clock last set");
	assert_field(
	    &it, "Date", 16, 8, "2026-11-21 20:27:44.000000000 UTC", "");
	assert_field(&it, "Origin timestamp", 24, 8, "0xeeac7d532ea23316",
	    "T1, come back");
	assert_field(&it, "Transmit timestamp", 40, 8, "0x0000000180000000",
	    "T3: answer left");
	assert_span(dissect_value(&it, &it.fields[it.count - 1]),
	    "2036-02-07 06:28:17.500000000 UTC");
	assert_span(dissect_meaning(&it, &it.fields[it.count - 1]), "era 1");
	assert_span(dissect_summary(&it),
	    "v4 server, leap 0, stratum 10, reference 127.127.1.1");
	assert_string_equal(it.protocol, "NTP");
	show_dissect_free(&it);
}

static void
kiss(void **state)
{
	uint8_t packet[NTP_HEADER_LEN];
	struct dissect it;

	(void)state;
	memcpy(packet, answer, sizeof(packet));
	packet[0] |= 0xc0;
	packet[1] = 0;
	memcpy(packet + 12, "RATE", 4);
	cover_dissect(&it, (struct span){packet, sizeof(packet)}, dissect_ntp);
	assert_field(&it, "Reference ID", 12, 4, "RATE",
	    "rate exceeded: ask less often");
	assert_field(&it, "Leap indicator", 0, 1, "3",
	    "unknown: the clock is not synchronised");
	assert_span(dissect_summary(&it),
	    "v4 server, leap 3, stratum 0, reference RATE");
	show_dissect_free(&it);
}

/* The header, and LEN bytes behind it that begin with BEHIND. */
static void
open_longer(struct dissect *it, uint8_t packet[SIZE], unsigned version,
    const char *behind, size_t behind_len, size_t len)
{
	memset(packet, 0, SIZE);
	memcpy(packet, answer, sizeof(answer));
	packet[0] = (uint8_t)(version << 3 | NTP_HEADER_SERVER);
	memcpy(packet + NTP_HEADER_LEN, behind, behind_len);
	cover_dissect(
	    it, (struct span){packet, NTP_HEADER_LEN + len}, dissect_ntp);
}

static void
fields(void **state)
{
	uint8_t packet[SIZE];
	struct dissect it;

	(void)state;
	open_longer(&it, packet, 4, "\x01\x04\x00\x24", 4, 36);
	assert_field(&it, "Extension field", 48, 36, "", "");
	assert_field(
	    &it, "Field type", 48, 2, "0x0104", "NTS unique identifier");
	assert_field(&it, "Length", 50, 2, "36", "bytes of the whole field");
	assert_field(&it, "Value", 52, 32, "32 bytes", "");
	assert_false(it.is_malformed);
	show_dissect_free(&it);
	open_longer(&it, packet, 4, "\x01\x04\x00\x28", 4, 36);
	assert_field(&it, "Extension", 48, 36,
	    "36 bytes, neither a field nor a MAC", "");
	assert_true(it.is_malformed);
	show_dissect_free(&it);
}

static void
macs(void **state)
{
	uint8_t packet[SIZE];
	struct dissect it;

	(void)state;
	open_longer(&it, packet, 4, "\0\0\0\x07\xab\xcd", 6, 20);
	assert_field(&it, "Key ID", 48, 4, "7", "");
	assert_field(&it, "Digest", 52, 16, "abcd0000000000000000000000000000",
	    "of 128 bits: MD5, or AES-CMAC");
	show_dissect_free(&it);
	open_longer(&it, packet, 3, "\0\0\0\x07\xab\xcd", 6, 24);
	assert_field(&it, "Digest", 52, 20,
	    "abcd000000000000000000000000000000000000", "of 160 bits: SHA-1");
	show_dissect_free(&it);
	/* RFC 1305 gives it no length; ours ends. */
	open_longer(&it, packet, 3, "\0\0\0\x07\xab\xcd", 6, 104);
	assert_field(&it, "Digest", 52, 100,
	    "abcd000000000000000000000000000000000000…", "");
	show_dissect_free(&it);
	open_longer(&it, packet, 4, "", 0, 4);
	assert_field(&it, "Key ID", 48, 4, "0",
	    "alone: a crypto-NAK, authentication failed");
	show_dissect_free(&it);
	open_longer(&it, packet, 3, "", 0, 3);
	assert_true(it.is_malformed);
	show_dissect_free(&it);
}

static void
foreign(void **state)
{
	static const uint8_t monlist[8] = {0x17, 0, 3, 0x2a};
	struct dissect it;

	(void)state;
	cover_dissect(
	    &it, (struct span){monlist, sizeof(monlist)}, dissect_ntp);
	assert_field(&it, "Mode", 0, 1, "7", "private use");
	assert_field(&it, "Data", 1, 7, "7 bytes", "of ntpd's private use");
	assert_span(dissect_summary(&it), "v2 private use");
	show_dissect_free(&it);
}

static void
truncated(void **state)
{
	struct dissect it;

	(void)state;
	cover_dissect(&it, (struct span){answer, 0}, dissect_ntp);
	assert_true(it.is_malformed);
	show_dissect_free(&it);
	cover_dissect(&it, (struct span){answer, 20}, dissect_ntp);
	assert_true(it.is_malformed);
	assert_field(
	    &it, "Truncated", 16, 4, "20 of the header's 48 bytes", "");
	assert_span(dissect_summary(&it), "truncated");
	show_dissect_free(&it);
}

/* Whatever the bytes are, each is in one field. */
static void
covered(void **state)
{
	uint8_t packet[SIZE];
	struct dissect it;

	(void)state;
	open_longer(&it, packet, 4, "\x01\x04\x00\x24", 4, 36 + 16 + 20);
	show_dissect_free(&it);
	bytes_put32be(packet + 48 + 36, 0x02040010);
	cover_all((struct span){packet, 48 + 36 + 16 + 20}, dissect_ntp);
	packet[0] = 0x1c;
	cover_all((struct span){packet, 48 + 36}, dissect_ntp);
}

static void
stamps(void **state)
{
	char text[DISSECT_STAMP_MAX];

	(void)state;
	assert_string_equal(
	    dissect_stamp_text(0, text), "1970-01-01 00:00:00.000000000 UTC");
	assert_string_equal(
	    dissect_stamp_text(-1, text), "1969-12-31 23:59:59.999999999 UTC");
	assert_string_equal(dissect_stamp_text(INT64_MAX, text),
	    "2262-04-11 23:47:16.854775807 UTC");
	assert_string_equal(dissect_stamp_text(INT64_MIN, text),
	    "1677-09-21 00:12:43.145224192 UTC");
	assert_string_equal(
	    dissect_stamp_text(dissect_stamp_time(UINT64_C(1) << 63), text),
	    "1968-01-20 03:14:08.000000000 UTC");
	assert_string_equal(
	    dissect_stamp_text(dissect_stamp_time(UINT64_MAX), text),
	    "2036-02-07 06:28:16.000000000 UTC");
	assert_string_equal(dissect_stamp_text(dissect_stamp_time(0), text),
	    "2036-02-07 06:28:16.000000000 UTC");
	assert_string_equal(
	    dissect_stamp_text(
	        dissect_stamp_time(UINT64_C(0x7fffffff) << 32), text),
	    "2104-02-26 09:42:23.000000000 UTC");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("RFC 5905 §7.3: an answer's header", header),
	    TEST("RFC 5905 §7.4: a kiss-o'-death", kiss),
	    TEST("RFC 7822 §3: extension fields", fields),
	    TEST("MACs, and what RFC 1305 takes for one", macs),
	    TEST("control messages and private use", foreign),
	    TEST("a truncated header", truncated),
	    TEST("each byte is in one field, whatever it is", covered),
	    TEST("RFC 4330 §3: dates in either era", stamps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
