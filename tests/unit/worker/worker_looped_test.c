/* worker_looped_test.c — frames that left, taken apart. */
#include "worker/worker_looped.h"

#include "core/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PORT = 123, TO = 40123, SIZE = 256 };

static const char payload[] =
    "forty-eight bytes of a reply, or as good as that";

/* A frame with PREFIX bytes before its IP header, none of which is 0x45. */
static size_t
frame(uint8_t bytes[SIZE], size_t prefix, bool is_ipv6)
{
	size_t len = sizeof(payload) - 1;
	uint8_t *ip = bytes + prefix;
	uint8_t *udp = ip + (is_ipv6 ? 40 : 20);

	memset(bytes, 0, SIZE);
	memset(bytes, 0xa5, prefix);
	if (is_ipv6) {
		ip[0] = 0x60;
		bytes_put16be(ip + 4, (uint16_t)(len + 8));
		ip[6] = 17;
		ip[7] = 64;
		memset(ip + 8, 0x11, 16);
		memset(ip + 24, 0x22, 16);
	} else {
		ip[0] = 0x45;
		bytes_put16be(ip + 2, (uint16_t)(len + 28));
		bytes_put16be(ip + 6, 0x4000);
		ip[8] = 64;
		ip[9] = 17;
		memcpy(ip + 12, "\x7f\0\0\1\x0a\1\2\3", 8);
	}
	bytes_put16be(udp, PORT);
	bytes_put16be(udp + 2, TO);
	bytes_put16be(udp + 4, (uint16_t)(len + 8));
	memcpy(udp + 8, payload, len);
	return (size_t)(udp - bytes) + 8 + len;
}

/* Of exactly LEN bytes, so that a read beyond them is a sanitizer's find. */
static bool
reads(const uint8_t *bytes, size_t len, uint16_t port, struct addr *peer)
{
	uint8_t *copy = malloc(len == 0 ? 1 : len);
	struct span found = {0};

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	bool is_read =
	    worker_looped_read((struct span){copy, len}, port, &found, peer);

	if (is_read) {
		assert_int_equal(found.len, sizeof(payload) - 1);
		assert_memory_equal(found.data, payload, found.len);
	}
	free(copy);
	return is_read;
}

static void
test_headers_before_the_ip_header(void **state)
{
	/* None; Ethernet; with one and two tags; a tunnel's. */
	static const size_t prefixes[] = {0, 14, 18, 22, 34, 96};
	uint8_t bytes[SIZE];
	struct addr peer;

	(void)state;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t len = frame(bytes, prefixes[i], false);

		assert_true(reads(bytes, len, PORT, &peer));
		assert_int_equal(peer.any.sa_family, AF_INET);
		assert_int_equal(addr_port(&peer), TO);
		assert_true(peer.in4.sin_addr.s_addr == htonl(0x0a010203));
		len = frame(bytes, prefixes[i], true);
		assert_true(reads(bytes, len, PORT, &peer));
		assert_int_equal(peer.any.sa_family, AF_INET6);
		assert_int_equal(addr_port(&peer), TO);
		assert_int_equal(peer.in6.sin6_addr.s6_addr[15], 0x22);
	}
	assert_false(reads(bytes, frame(bytes, 98, false), PORT, &peer));
}

static void
test_no_truncated_frame_is_read(void **state)
{
	uint8_t bytes[SIZE];
	struct addr peer;

	(void)state;
	for (size_t prefix = 0; prefix <= 22; prefix += 2)
		for (int is_ipv6 = 0; is_ipv6 < 2; is_ipv6++) {
			size_t whole = frame(bytes, prefix, is_ipv6 == 1);

			for (size_t len = 0; len < whole; len++)
				assert_false(reads(bytes, len, PORT, &peer));
			assert_false(reads(bytes, whole + 1, PORT, &peer));
		}
}

static void
test_what_is_no_reply_of_ours(void **state)
{
	/* Offset in IPv4 behind Ethernet, and the byte there. */
	static const struct {
		size_t at;
		uint8_t byte;
	} changes[] = {
	    {14, 0x46}, /* options */
	    {14, 0x35}, /* another version */
	    {17, 0},    /* length */
	    {20, 0x20}, /* more fragments */
	    {21, 1},    /* an offset */
	    {23, 6},    /* TCP */
	    {34, 1},    /* from another port */
	    {39, 8},    /* UDP's length */
	};
	uint8_t bytes[SIZE];
	struct addr peer;

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		size_t len = frame(bytes, 14, false);

		bytes[changes[i].at] = changes[i].byte;
		assert_false(reads(bytes, len, PORT, &peer));
	}
	size_t len = frame(bytes, 14, true);

	assert_false(reads(bytes, len, PORT + 1, &peer));
	bytes[20] = 44; /* a fragment header follows */
	assert_false(reads(bytes, len, PORT, &peer));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_headers_before_the_ip_header),
	    cmocka_unit_test(test_no_truncated_frame_is_read),
	    cmocka_unit_test(test_what_is_no_reply_of_ours),
	};

	return cmocka_run_group_tests_name("worker_looped", tests, NULL, NULL);
}
