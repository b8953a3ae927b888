/* ntp_packet_test.c — the numbers are those of the time requirements. */
#include "services/ntp/ntp_packet.h"

#include "core/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

enum {
	AT_POLL = 2,
	AT_PRECISION = 3,
	AT_ROOT_DELAY = 4,
	AT_ROOT_DISPERSION = 8,
	AT_REFID = 12,
	AT_REFERENCE = 16,
	AT_ORIGIN = 24,
	AT_RECEIVE = 32,
	AT_TRANSMIT = 40,
	SIZE = 2048,
};

static const uint64_t second_ns = 1000000000;
static const uint64_t now_ns = 1795226963123456789; /* 2026-11-21 */

static struct sync_state
synchronised(void)
{
	return (struct sync_state){
	    .leap = SYNC_LEAP_NONE,
	    .stratum = 10,
	    .precision = -25,
	    .refid = 0x7f7f0101,
	    .root_dispersion_ns = 5000000,
	    .read_ns = now_ns - second_ns,
	    .reference_ns = now_ns - 30 * second_ns,
	};
}

/* A whole request of LEN bytes: version, mode, and a transmit stamp. */
static struct span
request(uint8_t packet[SIZE], unsigned version, unsigned mode, size_t len)
{
	memset(packet, 0, SIZE);
	packet[0] = (uint8_t)(version << 3 | mode);
	bytes_put64be(packet + AT_TRANSMIT, 0x0123456789abcdef);
	return (struct span){packet, len};
}

static enum ntp_packet_kind
kind_of(unsigned version, unsigned mode, size_t len)
{
	uint8_t packet[SIZE];

	return ntp_packet_check(request(packet, version, mode, len));
}

/* A version 4 request with extension fields of the sizes in FIELDS (0 ends
 * them), then MAC bytes. */
static enum ntp_packet_kind
kind_of_fields(const size_t *fields, size_t mac)
{
	uint8_t packet[SIZE];
	size_t len = NTP_PACKET_LEN;

	request(packet, 4, 3, len);
	for (; *fields != 0; fields++) {
		bytes_put16be(packet + len, 0x2004);
		bytes_put16be(packet + len + 2, (uint16_t)*fields);
		len += *fields;
	}
	if (mac != 0)
		bytes_put32be(packet + len, 1);
	return ntp_packet_check((struct span){packet, len + mac});
}

/* Exactly 48 bytes, so that a write beyond them is a sanitizer's find. */
static void
reply(const struct sync_state *system, struct span question,
    uint64_t received_ns, uint64_t sent_ns, uint8_t out[NTP_PACKET_LEN])
{
	size_t len = ntp_packet_reply(system, question, received_ns, sent_ns,
	    (struct space){out, NTP_PACKET_LEN});

	assert_int_equal(len, NTP_PACKET_LEN);
}

static void
versions(void **state)
{
	(void)state;
	for (unsigned version = 0; version < 8; version++)
		assert_int_equal(kind_of(version, 3, 48),
		    version == 3 || version == 4 ? NTP_PACKET_REQUEST
		                                 : NTP_PACKET_BAD_VERSION);
}

static void
modes(void **state)
{
	static const enum ntp_packet_kind kinds[] = {
	    NTP_PACKET_BAD_MODE,
	    NTP_PACKET_BAD_MODE,
	    NTP_PACKET_BAD_MODE,
	    NTP_PACKET_REQUEST,
	    NTP_PACKET_BAD_MODE,
	    NTP_PACKET_BAD_MODE,
	    NTP_PACKET_CONTROL,
	    NTP_PACKET_PRIVATE,
	};

	(void)state;
	for (unsigned mode = 0; mode < 8; mode++) {
		assert_int_equal(kind_of(4, mode, 48), kinds[mode]);
		assert_int_equal(kind_of(3, mode, 48), kinds[mode]);
	}
}

static void
control_and_private_of_any_length(void **state)
{
	(void)state;
	assert_int_equal(kind_of(2, 6, 12), NTP_PACKET_CONTROL);
	assert_int_equal(kind_of(2, 7, 8), NTP_PACKET_PRIVATE);
	assert_int_equal(kind_of(2, 7, 1), NTP_PACKET_PRIVATE);
}

static void
short_lengths(void **state)
{
	(void)state;
	for (size_t len = 0; len < NTP_PACKET_LEN; len++)
		assert_int_equal(kind_of(4, 3, len), NTP_PACKET_BAD_LENGTH);
}

static void
lengths_in_words(void **state)
{
	(void)state;
	for (size_t len = NTP_PACKET_LEN; len < 1300; len++)
		if (len % 4 != 0)
			assert_int_equal(
			    kind_of(4, 3, len), NTP_PACKET_BAD_LENGTH);
}

