/* prefix_test.c — ranges of addresses in text, and what lies in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/prefix.h"

static void
what_lies_in_a_prefix(void **state)
{
	(void)state;
	static const struct {
		const char *prefix, *addr;
		bool is_in;
	} cases[] = {
	    {"127.0.0.1", "127.0.0.1:80", true},
	    {"127.0.0.1", "127.0.0.2:80", false},
	    {"127.0.0.1/32", "127.0.0.1:1", true},
	    {"10.0.0.0/8", "10.255.3.4:80", true},
	    {"10.0.0.0/8", "11.0.0.0:80", false},
	    {"192.168.4.0/22", "192.168.7.255:80", true},
	    {"192.168.4.0/22", "192.168.8.0:80", false},
	    {"192.0.2.128/25", "192.0.2.128:80", true},
	    {"192.0.2.128/25", "192.0.2.127:80", false},
	    {"0.0.0.0/0", "255.1.2.3:80", true},
	    {"0.0.0.0/0", "[::1]:80", false},
	    {"::1", "[::1]:80", true},
	    {"::1", "[::2]:80", false},
	    {"::/0", "[ff00::1]:80", true},
	    {"::/0", "127.0.0.1:80", false},
	    {"fd00::/8", "[fdff::1]:80", true},
	    {"fd00::/8", "[fc00::1]:80", false},
	    {"2001:db8:0:8000::/49", "[2001:db8:0:ffff::1]:80", true},
	    {"2001:db8:0:8000::/49", "[2001:db8:0:7fff::1]:80", false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct prefix prefix;
		struct addr addr;

		assert_null(prefix_parse(cases[i].prefix, &prefix));
		assert_null(addr_parse(cases[i].addr, &addr));
		assert_int_equal(prefix_has(&prefix, &addr), cases[i].is_in);
	}
}

static void
what_is_wrong_is_said(void **state)
{
	(void)state;
	static const char neither[] =
	    "neither an address nor a prefix like 10.0.0.0/8";
	static const char bits4[] = "behind the / is a number from 0 to 32";
	static const char bits6[] = "behind the / is a number from 0 to 128";
	static const char host[] =
	    "bits are set behind the prefix: write zeros there, or the address "
	    "alone";
	static const struct {
		const char *text, *wrong;
	} cases[] = {
	    {"", neither},
	    {"/8", neither},
	    {"localhost", neither},
	    {"10.0.0", neither},
	    {"10.0.0.0.0/8", neither},
	    {"010.0.0.0/8", neither},
	    {"10.0.0.0:80", neither},
	    {" 10.0.0.0/8", neither},
	    {"[::1]", neither},
	    {"fe80::1%eth0", neither},
	    {"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb", neither},
	    {"10.0.0.0/", bits4},
	    {"10.0.0.0/33", bits4},
	    {"10.0.0.0/-1", bits4},
	    {"10.0.0.0/+8", bits4},
	    {"10.0.0.0/08", bits4},
	    {"10.0.0.0/8 ", bits4},
	    {"10.0.0.0/255.0.0.0", bits4},
	    {"10.0.0.0/99999999999999999999", bits4},
	    {"::/129", bits6},
	    {"10.0.0.1/8", host},
	    {"10.0.128.0/16", host},
	    {"192.0.2.192/25", host},
	    {"0.0.0.1/0", host},
	    {"fd00::1/8", host},
	    {"fd00::1/127", host},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct prefix prefix = {.len = 77};

		assert_string_equal(
		    prefix_parse(cases[i].text, &prefix), cases[i].wrong);
		assert_int_equal(prefix.len, 77);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_lies_in_a_prefix),
	    cmocka_unit_test(what_is_wrong_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
