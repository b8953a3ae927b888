/* proxy_test.c — the PROXY protocol's two headers, whole, cut and wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/proxy.h"

#include <stdio.h>
#include <string.h>

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
/* A string with NULs in it, as a span. */
#define BYTES(text) ((struct span){(const uint8_t *)(text), sizeof(text) - 1})

/* HEADER, with anything behind it, is what it is; each part of it says
 * MORE. PEER NULL: it has no addresses. */
static void
assert_header(struct span header, const char *peer, const char *local)
{
	uint8_t bytes[PROXY_HEADER_MAX + 4];
	struct proxy_header out;
	char text[ADDR_TEXT_MAX];

	memcpy(bytes, header.data, header.len);
	memcpy(bytes + header.len, "GET ", 4);
	for (size_t len = 0; len < header.len; len++)
		assert_int_equal(
		    proxy_parse((struct span){bytes, len}, &out), PROXY_MORE);
	for (size_t more = 0; more <= 4; more++) {
		assert_int_equal(
		    proxy_parse((struct span){bytes, header.len + more}, &out),
		    PROXY_DONE);
		assert_int_equal(out.len, header.len);
		assert_int_equal(out.has_addresses, peer != NULL);
	}
	if (peer == NULL)
		return;
	assert_string_equal(addr_format(&out.peer, text), peer);
	assert_string_equal(addr_format(&out.local, text), local);
}

static void
version_1_lines(void **state)
{
	static const char longest[] =
	    "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n";

	(void)state;
	assert_int_equal(sizeof(longest) - 1, PROXY_LINE_MAX);
	assert_header(BYTES("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n"),
	    "192.0.2.1:56324", "198.51.100.2:443");
	assert_header(
	    BYTES("PROXY TCP6 2001:db8::1 2001:db8:0:0:0:0:0:2 0 65535\r\n"),
	    "[2001:db8::1]:0", "[2001:db8::2]:65535");
	assert_header(BYTES("PROXY TCP6 ::ffff:192.0.2.1 ::1 1 80\r\n"),
	    "192.0.2.1:1", "[::1]:80");
	assert_header(BYTES("PROXY UNKNOWN\r\n"), NULL, NULL);
	assert_header(BYTES("PROXY UNKNOWN  any\ttext \r\n"), NULL, NULL);
	assert_header(BYTES(longest), NULL, NULL);
}

static void
version_1_lines_that_are_wrong(void **state)
{
	static const char *const wrongs[] = {
	    "GET / HTTP/1.1\r\n",
	    "proxy TCP4 1.2.3.4 1.2.3.4 1 2\r\n",
	    "PROXY\tTCP4 1.2.3.4 1.2.3.4 1 2\r\n",
	    "PROXY  TCP4 1.2.3.4 1.2.3.4 1 2\r\n",
	    "PROXY \r\n",
	    "PROXY TCP4\r\n",
	    "PROXY TCP5 1.2.3.4 1.2.3.4 1 2\r\n",
	    "PROXY UNKNOWNS\r\n",
	    "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n",
	    "PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n",
	    "PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n",
	    "PROXY TCP4 1.2.3.4  1.2.3.4 1 2\r\n",
	    "PROXY TCP4 ::1 ::1 1 2\r\n",
	    "PROXY TCP6 1.2.3.4 1.2.3.4 1 2\r\n",
	    "PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n",
	    "PROXY TCP4 1.2.3.4 1.2.3.256 1 2\r\n",
	    "PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n",
	    "PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n",
	    "PROXY TCP4 1.2.3.4 1.2.3.4 +1 2\r\n",
	    "PROXY TCP4 1.2.3.4 1.2.3.4 1 4294967298\r\n",
	    "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n",
	    "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\rGET",
	    "PROXY UNKNOWN a\nb\r\n",
	};
	struct proxy_header out;
	uint8_t endless[PROXY_LINE_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		const struct span bytes = {
		    (const uint8_t *)wrongs[i], strlen(wrongs[i])};

		if (proxy_parse(bytes, &out) != PROXY_BAD)
			fail_msg("not refused: %s", wrongs[i]);
	}
	memset(endless, 'x', sizeof(endless));
	memcpy(endless, "PROXY UNKNOWN ", 14);
	assert_int_equal(
	    proxy_parse((struct span){endless, sizeof(endless) - 1}, &out),
	    PROXY_MORE);
	assert_int_equal(
	    proxy_parse((struct span){endless, sizeof(endless)}, &out),
	    PROXY_BAD);
	assert_int_equal(
	    proxy_parse(BYTES("PROXY UNKNOWN \0\r\n"), &out), PROXY_BAD);
	/* What cannot become a header is not waited for. */
	assert_int_equal(proxy_parse(BYTES("PROXX"), &out), PROXY_BAD);
	assert_int_equal(proxy_parse(BYTES("\r\n\r\nG"), &out), PROXY_BAD);
}

