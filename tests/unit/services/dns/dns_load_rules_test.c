/* dns_load_rules_test.c — DNS 62: what is said about a zone that is broken or
 * makes little sense. */
#include "load_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Four lines, to which tests add. */
#define HEAD                                                                   \
	"$TTL 3600\n@ SOA ns1 hostmaster 1 7200 3600 604800 300\n@ NS ns1\n"   \
	"ns1 A 192.0.2.1\n"

#define E(line, text) "zone:" #line ": zone example: " text "\n"
#define W(line, text) "warning: " E(line, text)
#define NO_SOA                                                                 \
	"zone: zone example: has no SOA; a zone begins with it: @ SOA ns1 "    \
	"hostmaster 1 2h 30m 2w 10m\n"
#define NO_NS                                                                  \
	"zone: zone example: has no NS at its apex, the names of its "         \
	"servers: @ NS ns1\n"

struct example {
	const char *text; /* of the whole zone */
	const char *said;
};

/* Each is refused, and says just this. */
static void
refuse(struct load_fixture *fixture, const struct example *examples)
{
	for (; examples->text != NULL; examples++) {
		const struct dns_zone *zone =
		    load_fixture_zone(fixture, examples->text);

		assert_string_equal(fixture->said, examples->said);
		assert_int_equal(zone->flags, DNS_ZONE_FAILED);
	}
}

/* Each is served, and says just this. */
static void
serve(struct load_fixture *fixture, const struct example *examples)
{
	for (; examples->text != NULL; examples++) {
		const struct dns_zone *zone =
		    load_fixture_zone(fixture, examples->text);

		assert_string_equal(fixture->said, examples->said);
		assert_int_equal(zone->flags, 0);
		assert_int_equal(fixture->report.broken, 0);
	}
}

/* ------------------------------------------------------------------ errors */

static void
dns_62_rfc_1035_5_2_apex(void **state)
{
	static const struct example examples[] = {
	    {"$TTL 1\n@ NS a.\n", NO_SOA},
	    {"$TTL 1\n@ SOA a. b 1 2 3 4 5\n", NO_NS},
	    {"$TTL 1\nx A 1.1.1.1\n", NO_SOA NO_NS},
	    {"", NO_SOA NO_NS},
	    {HEAD "sub SOA a b 1 2 3 4 5\n",
	        E(5, "sub.example. has a SOA but is not the apex")},
	    {HEAD "@ SOA ns1 hostmaster 2 7200 3600 604800 300\n",
	        E(5, "example. has a second SOA")},
	    {0},
	};

	refuse(*state, examples);
}

static void
dns_62_rfc_1034_3_6_2_cname_beside_other_data(void **state)
{
	static const struct example examples[] = {
	    {HEAD "a CNAME ns1\na A 1.1.1.1\n",
	        E(5, "a.example. has a CNAME and other data (RFC 1034 "
	             "§3.6.2)")},
	    {HEAD "@ CNAME ns1\n",
	        E(5, "example. has a CNAME and other data (RFC 1034 §3.6.2)")},
	    {HEAD "a CNAME ns1\na CNAME example.\n",
	        E(6, "a.example. has a second CNAME")},
	    {HEAD "a CNAME ns1\na DNAME ns1\n",
	        E(5, "a.example. has a CNAME and other data (RFC 1034 "
	             "§3.6.2)")},
	    {0},
	};

	refuse(*state, examples);
}

static void
dns_62_rfc_6672_2_4_data_below_a_dname(void **state)
{
	static const struct example examples[] = {
	    {HEAD "a DNAME b\nx.a A 1.1.1.1\n",
	        E(6, "x.a.example. is below a DNAME (RFC 6672 §2.4)")},
	    {HEAD "a DNAME b\na DNAME c\n",
	        E(6, "a.example. has a second DNAME")},
	    {0},
	};

	refuse(*state, examples);
}

static void
dns_62_out_of_zone_data(void **state)
{
	static const struct example examples[] = {
	    {HEAD "www.example.org. A 1.1.1.1\n",
	        E(5, "www.example.org. is outside the zone")},
	    {HEAD "notexample. A 1.1.1.1\n",
	        E(5, "notexample. is outside the zone")},
	    {"$TTL 1\n$ORIGIN other.\n@ SOA a b 1 2 3 4 5\n@ NS a.\n",
	        E(3, "other. is outside the zone: is the file that of another "
	             "zone?") E(4, "other. is outside the zone")},
	    {0},
	};

	refuse(*state, examples);
}

