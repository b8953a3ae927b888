/* dns_arpa_test.c — names of addresses. */
#include "services/dns/dns_arpa.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>

/* "FIRST LAST", "classless FIRST LAST" or "none". */
static void
reads(const char *text, const char *expected)
{
	uint8_t name[DNS_NAME_MAX];
	struct dns_arpa arpa;
	char first[INET6_ADDRSTRLEN], last[INET6_ADDRSTRLEN];
	char said[3 * INET6_ADDRSTRLEN] = "none";

	assert_int_not_equal(dns_name_parse(text, name), 0);
	if (dns_arpa_read(name, &arpa)) {
		int family = arpa.is_ipv6 ? AF_INET6 : AF_INET;

		inet_ntop(family, arpa.first, first, sizeof(first));
		inet_ntop(family, arpa.last, last, sizeof(last));
		(void)snprintf(said, sizeof(said), "%s%s %s",
		    arpa.is_classless ? "classless " : "", first, last);
	}
	assert_string_equal(said, expected);
}

static void
ipv4_names_are_read(void **state)
{
	(void)state;
	reads("in-addr.arpa", "0.0.0.0 255.255.255.255");
	reads("10.in-addr.arpa", "10.0.0.0 10.255.255.255");
	reads("2.0.192.in-addr.arpa", "192.0.2.0 192.0.2.255");
	reads("5.2.0.192.in-addr.arpa", "192.0.2.5 192.0.2.5");
	reads("a.5.2.0.192.in-addr.arpa", "none");
	reads("05.2.0.192.in-addr.arpa", "none");
	reads("256.0.192.in-addr.arpa", "none");
	reads("www.2.0.192.in-addr.arpa", "none");
	reads("*.2.0.192.in-addr.arpa", "none");
	reads("0/25.in-addr.arpa", "none");
	reads("arpa", "none");
	reads(".", "none");
	reads("in-addr.arpa.example", "none");
	reads("xin-addr.arpa", "none");
}

static void
classless_names_are_read(void **state)
{
	(void)state;
	reads("0/25.2.0.192.in-addr.arpa", "classless 192.0.2.0 192.0.2.127");
	reads(
	    "128/26.2.0.192.in-addr.arpa", "classless 192.0.2.128 192.0.2.191");
	reads("10-20.2.0.192.in-addr.arpa", "classless 192.0.2.10 192.0.2.20");
	reads("5.0/25.2.0.192.in-addr.arpa", "classless 192.0.2.5 192.0.2.5");
	reads("128.0/25.2.0.192.in-addr.arpa", "none");
	reads("1.5.0/25.2.0.192.in-addr.arpa", "none");
	reads("1/25.2.0.192.in-addr.arpa", "none");
	reads("0/24.2.0.192.in-addr.arpa", "none");
	reads("0/33.2.0.192.in-addr.arpa", "none");
	reads("20-10.2.0.192.in-addr.arpa", "none");
	reads("0/25.0/25.2.0.192.in-addr.arpa", "none");
	reads("/25.2.0.192.in-addr.arpa", "none");
}

static void
ipv6_names_are_read(void **state)
{
	(void)state;
	reads("ip6.arpa", ":: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
	reads("8.b.d.0.1.0.0.2.ip6.arpa",
	    "2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
	reads("f.8.b.d.0.1.0.0.2.ip6.arpa",
	    "2001:db8:f000:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
	reads("5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2."
	      "ip6.arpa",
	    "2001:db8::5 2001:db8::5");
	reads("0.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0."
	      "2.ip6.arpa",
	    "none");
	reads("g.ip6.arpa", "none");
	reads("10.ip6.arpa", "none");
}

static void
prefix_is(const char *text, const char *expected)
{
	struct prefix prefix;
	uint8_t name[DNS_NAME_MAX];
	char said[DNS_NAME_TEXT_MAX] = "none";

	assert_null(prefix_parse(text, &prefix));
	size_t len = dns_arpa_write_prefix(&prefix, name);

	if (len > 0) {
		assert_int_equal(len, dns_name_length(name));
		dns_name_format(name, said);
	}
	assert_string_equal(said, expected);
}

static void
prefixes_are_zones(void **state)
{
	(void)state;
	prefix_is("0.0.0.0/0", "in-addr.arpa.");
	prefix_is("10.0.0.0/8", "10.in-addr.arpa.");
	prefix_is("192.0.2.0/24", "2.0.192.in-addr.arpa.");
	prefix_is("192.0.2.128/25", "128/25.2.0.192.in-addr.arpa.");
	prefix_is("192.0.2.5/32", "5.2.0.192.in-addr.arpa.");
	prefix_is("192.0.0.0/20", "none");
	prefix_is("::/0", "ip6.arpa.");
	prefix_is("2001:db8::/32", "8.b.d.0.1.0.0.2.ip6.arpa.");
	prefix_is("2001:db8::/36", "0.8.b.d.0.1.0.0.2.ip6.arpa.");
	prefix_is("2001:db8::/33", "none");
}

static void
addresses_are_written(void **state)
{
	static const uint8_t ipv4[16] = {192, 0, 2, 105};
	static const uint8_t ipv6[16] = {0x20, 1, 0xd, 0xb8, [15] = 0xaf};
	uint8_t name[DNS_NAME_MAX], apex[DNS_NAME_MAX];
	char text[DNS_NAME_TEXT_MAX];

	(void)state;
	size_t len = dns_arpa_write(false, ipv4, NULL, name);

	assert_int_equal(len, dns_name_length(name));
	assert_string_equal(
	    dns_name_format(name, text), "105.2.0.192.in-addr.arpa.");
	assert_int_not_equal(
	    dns_name_parse("0/25.2.0.192.in-addr.arpa", apex), 0);
	dns_arpa_write(false, ipv4, apex, name);
	assert_string_equal(
	    dns_name_format(name, text), "105.0/25.2.0.192.in-addr.arpa.");
	dns_arpa_write(true, ipv6, NULL, name);
	assert_string_equal(dns_name_format(name, text),
	    "f.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2."
	    "ip6.arpa.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ipv4_names_are_read),
	    cmocka_unit_test(classless_names_are_read),
	    cmocka_unit_test(ipv6_names_are_read),
	    cmocka_unit_test(prefixes_are_zones),
	    cmocka_unit_test(addresses_are_written),
	};

	return cmocka_run_group_tests_name("dns_arpa", tests, NULL, NULL);
}