static void
version_2_headers(void **state)
{
	(void)state;
	assert_header(BYTES(SIGNATURE "\x21\x11\0\x0c"
	                              "\xc0\0\x02\x01\xc6\x33\x64\x02"
	                              "\xdc\x04\x01\xbb"),
	    "192.0.2.1:56324", "198.51.100.2:443");
	/* A TLV behind the addresses: PP2_TYPE_NOOP. */
	assert_header(BYTES(SIGNATURE "\x21\x11\0\x11"
	                              "\xc0\0\x02\x01\xc6\x33\x64\x02"
	                              "\xdc\x04\x01\xbb\x04\0\x02!!"),
	    "192.0.2.1:56324", "198.51.100.2:443");
	assert_header(
	    BYTES(SIGNATURE "\x21\x21\0\x24"
	                    "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"
	                    "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\x02\x01"
	                    "\xdc\x04\x01\xbb"),
	    "[2001:db8::1]:56324", "192.0.2.1:443");
	assert_header(BYTES(SIGNATURE "\x20\0\0\0"), NULL, NULL);
	assert_header(BYTES(SIGNATURE "\x20\x11\0\x01x"), NULL, NULL);
	assert_header(BYTES(SIGNATURE "\x21\0\0\0"), NULL, NULL);
	assert_header(BYTES(SIGNATURE "\x21\x31\0\x02xx"), NULL, NULL);
}

static void
version_2_headers_that_are_wrong(void **state)
{
	static const uint8_t wrongs[][4] = {
	    {0x22, 0x11, 0, 0},    /* no such command */
	    {0x11, 0x11, 0, 0},    /* no such version */
	    {0x21, 0x13, 0, 0},    /* no such transport */
	    {0x21, 0x41, 0, 0},    /* no such family */
	    {0x21, 0x11, 0, 11},   /* too short for its addresses */
	    {0x21, 0x21, 0, 35},   /* too short for its addresses */
	    {0x21, 0x11, 0xff, 0}, /* longer than is read */
	    {0x20, 0, 0x0f, 0xf1}, /* longer than is read, by one */
	};
	uint8_t bytes[16 + 64] = SIGNATURE;
	struct proxy_header out;

	(void)state;
	for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		memcpy(bytes + 12, wrongs[i], 4);
		assert_int_equal(
		    proxy_parse((struct span){bytes, sizeof(bytes)}, &out),
		    PROXY_BAD);
	}
	memcpy(bytes + 12, "\x20\0\x0f\xf0", 4); /* as long as may be */
	assert_int_equal(
	    proxy_parse((struct span){bytes, sizeof(bytes)}, &out), PROXY_MORE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(version_1_lines),
	    cmocka_unit_test(version_1_lines_that_are_wrong),
	    cmocka_unit_test(version_2_headers),
	    cmocka_unit_test(version_2_headers_that_are_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