static void
dns_62_what_is_no_data(void **state)
{
	static const struct example examples[] = {
	    {HEAD "a CH A 1.1.1.1\n",
	        E(5, "a.example.: class CH: only IN is served")},
	    {HEAD "a TYPE255 \\# 0\n",
	        E(5, "a.example.: no zone has data of type 255")},
	    {HEAD "a TYPE41 \\# 0\n",
	        E(5, "a.example.: no zone has data of type 41")},
	    {HEAD "a TYPE1 \\# 3 010203\n",
	        E(5, "a.example. A: the data is not what its type demands")},
	    {0},
	};

	refuse(*state, examples);
}

/* What follows from a mistake is not told as another one. */
static void
dns_62_nothing_is_told_twice(void **state)
{
	static const struct example examples[] = {
	    {"$TTL 1\n@ SOA a b x 2 3 4 5\n@ NS n.\nn A 1.1.1\n"
	     "m CNAME n\n@ MX 1 n\n",
	        E(2, "example. SOA: the serial 'x' is not a number; write: SOA "
	             "ns1.example.org. hostmaster.example.org. 1 2h 30m 2w "
	             "10m") E(4, "n.example. A: '1.1.1' is not an IPv4 "
	                         "address; write: A 192.0.2.1")},
	    {"$TTL 1\n@ SOA a b 1 2 3 4 5\n@ NS\n",
	        E(3, "example. NS: the name server is missing; write: NS "
	             "ns1.example.org.")},
	    {HEAD "a..b A 1.1.1.1\n  TXT x\n\tMX 1 ns1\nc A 1\n",
	        E(5, "the owner 'a..b' is not a name: nothing stands in front "
	             "of a dot") E(8, "c.example. A: '1' is not an IPv4 "
	                              "address; write: A 192.0.2.1")},
	    {HEAD "a MX ( x\n ns1 ) ; ( \nb A 1\n",
	        E(5, "a.example. MX: the preference 'x' is not a number; "
	             "write: MX 10 mail.example.org.")
	            E(7, "b.example. A: '1' is not an IPv4 address; write: A "
	                 "192.0.2.1")},
	    {"$TTL 1\n$INCLUDE /nil/nil\nwww CNAME ns1\n",
	        E(2, "$INCLUDE: /nil/nil: No such file or directory")},
	    {0},
	};
	struct load_fixture *fixture = *state;

	refuse(fixture, examples);
}

/* The rules are looked at behind mistakes of the grammar, too, and warnings
 * come with errors: all in one pass. */
static void
dns_62_everything_in_one_pass(void **state)
{
	static const struct example examples[] = {
	    {HEAD "a A 1.1\nb CNAME ns1\nb TXT x\nc DNAME b\nx.c A 1.1.1.1\n"
	          "d 1 A 1.1.1.1\nd 2 A 1.1.1.2\n@ MX 1 b\nz.org. A 1.1.1.1\n",
	        E(5, "a.example. A: '1.1' is not an IPv4 address; write: A "
	             "192.0.2.1") E(13, "z.org. is outside the zone") E(6,
	            "b.example. has a CNAME and other data (RFC 1034 "
	            "§3.6.2)") E(9, "x.c.example. is below a DNAME (RFC 6672 "
	                            "§2.4)")
	            W(11, "d.example. A: the TTLs differ; all get "
	                  "1, the smallest (RFC 2181 §5.2)")
	                W(12, "example. MX: b.example. is an "
	                      "alias; it must be the name that "
	                      "has the addresses (RFC 2181 "
	                      "§10.3)")},
	    {0},
	};

	refuse(*state, examples);
}

/* Of each kind twenty lines, so that one kind does not hide the others. */
static void
dns_62_twenty_lines_of_each_kind(void **state)
{
	struct load_fixture *fixture = *state;
	char text[8192] = HEAD "a CNAME ns1\na TXT x\n";

	for (int i = 0; i < 50; i++)
		strcat(text, "a A 1.2\nb.org. A 1.1.1.1\n");
	load_fixture_zone(fixture, text);
	assert_int_equal(fixture->report.broken, 42);
	assert_non_null(strstr(fixture->said, "a CNAME and other data"));
	assert_non_null(
	    strstr(fixture->said, "zone: zone example: and 60 more errors\n"));
}

/* ---------------------------------------------------------------- warnings */

