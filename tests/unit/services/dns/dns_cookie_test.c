/* dns_cookie_test.c — server cookies against the vectors of RFC 9018. */
#include "services/dns/dns_cookie.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static size_t
from_hex(const char *hex, uint8_t *out)
{
	size_t len = strlen(hex) / 2;

	for (size_t i = 0; i < len; i++) {
		unsigned byte;

		assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
		out[i] = (uint8_t)byte;
	}
	return len;
}

static void
add_secret(struct dns_settings *settings, const char *hex)
{
	assert_int_equal(
	    from_hex(
	        hex, settings->cookie_secrets[settings->cookie_secret_count++]),
	    DNS_COOKIE_SECRET_SIZE);
}

static struct addr
address(const char *text)
{
	struct addr addr = {.in4 = {.sin_family = AF_INET}};

	if (inet_pton(AF_INET, text, &addr.in4.sin_addr) == 1)
		return addr;
	addr.in6 = (struct sockaddr_in6){.sin6_family = AF_INET6};
	assert_int_equal(inet_pton(AF_INET6, text, &addr.in6.sin6_addr), 1);
	return addr;
}

/* PEER sends SENT at NOW: is it valid, and does it get EXPECTED? */
static void
expect(const struct dns_settings *settings, const char *peer, const char *sent,
    uint32_t now, bool is_valid, const char *expected)
{
	uint8_t cookie[40], out[DNS_COOKIE_SIZE], right[DNS_COOKIE_SIZE];
	size_t len = from_hex(sent, cookie);
	struct addr addr = address(peer);

	assert_int_equal(dns_cookie_answer(settings, (struct span){cookie, len},
	                     &addr, now, out),
	    is_valid);
	assert_int_equal(from_hex(expected, right), DNS_COOKIE_SIZE);
	assert_memory_equal(out, right, DNS_COOKIE_SIZE);
}

#define CLIENT "2464c4abcf10c957"
#define FIRST CLIENT "010000005cf79f111f8130c3eee29480"
#define SECRET "e5e973e5a6b2a43f48e7dc849e37bfcf"
#define PEER "198.51.100.100"
#define THEN 1559731985u /* of FIRST's timestamp */

static void
dns_44_rfc_9018_a_1_a_new_cookie(void **state)
{
	struct dns_settings settings = {0};

	(void)state;
	add_secret(&settings, SECRET);
	expect(&settings, PEER, CLIENT, THEN, false, FIRST);
}

static void
dns_44_rfc_9018_a_2_a_renewed_cookie(void **state)
{
	struct dns_settings settings = {0};

	(void)state;
	add_secret(&settings, SECRET);
	expect(&settings, PEER, FIRST, 1559734385, true,
	    CLIENT "010000005cf7a871d4a564a1442aca77");
}

/* The reserved bytes that came in are hashed, those that go out are 0. The
 * cookie of A.3 is 6715 s old when it is renewed: it was valid before. */
static void
dns_44_rfc_9018_a_3_reserved_bytes(void **state)
{
	static const char peer[] = "203.0.113.203";
	static const char sent[] =
	    "fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5";
	struct dns_settings settings = {0};

	(void)state;
	add_secret(&settings, SECRET);
	expect(&settings, peer, sent, 1559727985, true, sent);
	expect(&settings, peer, sent, 1559734700, false,
	    "fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e");
}

static void
dns_44_rfc_9018_a_4_ipv6_and_a_new_secret(void **state)
{
	struct dns_settings settings = {0};

	(void)state;
	add_secret(&settings, "445536bcd2513298075a5d379663c962");
	add_secret(&settings, "dd3bdf9344b678b185a6f5cb60fca715");
	expect(&settings, "2001:db8:220:1:59de:d0f4:8769:82b8",
	    "22681ab97d52c298010000005cf7c57926556bd0934c72f8", 1559741961,
	    true, "22681ab97d52c298010000005cf7c609a6bb79d16625507a");
}

static void
dns_44_rfc_9018_4_3_an_hour_and_five_minutes(void **state)
{
	struct dns_settings settings = {0};
	static const struct {
		uint32_t now;
		bool is_valid, is_kept;
	} cases[] = {
	    {THEN - 301, false, false},
	    {THEN - 300, true, true},
	    {THEN, true, true},
	    {THEN + 1800, true, true},
	    {THEN + 1801, true, false},
	    {THEN + 3600, true, false},
	    {THEN + 3601, false, false},
	    {THEN + 0x80000000u, false, false},
	};
	struct addr peer = address(PEER);
	uint8_t first[DNS_COOKIE_SIZE], out[DNS_COOKIE_SIZE];
	struct span cookie = {first, from_hex(FIRST, first)};

	(void)state;
	add_secret(&settings, SECRET);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(dns_cookie_answer(&settings, cookie, &peer,
		                     cases[i].now, out),
		    cases[i].is_valid);
		assert_int_equal(
		    memcmp(out, first, sizeof(out)) == 0, cases[i].is_kept);
	}
}

