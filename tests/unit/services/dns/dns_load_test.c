/* dns_load_test.c — zone files → blocks, and what is said about bad ones. */
#include "load_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>

#define HEAD "@ 60 SOA ns hostmaster 1 2 3 4 5\n@ NS ns.other.\n"

/* TEXT as a zone is refused, with these lines, and FAILED. */
static void
refuse(struct load_fixture *fixture, const char *text, const char *said)
{
	const struct dns_zone *zone = load_fixture_zone(fixture, text);

	assert_string_equal(fixture->said, said);
	assert_int_equal(zone->flags, DNS_ZONE_FAILED);
	assert_int_equal(fixture->report.errors, 0);
	assert_int_not_equal(fixture->report.broken, 0);
}

/* TEXT behind a proper head is a zone, with these warnings. */
static const struct dns_zone *
take(struct load_fixture *fixture, const char *text, const char *said)
{
	char whole[4096];

	snprintf(whole, sizeof(whole), HEAD "%s", text);
	const struct dns_zone *zone = load_fixture_zone(fixture, whole);

	assert_string_equal(fixture->said, said);
	assert_int_equal(zone->flags, 0);
	return zone;
}

static unsigned
rr_count(const struct dns_zone *zone, const char *name, uint16_t type)
{
	const struct dns_node *node = load_fixture_node(zone, name);

	if (node == NULL)
		return 0;
	const struct dns_rrset *rrset = dns_node_find(node, type);

	return rrset == NULL ? 0 : rrset->count;
}

/* The wire form of NAME's addresses, which are there. */
static const uint8_t *
addresses(const struct dns_zone *zone, const char *name)
{
	const struct dns_node *node = load_fixture_node(zone, name);
	const struct dns_rrset *rrset =
	    node == NULL ? NULL : dns_node_find(node, DNS_TYPE_A);

	if (rrset == NULL)
		abort();
	return dns_rrset_wire(zone, rrset);
}

#define NO_SOA                                                                 \
	"zone: zone example: has no SOA; a zone begins with it: "              \
	"@ SOA ns1 hostmaster 1 2h 30m 2w 10m\n"
#define NO_NS                                                                  \
	"zone: zone example: has no NS at its apex, the names of its "         \
	"servers: @ NS ns1\n"

static void
missing_soa_and_ns_are_told(void **state)
{
	refuse(*state, "@ 60 NS ns.other.\n", NO_SOA);
	refuse(*state, "@ 60 SOA a b 1 2 3 4 5\n", NO_NS);
	refuse(*state, "www 60 A 1.2.3.4\n", NO_SOA NO_NS);
	refuse(*state, "", NO_SOA NO_NS);
}

static void
second_soa_is_told(void **state)
{
	refuse(*state, HEAD "@ 60 SOA ns hostmaster 2 2 3 4 5\n",
	    "zone:3: zone example: example. has a second SOA\n");
	refuse(*state, HEAD "www SOA ns hostmaster 1 2 3 4 5\n",
	    "zone:3: zone example: www.example. has a SOA but is not the "
	    "apex\n");
	/* The same one twice is a duplicate (RFC 2181 §5). */
	take(*state, "@ 60 SOA NS HostMaster 1 2 3 4 5\n", "");
}

static void
cname_beside_data_is_told(void **state)
{
	refuse(*state, HEAD "www CNAME a.\nwww TXT b\n",
	    "zone:3: zone example: www.example. has a CNAME and other data "
	    "(RFC 1034 §3.6.2)\n");
	refuse(*state, HEAD "www CNAME a.\nx A 1.1.1.1\nwww CNAME b.\n",
	    "zone:5: zone example: www.example. has a second CNAME\n");
}

static void
names_outside_are_told(void **state)
{
	refuse(*state, HEAD "www.example.org. A 1.2.3.4\n",
	    "zone:3: zone example: www.example.org. is outside the zone\n");
	refuse(*state, HEAD "notexample. A 1.2.3.4\n",
	    "zone:3: zone example: notexample. is outside the zone\n");
}

static void
data_below_dname_is_told(void **state)
{
	refuse(*state, HEAD "d DNAME other.\na.d A 1.2.3.4\n",
	    "zone:4: zone example: a.d.example. is below a DNAME "
	    "(RFC 6672 §2.4)\n");
	refuse(*state, HEAD "d DNAME other.\nd DNAME another.\n",
	    "zone:4: zone example: d.example. has a second DNAME\n");
}