static void
dns_62_rfc_2181_10_3_targets(void **state)
{
	static const struct example examples[] = {
	    {HEAD "@ NS c\nc CNAME ns1\n",
	        W(5, "example. NS: c.example. is an alias; it must be the name "
	             "that has the addresses (RFC 2181 §10.3)")},
	    {HEAD "@ MX 1 c\nc CNAME ns1\n",
	        W(5, "example. MX: c.example. is an alias; it must be the name "
	             "that has the addresses (RFC 2181 §10.3)")},
	    {HEAD "@ MX 1 a.d\nd DNAME ns1\n",
	        W(5, "example. MX: a.d.example. is an alias; it must be the "
	             "name that has the addresses (RFC 2181 §10.3)")},
	    {HEAD "_x._tcp SRV 0 0 1 c\nc CNAME ns1\n",
	        W(5, "_x._tcp.example. SRV: c.example. is an alias; it must be "
	             "the name that has the addresses (RFC 2181 §10.3)")},
	    {HEAD "@ MX 1 c\n",
	        W(5, "example. MX: c.example. does not exist in the zone; a "
	             "record is missing, or a final dot")},
	    {HEAD "@ MX 1 c\n@ NS c\nx MX 2 C\nc TXT x\n",
	        W(6, "example. NS: c.example. has no address, neither A nor "
	             "AAAA")},
	    /* No host; elsewhere; by a wildcard; known by others. */
	    {HEAD "@ MX 0 .\n_x._tcp SRV 0 0 0 .\nx MX 1 a.other.\n"
	          "y MX 1 a.w\n*.w A 1.1.1.1\nz MX 1 a.s\ns NS other.\n",
	        ""},
	    {0},
	};

	serve(*state, examples);
}

static void
dns_62_rfc_1034_4_2_1_glue_and_occlusion(void **state)
{
	static const struct example examples[] = {
	    {HEAD "sub NS ns.sub\n",
	        W(5, "sub.example. NS: ns.sub.example. lies in what it serves "
	             "and has no address here: without this glue nobody finds "
	             "it (RFC 1034 §4.2.1)")},
	    {HEAD "sub NS ns.sub\nns.sub A 1.1.1.1\nsub TXT x\n",
	        W(7, "sub.example. has data that is never answered, since "
	             "sub.example. is delegated by its NS")},
	    {HEAD "sub NS ns.sub\nns.sub A 1.1.1.1\nwww.sub MX 1 x\n",
	        W(7, "www.sub.example. has data that is never answered, since "
	             "sub.example. is delegated by its NS")},
	    {HEAD "sub NS sub\nsub AAAA ::1\nns.sub A 1.1.1.1\n", ""},
	    {0},
	};

	serve(*state, examples);
}

static void
dns_62_aliases_that_lead_nowhere(void **state)
{
	static const struct example examples[] = {
	    {HEAD "a CNAME b\n",
	        W(5, "a.example. is an alias of b.example., which does not "
	             "exist in the zone; a record is missing, or a final "
	             "dot")},
	    {HEAD "a CNAME a\n", W(5, "a.example. is an alias that leads back "
	                              "to itself, by a.example.")},
	    {HEAD "c CNAME b\nx CNAME a\na CNAME c\nb CNAME a\n",
	        W(7, "a.example. is an alias that leads back to itself, by "
	             "c.example.")},
	    {HEAD "a CNAME www.other.\nb CNAME x.w\n*.w TXT x\nc CNAME x.s\n"
	          "s NS n.other.\nd CNAME x.d2\nd2 DNAME other.\n",
	        ""},
	    {0},
	};
	struct load_fixture *fixture = *state;
	char text[1024] = HEAD "l0 A 1.1.1.1\n";

	serve(fixture, examples);
	for (int i = 0; i < 18; i++) {
		char line[64];

		snprintf(line, sizeof(line), "l%d CNAME l%d\n", i + 1, i);
		strcat(text, line);
	}
	const struct example chain[] = {
	    {text, W(22, "l17.example. begins a chain of more than 16 "
	                 "aliases, and that is where the answer ends")
	               W(23, "l18.example. begins a chain of more than 16 "
	                     "aliases, and that is where the answer ends")},
	    {0},
	};

	serve(fixture, chain);
}

