/* addr_test.c — addresses in text and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/addr.h"

#include <string.h>

static void
what_is_right_reads_and_prints(void **state)
{
	(void)state;
	static const struct {
		const char *text, *printed;
		uint16_t port;
		bool is_wildcard;
		const char *host;
	} cases[] = {
	    {"127.0.0.1:80", "127.0.0.1:80", 80, false, "127.0.0.1"},
	    {"0.0.0.0:1", "0.0.0.0:1", 1, true, "0.0.0.0"},
	    {"255.255.255.254:65535", "255.255.255.254:65535", 65535, false,
	        "255.255.255.254"},
	    {"127.0.0.1:00080", "127.0.0.1:80", 80, false, "127.0.0.1"},
	    {"127.0.0.1:domain", "127.0.0.1:53", 53, false, "127.0.0.1"},
	    {"[::]:53", "[::]:53", 53, true, "::"},
	    {"[::1]:ntp", "[::1]:123", 123, false, "::1"},
	    {"[2001:DB8:0::1]:443", "[2001:db8::1]:443", 443, false,
	        "2001:db8::1"},
	    {"[::ffff:1.2.3.4]:9", "[::ffff:1.2.3.4]:9", 9, false,
	        "::ffff:1.2.3.4"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct addr addr, again;
		char text[ADDR_TEXT_MAX], host[ADDR_TEXT_MAX];

		assert_null(addr_parse(cases[i].text, &addr));
		assert_string_equal(
		    addr_format_host(&addr, host), cases[i].host);
		assert_string_equal(addr_format(&addr, text), cases[i].printed);
		assert_int_equal(addr_port(&addr), cases[i].port);
		assert_int_equal(addr_is_wildcard(&addr), cases[i].is_wildcard);
		assert_int_equal(addr.len, cases[i].text[0] == '['
		                               ? sizeof(struct sockaddr_in6)
		                               : sizeof(struct sockaddr_in));
		assert_null(addr_parse(text, &again));
		assert_true(addr_is_equal(&addr, &again));
	}
}

static void
what_is_wrong_is_refused_and_leaves_the_address_alone(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "",
	    ":",
	    ":80",
	    "127.0.0.1",
	    "127.0.0.1:",
	    "127.0.0.1:0",
	    "127.0.0.1:65536",
	    "127.0.0.1:99999",
	    "127.0.0.1:100000",
	    "127.0.0.1:18446744073709551696",
	    "127.0.0.1:-1",
	    "127.0.0.1:+80",
	    "127.0.0.1: 80",
	    "127.0.0.1:80 ",
	    " 127.0.0.1:80",
	    "127.0.0.1:0x50",
	    "127.0.0.1:no-such-service",
	    "127.1:80",
	    "256.0.0.1:80",
	    "1.2.3.4.5:80",
	    "localhost:80",
	    "::1:80",
	    "[::1]",
	    "[::1]:",
	    "[::1]80",
	    "[::1:80",
	    "::1]:80",
	    "[]:80",
	    "[:80",
	    "]:80",
	    "[[::1]]:80",
	    "[127.0.0.1]:80",
	    "[::1%lo]:80",
	    "[::1]:80]:80",
	    "[:::]:80",
	    "[2001:db8:0:0:0:0:0:0:1]:80",
	    "[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000]:80",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct addr addr;

		memset(&addr, 0x5a, sizeof(addr));
		struct addr before = addr;

		assert_non_null(addr_parse(texts[i], &addr));
		assert_memory_equal(&addr, &before, sizeof(addr));
	}
}

static void
equal_means_family_address_scope_and_port(void **state)
{
	(void)state;
	static const char *const texts[] = {"127.0.0.1:80", "127.0.0.1:81",
	    "127.0.0.2:80", "0.0.0.0:80", "[::]:80", "[::1]:80", "[::1]:81"};
	enum { COUNT = sizeof(texts) / sizeof(texts[0]) };
	struct addr addrs[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		assert_null(addr_parse(texts[i], &addrs[i]));
	for (size_t i = 0; i < COUNT; i++)
		for (size_t j = 0; j < COUNT; j++)
			assert_int_equal(
			    addr_is_equal(&addrs[i], &addrs[j]), i == j);
	struct addr scoped = addrs[5];

	scoped.in6.sin6_scope_id = 1;
	assert_false(addr_is_equal(&addrs[5], &scoped));
}

static void
another_family_has_no_port(void **state)
{
	(void)state;
	struct addr addr = {.any.sa_family = AF_UNIX};

	assert_int_equal(addr_port(&addr), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_right_reads_and_prints),
	    cmocka_unit_test(
	        what_is_wrong_is_refused_and_leaves_the_address_alone),
	    cmocka_unit_test(equal_means_family_address_scope_and_port),
	    cmocka_unit_test(another_family_has_no_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