static void
all_mistakes_are_told(void **state)
{
	refuse(*state,
	    HEAD "a A 1.2.3\nb A 1.2.3.4\n$TTL x\nc BLAH y\nd A 1.1.1.1)\n"
	         "$ORIGIN ..\n$INCLUDE\n@ CH A 1.1.1.1\n",
	    "zone:3: zone example: a.example. A: '1.2.3' is not an IPv4 "
	    "address; write: A 192.0.2.1\n"
	    "zone:5: zone example: $TTL 'x' is not a number of seconds, nor a "
	    "time such as 1h30m\n"
	    "zone:6: zone example: c.example.: 'BLAH' is not a type of "
	    "record\n"
	    "zone:7: zone example: a ')' without a '(' before it\n"
	    "zone:8: zone example: $ORIGIN needs a domain name\n"
	    "zone:9: zone example: $INCLUDE needs the name of a file\n"
	    "zone:10: zone example: example.: class CH: only IN is served\n");
}

/* The scanner finds this mistake in a newline of its own, again and again. */
static void
mistake_at_the_very_end_is_told_once(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_zone(fixture, HEAD "a A (1 \x84\x84");
	assert_in_range(fixture->report.broken, 1, 2);
}

static void
many_mistakes_are_counted(void **state)
{
	struct load_fixture *fixture = *state;
	char text[4096] = HEAD;

	for (int i = 0; i < 50; i++)
		strcat(text, "a A 1.2\n");
	load_fixture_zone(fixture, text);
	assert_int_equal(fixture->report.broken, 21);
	assert_non_null(
	    strstr(fixture->said, "zone: zone example: and 30 more errors\n"));
}

static void
rdata_in_hexadecimal_is_checked(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_zone(fixture, HEAD "a CNAME \\# 2 0361\n");
	assert_int_not_equal(fixture->report.broken, 0);
	load_fixture_zone(fixture, HEAD "a A \\# 3 010203\n");
	assert_int_not_equal(fixture->report.broken, 0);
	const struct dns_zone *zone = take(*state,
	    "a A \\# 4 01020304\nb TYPE65280 \\# 3 aabbcc\n"
	    "c TYPE65281 \\# 0\n",
	    "");

	assert_int_equal(rr_count(zone, "a.example", DNS_TYPE_A), 1);
	assert_int_equal(rr_count(zone, "b.example", 65280), 1);
	assert_int_equal(rr_count(zone, "c.example", 65281), 1);
}

static void
ttls_become_equal(void **state)
{
	const struct dns_zone *zone = take(*state,
	    "a 300 A 1.1.1.1\na 200 A 1.1.1.2\na 250 A 1.1.1.3\n",
	    "warning: zone:4: zone example: a.example. A: the TTLs differ; all "
	    "get 200, the smallest (RFC 2181 §5.2)\n");
	const uint8_t *wire = addresses(zone, "a.example");

	for (size_t i = 0; i < 3; i++)
		assert_int_equal(wire[16 * i + 9], 200);
}

static void
large_ttls_are_zero(void **state)
{
	const struct dns_zone *zone = take(*state,
	    "a 2147483648 A 1.1.1.1\nb 2147483647 A 1.1.1.1\n",
	    "warning: zone:3: zone example: the TTL 2147483648 has its highest "
	    "bit set and is taken for 0 (RFC 2181 §8)\n");

	assert_int_equal(addresses(zone, "a.example")[6], 0);
	assert_int_equal(addresses(zone, "b.example")[6], 0x7f);
}

static void
duplicates_are_collapsed(void **state)
{
	struct load_fixture *fixture = *state;
	char *text = malloc(1 << 20);
	size_t len = (size_t)sprintf(text, "%s", HEAD);

	for (unsigned i = 0; i < 3000; i++)
		len += (size_t)sprintf(text + len, "a A 10.0.%u.%u\n",
		    i % 300 / 256, i % 256 % (i % 300 / 256 == 0 ? 256 : 44));
	sprintf(text + len, "b MX 1 X\nb MX 1 x\nb MX 2 x\n");
	const struct dns_zone *zone = load_fixture_zone(fixture, text);

	assert_int_equal(rr_count(zone, "b.example", DNS_TYPE_MX), 2);
	unsigned count = rr_count(zone, "a.example", DNS_TYPE_A);

	assert_in_range(count, 256, 300);
	free(text);
}