static void
dns_62_what_makes_little_sense(void **state)
{
	static const struct example examples[] = {
	    {"$TTL 1\n@ SOA a. b 1 7200 3600 3600 300\n@ NS a.\n",
	        W(2, "example. has a SOA that expires before it is refreshed "
	             "(RFC 1912 §2.2)")},
	    {"$TTL 2d\n@ SOA a. b 1 1 1 1 86401\n@ NS a.\n",
	        W(2, "example. has a SOA by which resolvers believe for over a "
	             "day that a name does not exist: its last number (RFC "
	             "2308 §5)")},
	    {HEAD "*.a NS a.\n",
	        W(5, "*.a.example. is a wildcard that delegates, which servers "
	             "treat in different ways (RFC 4592 §4.2)")},
	    {HEAD "*.a DNAME a.\n",
	        W(5, "*.a.example. is a wildcard with a DNAME, which servers "
	             "treat in different ways (RFC 4592 §4.4)")},
	    {HEAD "a DS 1 8 2 "
	          "0000000000000000000000000000000000000000000000000000000000"
	          "000000\n",
	        W(5, "a.example. has a DS but no NS: it is no delegation (RFC "
	             "4035 §2.4)")},
	    {HEAD "@ DS 1 8 2 "
	          "0000000000000000000000000000000000000000000000000000000000"
	          "000000\n",
	        W(5, "example. is the apex: its DS belongs into the parent's "
	             "zone (RFC 4035 §2.4)")},
	    {0},
	};

	serve(*state, examples);
}

static void
dns_62_rfc_2308_4_which_ttl_is_taken(void **state)
{
	static const struct example examples[] = {
	    {"@ SOA a. b 1 2 3 4 5\n@ NS a.\n",
	        W(1, "neither the record nor a $TTL before it says the TTL: "
	             "3600 seconds are taken")},
	    {"@ 7 SOA a. b 1 2 3 4 5\n@ NS a.\n@ 9 MX 1 a.\n@ TXT x\n"
	     "$TTL 11\nx TXT x\n",
	        ""},
	    {0},
	};
	struct load_fixture *fixture = *state;

	serve(fixture, examples);
	const struct dns_zone *zone =
	    load_fixture_zone(fixture, examples[1].text);
	static const struct {
		const char *name;
		uint16_t type;
		uint8_t ttl;
	} sets[] = {
	    {"example", DNS_TYPE_NS, 7},
	    {"example", DNS_TYPE_MX, 9},
	    {"example", DNS_TYPE_TXT, 9},
	    {"x.example", DNS_TYPE_TXT, 11},
	};

	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		const struct dns_node *node =
		    load_fixture_node(zone, sets[i].name);
		const struct dns_rrset *rrset =
		    node == NULL ? NULL : dns_node_find(node, sets[i].type);

		if (rrset == NULL)
			abort();
		assert_int_equal(dns_rrset_wire(zone, rrset)[9], sets[i].ttl);
	}
}

/* A good zone with something of everything says nothing. */
static void
dns_62_a_good_zone_says_nothing(void **state)
{
	static const struct example examples[] = {
	    {"; comment\n\n$ORIGIN example.\n$TTL 1h\n"
	     "@\tIN\tSOA ns1 hostmaster (\n\t2026112101 ; serial\n\t2h\n\t30m\n"
	     "\t2w\n\t10m )\n\tNS\tns1\n\tNS ns2.other.\n\tMX 10 mail\n"
	     "\tTXT \"v=spf1 -all\" ( \"a\"\n  \"b\" )\n"
	     "ns1 A 192.0.2.1\n AAAA 2001:db8::1\nmail A 192.0.2.2\n"
	     "*.wild A 192.0.2.3\nexample A 192.0.2.4\n"
	     "www.example.example. A 192.0.2.4\nwww CNAME ns1\n"
	     "$ORIGIN sub.example.\n@ NS ns\nns A 192.0.2.5\n"
	     "$ORIGIN example.\n_s._tcp SRV 0 0 1 ns1\n1.2.3.4 A 192.0.2.6\n",
	        ""},
	    {0},
	};

	serve(*state, examples);
}

#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(                                       \
	    function, load_fixture_set_up, load_fixture_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(dns_62_rfc_1035_5_2_apex),
	    TEST(dns_62_rfc_1034_3_6_2_cname_beside_other_data),
	    TEST(dns_62_rfc_6672_2_4_data_below_a_dname),
	    TEST(dns_62_out_of_zone_data),
	    TEST(dns_62_what_is_no_data),
	    TEST(dns_62_nothing_is_told_twice),
	    TEST(dns_62_everything_in_one_pass),
	    TEST(dns_62_twenty_lines_of_each_kind),
	    TEST(dns_62_rfc_2181_10_3_targets),
	    TEST(dns_62_rfc_1034_4_2_1_glue_and_occlusion),
	    TEST(dns_62_aliases_that_lead_nowhere),
	    TEST(dns_62_what_makes_little_sense),
	    TEST(dns_62_rfc_2308_4_which_ttl_is_taken),
	    TEST(dns_62_a_good_zone_says_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