static void
extension_fields(void **state)
{
	(void)state;
	assert_int_equal(
	    kind_of_fields((size_t[]){28, 0}, 0), NTP_PACKET_REQUEST);
	assert_int_equal(
	    kind_of_fields((size_t[]){32, 0}, 0), NTP_PACKET_REQUEST);
	assert_int_equal(
	    kind_of_fields((size_t[]){16, 28, 0}, 0), NTP_PACKET_REQUEST);
	assert_int_equal(
	    kind_of_fields((size_t[]){512, 16, 600, 0}, 0), NTP_PACKET_REQUEST);
	assert_int_equal(
	    kind_of_fields((size_t[]){16, 0}, 0), NTP_PACKET_BAD_EXTENSION);
	assert_int_equal(
	    kind_of_fields((size_t[]){28, 16, 0}, 0), NTP_PACKET_BAD_EXTENSION);
	assert_int_equal(
	    kind_of_fields((size_t[]){12, 28, 0}, 0), NTP_PACKET_BAD_EXTENSION);
	assert_int_equal(
	    kind_of_fields((size_t[]){30, 34, 0}, 0), NTP_PACKET_BAD_EXTENSION);
}

static void
extension_field_lengths(void **state)
{
	uint8_t packet[SIZE];
	struct span question = request(packet, 4, 3, 48 + 64);

	(void)state;
	for (uint16_t len = 0; len < 80; len++) {
		bytes_put16be(packet + 50, len);
		/* What 36 or more leave is too short for a second field, and
		 * may have the size of a MAC. */
		enum ntp_packet_kind kind = ntp_packet_check(question);

		if (len == 64)
			assert_int_equal(kind, NTP_PACKET_REQUEST);
		else if (len == 40 || len == 44 || len == 60)
			assert_int_equal(kind, NTP_PACKET_MAC);
		else
			assert_int_equal(kind, NTP_PACKET_BAD_EXTENSION);
	}
}

static void
macs(void **state)
{
	static const size_t sizes[] = {4, 20, 24};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(
		    kind_of_fields((size_t[]){0}, sizes[i]), NTP_PACKET_MAC);
		assert_int_equal(kind_of_fields((size_t[]){16, 0}, sizes[i]),
		    NTP_PACKET_MAC);
	}
	/* A longer one, of SHA-256: key 1 is no field's length. */
	assert_int_equal(
	    kind_of_fields((size_t[]){0}, 36), NTP_PACKET_BAD_EXTENSION);
	/* Version 3 has no fields: RFC 1305 appendix C. */
	for (size_t len = 52; len < 120; len += 4)
		assert_int_equal(kind_of(3, 3, len), NTP_PACKET_MAC);
}

static void
header(void **state)
{
	uint8_t packet[SIZE], out[NTP_PACKET_LEN];
	struct sync_state system = synchronised();

	(void)state;
	for (unsigned version = 3; version <= 4; version++) {
		reply(&system, request(packet, version, 3, 48), now_ns - 10000,
		    now_ns, out);
		assert_int_equal(out[0], version << 3 | 4);
		assert_int_equal(out[1], 10);
		assert_int_equal((int8_t)out[AT_PRECISION], -25);
		assert_int_equal(bytes_get32be(out + AT_ROOT_DELAY), 0);
		assert_int_equal(bytes_get32be(out + AT_REFID), 0x7f7f0101);
		assert_int_equal(bytes_get64be(out + AT_REFERENCE),
		    ntp_packet_stamp(now_ns - 30 * second_ns));
	}
}

static void
leaps(void **state)
{
	uint8_t packet[SIZE], out[NTP_PACKET_LEN];
	struct sync_state system = synchronised();

	(void)state;
	for (unsigned leap = 0; leap < 4; leap++) {
		system.leap = (enum sync_leap)leap;
		reply(&system, request(packet, 4, 3, 48), now_ns - 1, now_ns,
		    out);
		assert_int_equal(out[0] >> 6, leap);
	}
}

static void
origin(void **state)
{
	static const uint64_t stamps[] = {0, 1, UINT64_MAX, 0x8000000000000000};
	uint8_t packet[SIZE], out[NTP_PACKET_LEN];
	struct sync_state system = synchronised();
	struct span question = request(packet, 4, 3, 48);

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		bytes_put64be(packet + AT_TRANSMIT, stamps[i]);
		reply(&system, question, now_ns - 1, now_ns, out);
		assert_true(bytes_get64be(out + AT_ORIGIN) == stamps[i]);
	}
}