/* Line numbers, $ORIGIN and $TTL stay those of each file (RFC 1035 §5.1). */
static void
includes_nest(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "top",
	    HEAD "$ORIGIN a\n$INCLUDE one\nx A 1.1.1.1\n"
	         "$INCLUDE \"one\" b ; comment\ny A 1.1.1.1\n bad\n");
	load_fixture_write(fixture, "one",
	    "z A 2.2.2.2\n$INCLUDE two ; c\nz2 A 2.2.2.2\n$ORIGIN deep\n"
	    "z3 A 2.2.2.2\n");
	load_fixture_write(fixture, "two", "$ORIGIN two\nq A 3.3.3.3\n");
	load_fixture_load(fixture, "zone \"example\" { file = \"top\" }\n");
	assert_non_null(strstr(fixture->said, "top:8: zone example: "));
	load_fixture_write(fixture, "top",
	    HEAD "$ORIGIN a\n$INCLUDE one\nx A 1.1.1.1\n"
	         "$INCLUDE \"one\" b ; comment\ny A 1.1.1.1\n");
	load_fixture_load(fixture, "zone \"example\" { file = \"top\" }\n");
	assert_string_equal(fixture->said, "");
	const struct dns_zone *zone =
	    dns_catalog_zone(dns_catalog_of(fixture->part), 0);
	static const char *const names[] = {"x.a.example", "y.a.example",
	    "z.a.example", "q.two.a.example", "z2.a.example",
	    "z3.deep.a.example", "z.b.a.example", "q.two.b.a.example",
	    "z3.deep.b.a.example"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(rr_count(zone, names[i], DNS_TYPE_A), 1);
}

static void
errors_are_of_the_included_file(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "top", HEAD "\n\n$INCLUDE one\na A x\n");
	load_fixture_write(fixture, "one", "\n\nb A y\n\n");
	load_fixture_load(fixture, "zone \"example\" { file = \"top\" }\n");
	assert_non_null(strstr(fixture->said, "one:3: zone example: "));
	assert_non_null(strstr(fixture->said, "top:6: zone example: "));
}

static void
bad_includes_are_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "top", HEAD "$INCLUDE two\n$INCLUDE top\n");
	load_fixture_write(fixture, "two", "\n$INCLUDE ./top\n$INCLUDE nil\n");
	load_fixture_load(fixture, "zone \"example\" { file = \"top\" }\n");
	assert_non_null(
	    strstr(fixture->said, "two:2: zone example: $INCLUDE: "));
	assert_non_null(strstr(fixture->said, "top: includes itself\n"));
	assert_non_null(
	    strstr(fixture->said, "nil: No such file or directory\n"));
	assert_non_null(
	    strstr(fixture->said, "top:4: zone example: $INCLUDE: "));
}

static void
includes_show_nothing_of_root(void **state)
{
	struct load_fixture *fixture = *state;

	if (geteuid() != 0)
		skip(); /* only root can read what is not its own */
	load_fixture_write(fixture, "secret", "root:hash:1:2:3\n");
	assert_int_equal(chmod(fixture->files[0], 0600), 0);
	load_fixture_write(fixture, "zone", HEAD "$INCLUDE secret\n");
	assert_int_equal(chown(fixture->files[1], 60001, 60001), 0);
	load_fixture_load(fixture, "zone \"example\" { file = \"zone\" }\n");
	assert_null(strstr(fixture->said, "hash"));
	assert_non_null(
	    strstr(fixture->said, "zone:3: zone example: $INCLUDE: "));
	assert_non_null(strstr(fixture->said,
	    "private to another user than the one who names it"));
}

static void
includes_have_a_depth(void **state)
{
	struct load_fixture *fixture = *state;

	for (int i = 0; i < 20; i++) {
		char name[16], text[128];

		snprintf(name, sizeof(name), "f%d", i);
		snprintf(text, sizeof(text), "%s$INCLUDE f%d\n",
		    i == 0 ? HEAD : "", i + 1);
		load_fixture_write(fixture, name, text);
	}
	load_fixture_load(fixture, "zone \"example\" { file = \"f0\" }\n");
	assert_string_equal(fixture->said,
	    "f16:1: zone example: $INCLUDE within 16 others goes too deep\n");
}

static void
generate_makes_records(void **state)
{
	const struct dns_zone *zone = take(*state,
	    "$GENERATE 1-3 h$ A 10.0.0.$\n"
	    "$GENERATE 8-16/4 x${2,3,X} 60 IN A 10.0.1.${-1}\n"
	    "$GENERATE 0-0 a$$\\.b-${0,2,o} TXT \"$;\" ; comment $\n"
	    "after A 1.1.1.1\n",
	    "");
	static const char *const names[] = {"h1.example", "h2.example",
	    "h3.example", "x00A.example", "x00E.example", "x012.example",
	    "after.example"};
	uint8_t lower[DNS_NAME_MAX];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t len = dns_name_parse(names[i], lower);

		dns_name_lower(lower, lower, len);
		assert_non_null(dns_zone_find(zone, lower, len));
	}
	assert_int_equal(
	    rr_count(zone, "a\\$\\.b-00.example", DNS_TYPE_TXT), 1);
}