/* RFC 1982: 2^32 seconds after 1970 nothing happens. */
static void
dns_44_rfc_9018_4_3_time_wraps(void **state)
{
	struct dns_settings settings = {0};
	struct addr peer = address(PEER);
	uint8_t client[8] = "abcdefg", made[DNS_COOKIE_SIZE], again[24];

	(void)state;
	add_secret(&settings, SECRET);
	dns_cookie_answer(
	    &settings, (struct span){client, 8}, &peer, UINT32_MAX - 100, made);
	assert_true(dns_cookie_answer(
	    &settings, (struct span){made, sizeof(made)}, &peer, 200, again));
	assert_memory_equal(made, again, sizeof(made));
	assert_true(dns_cookie_answer(
	    &settings, (struct span){made, sizeof(made)}, &peer, 3499, again));
	assert_false(dns_cookie_answer(
	    &settings, (struct span){made, sizeof(made)}, &peer, 3500, again));
}

/* Every bit counts, and so do the address and the secret. */
static void
dns_44_rfc_9018_4_4_forged_cookies(void **state)
{
	struct dns_settings settings = {0};
	struct addr peer = address(PEER), other = address("198.51.100.101");
	uint8_t cookie[DNS_COOKIE_SIZE], out[DNS_COOKIE_SIZE];
	struct span span = {cookie, from_hex(FIRST, cookie)};

	(void)state;
	add_secret(&settings, SECRET);
	for (size_t bit = 0; bit < 8 * sizeof(cookie); bit++) {
		cookie[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_false(
		    dns_cookie_answer(&settings, span, &peer, THEN, out));
		assert_memory_equal(out, cookie, DNS_COOKIE_CLIENT_SIZE);
		assert_memory_not_equal(out, cookie, sizeof(out));
		cookie[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	assert_false(dns_cookie_answer(&settings, span, &other, THEN, out));
	settings.cookie_secrets[0][15] ^= 1;
	assert_false(dns_cookie_answer(&settings, span, &peer, THEN, out));
}

static void
dns_44_rfc_9018_5_secrets_roll(void **state)
{
	struct dns_settings settings = {0};
	struct addr peer = address(PEER);
	uint8_t cookie[DNS_COOKIE_SIZE], out[DNS_COOKIE_SIZE];
	struct span span = {cookie, from_hex(FIRST, cookie)};

	(void)state;
	add_secret(&settings, "00000000000000000000000000000001");
	add_secret(&settings, "00000000000000000000000000000002");
	add_secret(&settings, "00000000000000000000000000000003");
	assert_false(dns_cookie_answer(&settings, span, &peer, THEN, out));
	add_secret(&settings, SECRET);
	assert_true(dns_cookie_answer(&settings, span, &peer, THEN, out));
	assert_memory_not_equal(out, cookie, sizeof(out));
	/* What replaces it is the first secret's. */
	settings.cookie_secret_count = 1;
	assert_true(dns_cookie_answer(
	    &settings, (struct span){out, sizeof(out)}, &peer, THEN, cookie));
	assert_memory_equal(out, cookie, sizeof(out));
}

/* Another server's, of whatever length, is just not ours. */
static void
dns_44_rfc_7873_5_2_4_of_another_form(void **state)
{
	struct dns_settings settings = {0};
	struct addr peer = address(PEER);
	uint8_t cookie[40], out[DNS_COOKIE_SIZE];

	(void)state;
	add_secret(&settings, SECRET);
	memset(cookie, 0, sizeof(cookie));
	from_hex(FIRST, cookie);
	for (size_t len = 0; len <= 64; len++)
		assert_int_equal(dns_cookie_is_length(len),
		    len == 8 || (len >= 16 && len <= 40));
	for (size_t len = 16; len <= 40; len++)
		assert_int_equal(
		    dns_cookie_answer(&settings, (struct span){cookie, len},
		        &peer, THEN, out),
		    len == DNS_COOKIE_SIZE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_44_rfc_9018_a_1_a_new_cookie),
	    cmocka_unit_test(dns_44_rfc_9018_a_2_a_renewed_cookie),
	    cmocka_unit_test(dns_44_rfc_9018_a_3_reserved_bytes),
	    cmocka_unit_test(dns_44_rfc_9018_a_4_ipv6_and_a_new_secret),
	    cmocka_unit_test(dns_44_rfc_9018_4_3_an_hour_and_five_minutes),
	    cmocka_unit_test(dns_44_rfc_9018_4_3_time_wraps),
	    cmocka_unit_test(dns_44_rfc_9018_4_4_forged_cookies),
	    cmocka_unit_test(dns_44_rfc_9018_5_secrets_roll),
	    cmocka_unit_test(dns_44_rfc_7873_5_2_4_of_another_form),
	};

	return cmocka_run_group_tests_name("dns_cookie", tests, NULL, NULL);
}