static void
poll_is_echoed(void **state)
{
	static const uint8_t polls[] = {6, 17, (uint8_t)-6, 127, 128, 0};
	uint8_t packet[SIZE], out[NTP_PACKET_LEN];
	struct sync_state system = synchronised();
	struct span question = request(packet, 4, 3, 48);

	(void)state;
	for (size_t i = 0; i < sizeof(polls); i++) {
		packet[AT_POLL] = polls[i];
		reply(&system, question, now_ns - 1, now_ns, out);
		assert_int_equal(out[AT_POLL], polls[i]);
	}
}

static void
stamps_are_ordered(void **state)
{
	uint8_t packet[SIZE], out[NTP_PACKET_LEN];
	struct sync_state system = synchronised();
	struct span question = request(packet, 4, 3, 48);

	(void)state;
	/* As usual: both stand as they are. */
	reply(&system, question, now_ns - 7000, now_ns, out);
	assert_true(
	    bytes_get64be(out + AT_RECEIVE) == ntp_packet_stamp(now_ns - 7000));
	assert_true(
	    bytes_get64be(out + AT_TRANSMIT) == ntp_packet_stamp(now_ns));
	/* Equal, and a clock stepped back by an hour in between. */
	for (uint64_t ahead = 0; ahead <= 3600; ahead += 3600) {
		reply(
		    &system, question, now_ns + ahead * second_ns, now_ns, out);
		assert_true(bytes_get64be(out + AT_TRANSMIT) ==
		            ntp_packet_stamp(now_ns));
		assert_true(bytes_get64be(out + AT_RECEIVE) ==
		            ntp_packet_stamp(now_ns) - 1);
	}
}

static void
transmit_differs(void **state)
{
	/* The second: the last nanosecond of the era. */
	static const uint64_t times[] = {
	    1795226963123456789, 2085978495ULL * 1000000000 + 999999999};
	uint8_t packet[SIZE], out[NTP_PACKET_LEN];
	struct sync_state system = synchronised();
	struct span question = request(packet, 4, 3, 48);

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		uint64_t stamp = ntp_packet_stamp(times[i]);

		bytes_put64be(packet + AT_TRANSMIT, stamp);
		reply(&system, question, times[i], times[i], out);
		assert_true(bytes_get64be(out + AT_TRANSMIT) != stamp);
		assert_true(bytes_get64be(out + AT_TRANSMIT) != 0);
		assert_true(bytes_get64be(out + AT_TRANSMIT) !=
		            bytes_get64be(out + AT_RECEIVE));
	}
}

static void
unsynchronised(void **state)
{
	uint8_t packet[SIZE], out[NTP_PACKET_LEN];
	struct sync_state system = {
	    .leap = SYNC_LEAP_UNKNOWN,
	    .precision = -25,
	    .root_delay_ns = second_ns,
	    .root_dispersion_ns = second_ns,
	};

	(void)state;
	reply(&system, request(packet, 4, 3, 48), now_ns - 1, now_ns, out);
	assert_int_equal(out[0], 3 << 6 | 4 << 3 | 4);
	assert_int_equal(out[1], 0);
	assert_int_equal(bytes_get32be(out + AT_ROOT_DELAY), 1 << 16);
	assert_int_equal(bytes_get32be(out + AT_ROOT_DISPERSION), 1 << 16);
	assert_int_equal(bytes_get32be(out + AT_REFID), 0);
	assert_true(bytes_get64be(out + AT_REFERENCE) == 0);
	assert_true(
	    bytes_get64be(out + AT_TRANSMIT) == ntp_packet_stamp(now_ns));
}

static void
dispersion_grows(void **state)
{
	uint8_t packet[SIZE], out[NTP_PACKET_LEN];
	struct sync_state system = synchronised();
	struct span question = request(packet, 4, 3, 48);
	uint32_t first;

	(void)state;
	system.reference_ns = system.read_ns = now_ns;
	reply(&system, question, now_ns, now_ns, out);
	first = bytes_get32be(out + AT_ROOT_DISPERSION);
	/* 5 ms in units of 2^-16 s, rounded up: 327.68. */
	assert_int_equal(first, 328);
	reply(&system, question, now_ns, now_ns + 1000 * second_ns, out);
	/* 15 ms more at 15 µs/s: 983.04. */
	assert_true(bytes_get32be(out + AT_ROOT_DISPERSION) - first >= 984);
	assert_true(bytes_get32be(out + AT_ROOT_DISPERSION) - first <= 1010);
	/* A clock stepped back does not shrink the bound, nor does one at the
	 * end of time break it. */
	reply(&system, question, now_ns, now_ns - second_ns, out);
	assert_int_equal(bytes_get32be(out + AT_ROOT_DISPERSION), first);
	system.reference_ns = 1;
	system.root_dispersion_ns = UINT64_MAX / 2;
	reply(&system, question, now_ns, UINT64_MAX, out);
	assert_true(
	    bytes_get32be(out + AT_ROOT_DISPERSION) == UINT32_C(65535) << 16);
}