static void
bad_generate_is_told(void **state)
{
	refuse(*state,
	    HEAD "$GENERATE a A 1.2.3.4\n$GENERATE 3-1 a$ A 1.2.3.4\n"
	         "$GENERATE 1-2/0 a$ A 1.2.3.4\n"
	         "$GENERATE 0-4294967295 a$ A 1.2.3.4\n$GENERATE 1-2\n"
	         "$GENERATE 1-2 a${-5} A 1.2.3.4\n$GENERATE 1-2 a${q A 1\n"
	         "$GENERATE 1-1 b$ A 1.2.3\n",
	    "zone:3: zone example: $GENERATE needs a range: START-STOP or "
	    "START-STOP/STEP\n"
	    "zone:4: zone example: the range of $GENERATE ends before it "
	    "starts\n"
	    "zone:5: zone example: the step of $GENERATE must be 1 or more\n"
	    "zone:6: zone example: the range of $GENERATE has over 1048576 "
	    "steps\n"
	    "zone:7: zone example: $GENERATE needs a record behind its range\n"
	    "zone:8: zone example: $GENERATE takes ${OFFSET,WIDTH,BASE} with "
	    "base d, o, x or X, and no number below 0\n"
	    "zone:9: zone example: $GENERATE takes ${OFFSET,WIDTH,BASE} with "
	    "base d, o, x or X, and no number below 0\n"
	    "zone:10: zone example: b1.example. A: '1.2.3' is not an IPv4 "
	    "address; write: A 192.0.2.1\n");
}

static void
directives_in_text_are_text(void **state)
{
	const struct dns_zone *zone = take(*state,
	    "a TXT ( \"x\"\n$ORIGIN\n$GENERATE )\nb TXT \"(\" ; (\n"
	    "$ORIGIN sub\nc A 1.1.1.1\n",
	    "");

	assert_int_equal(rr_count(zone, "c.sub.example", DNS_TYPE_A), 1);
	assert_int_equal(rr_count(zone, "a.example", DNS_TYPE_TXT), 1);
}

static void
dos_lines_are_read(void **state)
{
	struct load_fixture *fixture = *state;
	const struct dns_zone *zone = load_fixture_zone(fixture,
	    "$ORIGIN example.\r\n@ 60 SOA a b (1 2\r\n3 4 5 )\r\n@ NS a\r\n"
	    "a A 1.2.3.4\r");

	assert_string_equal(fixture->said, "");
	assert_int_equal(rr_count(zone, "a.example", DNS_TYPE_A), 1);
}

static void
unreadable_files_are_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_load(fixture, "zone \"a\" { file = \"nil\" }\n"
	                           "zone \"b\" { file = \"/dev/null\" }\n"
	                           "zone \"c\" { file = \".\" }\n");
	assert_string_equal(fixture->said,
	    "nil: zone a: cannot be read: No such file or directory\n"
	    "/dev/null: zone b: cannot be read: not a regular file\n"
	    ".: zone c: cannot be read: not a regular file\n");
}

static void
bad_sections_are_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "zone", HEAD);
	load_fixture_load(fixture, "zone \"example\" { file = \"zone\" }\n"
	                           "zone \"EXAMPLE.\" { file = \"zone\" }\n"
	                           "zone \"a..b\" { file = \"zone\" }\n"
	                           "zone \"c\" { }\n");
	assert_string_equal(fixture->said,
	    "conf:3: zone \"EXAMPLE.\" is already defined on line 2\n"
	    "conf:4: zone \"a..b\": not a domain name\n"
	    "conf:5: zone \"c\" needs a file\n");
	assert_int_equal(fixture->report.errors, 3);
	assert_int_equal(dns_catalog_of(fixture->part)->zone_count, 2);
}

/* A zone that breaks keeps its last good data; one that is mended changes. */
static void
broken_zone_keeps_old_data(void **state)
{
	struct load_fixture *fixture = *state;
	const struct dns_zone *zone = take(fixture, "a A 1.1.1.1\n", "");
	uint64_t content = zone->content[0];

	zone = load_fixture_zone_again(fixture, HEAD "a A 1.1.1\n");
	assert_int_equal(fixture->report.broken, 1);
	assert_int_equal(zone->flags, 0);
	assert_int_equal(zone->content[0], content);
	assert_int_equal(rr_count(zone, "a.example", DNS_TYPE_A), 1);
	zone = load_fixture_zone_again(fixture, HEAD "b A 1.1.1.1\n");
	assert_int_equal(rr_count(zone, "a.example", DNS_TYPE_A), 0);
	assert_int_equal(rr_count(zone, "b.example", DNS_TYPE_A), 1);
}

static void
unchanged_zone_is_copied(void **state)
{
	struct load_fixture *fixture = *state;
	static const char text[] = HEAD "a 1 A 1.1.1.1\na 2 A 2.2.2.2\n";
	const struct dns_zone *zone = load_fixture_zone(fixture, text);
	uint32_t size = zone->size;

	assert_string_equal(fixture->said,
	    "warning: zone:4: zone example: a.example. A: the TTLs differ; all "
	    "get 1, the smallest (RFC 2181 §5.2)\n");
	zone = load_fixture_zone_again(fixture, text);
	assert_string_equal(fixture->said, "");
	assert_int_equal(zone->size, size);
	assert_int_equal(rr_count(zone, "a.example", DNS_TYPE_A), 2);
}

static void
changed_include_is_seen(void **state)
{
	struct load_fixture *fixture = *state;
	static const char conf[] = "zone \"example\" { file = \"top\" }\n";

	load_fixture_write(fixture, "top", HEAD "$INCLUDE one\n");
	load_fixture_write(fixture, "one", "a A 1.1.1.1\n");
	load_fixture_load(fixture, conf);
	load_fixture_write(fixture, "one", "b A 1.1.1.1\n");
	load_fixture_load(fixture, conf);
	const struct dns_zone *zone =
	    dns_catalog_zone(dns_catalog_of(fixture->part), 0);

	assert_int_equal(rr_count(zone, "b.example", DNS_TYPE_A), 1);
	assert_int_equal(rr_count(zone, "a.example", DNS_TYPE_A), 0);
}

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function),                       \
		.setup_func = load_fixture_set_up,                             \
		.teardown_func = load_fixture_tear_down                        \
	}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("DNS 62: missing SOA and NS", missing_soa_and_ns_are_told),
	    TEST("DNS 62: a second SOA", second_soa_is_told),
	    TEST("DNS 62, RFC 1034 §3.6.2: CNAME beside other data",
	        cname_beside_data_is_told),
	    TEST("DNS 62: names outside the zone", names_outside_are_told),
	    TEST("DNS 62, RFC 6672 §2.4: data below a DNAME",
	        data_below_dname_is_told),
	    TEST("all mistakes of a file are told", all_mistakes_are_told),
	    TEST("a mistake at the very end is told once",
	        mistake_at_the_very_end_is_told_once),
	    TEST("of many mistakes 20 are told", many_mistakes_are_counted),
	    TEST("DNS 34, RFC 3597 §5: RDATA in hexadecimal",
	        rdata_in_hexadecimal_is_checked),
	    TEST("DNS 31, RFC 2181 §5.2: TTLs become equal", ttls_become_equal),
	    TEST("DNS 31, RFC 2181 §8: large TTLs are zero",
	        large_ttls_are_zero),
	    TEST("DNS 33, RFC 2181 §5: duplicates are collapsed",
	        duplicates_are_collapsed),
	    TEST("RFC 1035 §5.1: includes nest", includes_nest),
	    TEST("errors are of the included file",
	        errors_are_of_the_included_file),
	    TEST("DNS 62: include cycles and missing files",
	        bad_includes_are_told),
	    TEST("includes show nothing of root's",
	        includes_show_nothing_of_root),
	    TEST("DNS 62: include depth", includes_have_a_depth),
	    TEST("$GENERATE makes records", generate_makes_records),
	    TEST("$GENERATE refuses nonsense", bad_generate_is_told),
	    TEST(
	        "directives within text are text", directives_in_text_are_text),
	    TEST("lines may end as on DOS", dos_lines_are_read),
	    TEST("unreadable files are told", unreadable_files_are_told),
	    TEST("bad sections are errors", bad_sections_are_told),
	    TEST(
	        "a broken zone keeps its old data", broken_zone_keeps_old_data),
	    TEST("an unchanged zone is copied", unchanged_zone_is_copied),
	    TEST("a changed include is seen", changed_include_is_seen),
	};

	return cmocka_run_group_tests_name("dns_load", tests, NULL, NULL);
}