static void
stamps_across_eras(void **state)
{
	/* 2036-02-07T06:28:16Z: date -ud 2036-02-07T06:28:16Z +%s */
	const uint64_t rollover = 2085978496;
	uint64_t before = ntp_packet_stamp(rollover * second_ns - 1);
	uint64_t after = ntp_packet_stamp(rollover * second_ns + second_ns / 2);

	(void)state;
	assert_true(ntp_packet_stamp(0) == UINT64_C(2208988800) << 32);
	assert_true(before >> 32 == UINT32_MAX);
	assert_true(ntp_packet_stamp(rollover * second_ns) == 1);
	assert_true(after == UINT64_C(1) << 31);
	/* What a client does: the difference modulo 2^64. */
	assert_true(after - before > UINT64_C(1) << 31);
	assert_true(after - before < (UINT64_C(1) << 31) + 16);
}

static void
reply_across_eras(void **state)
{
	const uint64_t rollover_ns = 2085978496ULL * 1000000000;
	uint8_t packet[SIZE], out[NTP_PACKET_LEN];
	struct sync_state system = synchronised();

	(void)state;
	system.reference_ns = rollover_ns;
	reply(&system, request(packet, 4, 3, 48), rollover_ns - 5000,
	    rollover_ns + 5000, out);
	assert_true(bytes_get64be(out + AT_RECEIVE) ==
	            ntp_packet_stamp(rollover_ns - 5000));
	assert_true(bytes_get64be(out + AT_TRANSMIT) >> 32 == 0);
	/* 10 µs are 42949.7 units of 2^-32 s. */
	uint64_t spent =
	    bytes_get64be(out + AT_TRANSMIT) - bytes_get64be(out + AT_RECEIVE);

	assert_in_range(spent, 42948, 42951);
	assert_true(bytes_get64be(out + AT_REFERENCE) != 0);
}

static void
fractions_are_exact(void **state)
{
	(void)state;
	assert_true((uint32_t)ntp_packet_stamp(500000000) == UINT32_C(1) << 31);
	assert_true((uint32_t)ntp_packet_stamp(1) == 4);
	assert_true((uint32_t)ntp_packet_stamp(999999999) == 4294967291);
	for (uint64_t ns = 0; ns < 1000; ns++)
		assert_true(ntp_packet_stamp(now_ns + ns) <
		            ntp_packet_stamp(now_ns + ns + 1));
}

static void
own_reply_is_no_request(void **state)
{
	uint8_t packet[SIZE], out[NTP_PACKET_LEN];
	struct sync_state system = synchronised();

	(void)state;
	reply(&system, request(packet, 4, 3, 48), now_ns - 1, now_ns, out);
	assert_int_equal(ntp_packet_check((struct span){out, sizeof(out)}),
	    NTP_PACKET_BAD_MODE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 2, 3: versions (RFC 5905 §9.2)", versions),
	    TEST("TIME 25, 31: modes that are no request", modes),
	    TEST("TIME 26, 27: modes 6 and 7 (RFC 8633 §3.4)",
	        control_and_private_of_any_length),
	    TEST("TIME 18: under 48 bytes", short_lengths),
	    TEST("TIME 19: not in words", lengths_in_words),
	    TEST("TIME 20: unknown fields (RFC 7822 §3)", extension_fields),
	    TEST("TIME 20: fields' lengths (RFC 7822 §3)",
	        extension_field_lengths),
	    TEST("TIME 21: MACs and crypto-NAK", macs),
	    TEST("TIME 1, 2, 23: the header (RFC 5905 §7.3)", header),
	    TEST("TIME 14: leap indicator (RFC 5905 §7.3)", leaps),
	    TEST("TIME 5: origin (RFC 5905 §8)", origin),
	    TEST("TIME 16: poll", poll_is_echoed),
	    TEST("TIME 6: receive before transmit", stamps_are_ordered),
	    TEST("TIME 7: transmit is new", transmit_differs),
	    TEST("TIME 9: unsynchronised (RFC 5905 §7.3)", unsynchronised),
	    TEST("TIME 11: dispersion (RFC 5905 §7.2 PHI)", dispersion_grows),
	    TEST("TIME 35: stamps across eras (RFC 5905 §6)",
	        stamps_across_eras),
	    TEST("TIME 35: a reply across eras (RFC 5905 §6)",
	        reply_across_eras),
	    TEST("stamps to the nanosecond (RFC 5905 §6)", fractions_are_exact),
	    TEST("TIME 25: own reply", own_reply_is_no_request),
	};

	return cmocka_run_group_tests_name("ntp_packet", tests, NULL, NULL);
}
