/* dns_load_syntax_test.c — DNS 62: mistakes of the grammar in plain words, and
 * names that were most likely not meant. */
#include "load_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HEAD "$TTL 3600\n@ SOA ns1.o. h 1 7200 3600 604800 300\n@ NS ns1.o.\n"

/* LINES behind the head, in the zone NAME. */
static void
load(struct load_fixture *fixture, const char *name, const char *lines)
{
	char text[4096], conf[256];

	snprintf(text, sizeof(text), HEAD "%s", lines);
	snprintf(conf, sizeof(conf), "zone \"%s\" { file = \"zone\" }\n", name);
	load_fixture_write(fixture, "zone", text);
	fixture->file_count = 1;
	free((void *)(uintptr_t)fixture->part.data);
	fixture->part = (struct span){0};
	load_fixture_load(fixture, conf);
}

/* One line of a zone "example.", the fourth of it, and what is said. */
struct example {
	const char *line;
	const char *said;
};

static void
check(struct load_fixture *fixture, const char *zone,
    const struct example *examples, bool are_errors)
{
	for (; examples->line != NULL; examples++) {
		char said[2048] = "";

		if (examples->said[0] != '\0')
			snprintf(said, sizeof(said), "%szone:4: zone %s: %s\n",
			    are_errors ? "" : "warning: ", zone,
			    examples->said);
		load(fixture, zone, examples->line);
		assert_string_equal(fixture->said, said);
		assert_int_equal(fixture->report.broken, are_errors);
	}
}

static void
dns_62_a_field_is_named(void **state)
{
	static const struct example examples[] = {
	    {"w A 1.2.3", "w.example. A: '1.2.3' is not an IPv4 address; "
	                  "write: A 192.0.2.1"},
	    {"w A 2001:db8::1", "w.example. A: '2001:db8::1' is not an IPv4 "
	                        "address; write: A 192.0.2.1"},
	    {"w AAAA 1::g", "w.example. AAAA: '1::g' is not an IPv6 address; "
	                    "write: AAAA 2001:db8::1"},
	    {"w A", "w.example. A: the IPv4 address is missing; write: A "
	            "192.0.2.1"},
	    {"w A 1.1.1.1 x",
	        "w.example. A: 'x' is one too many; write: A 192.0.2.1"},
	    {"w MX mail", "w.example. MX: the preference 'mail' is not a "
	                  "number; write: MX 10 mail.example.org."},
	    {"w MX 10", "w.example. MX: the mail server is missing; write: MX "
	                "10 mail.example.org."},
	    {"w MX 99999 a", "w.example. MX: the preference '99999' is larger "
	                     "than 65535; write: MX 10 mail.example.org."},
	    {"w SRV 0 5 www", "w.example. SRV: the port 'www' is not a number; "
	                      "write: SRV 0 5 443 www.example.org."},
	    {"@ SOA a b 1 2 3 4",
	        "example. SOA: the minimum is missing; write: SOA "
	        "ns1.example.org. hostmaster.example.org. 1 2h 30m 2w 10m"},
	    {"@ SOA a b@c 1 2 3 4 5",
	        "example. SOA: the mailbox 'b@c' is not a name: a mailbox has "
	        "a dot for its @, as in hostmaster.example.org.; write: SOA "
	        "ns1.example.org. hostmaster.example.org. 1 2h 30m 2w 10m"},
	    {"w TXT \"a", "w.example. TXT: the text '\"a' is not a text: "
	                  "quotes end on the line that they begin on; write: "
	                  "TXT \"any text\""},
	    {"w TLSA 3 1 1",
	        "w.example. TLSA: the data is missing; write: TLSA "
	        "3 1 1 9f3e…"},
	    {"w CNAME a..b", "w.example. CNAME: the name 'a..b' is not a name: "
	                     "nothing stands in front of a dot; write: CNAME "
	                     "www.example.org."},
	    {"w LOC 91 N 1 E 0m",
	        "w.example. LOC: '91' is too large a number here"},
	    {0},
	};

	check(*state, "example", examples, true);
}

static void
dns_62_rfc_1035_2_3_4_names_that_are_none(void **state)
{
	static const struct example examples[] = {
	    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
	     "A 1.1.1.1",
	        "the owner 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' has "
	        "more than 63 bytes between two dots"},
	    {"w CNAME aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	        "w.example. CNAME: the name "
	        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' is a name of more "
	        "than 255 bytes; write: CNAME www.example.org."},
	    {"a!b A 1.1.1.1",
	        "the owner 'a!b' is not a name; other signs than letters, "
	        "digits, - and _ are written with a backslash"},
	    {".a A 1.1.1.1", "the owner '.a' is not a name: nothing stands in "
	                     "front of a dot"},
	    {0},
	};

	check(*state, "example", examples, true);
}

/* RFC 1035 §5.1: \DDD is a byte. */
static void
dns_62_escapes_are_bytes(void **state)
{
	static const struct example examples[] = {
	    {"a\\30 A 1.1.1.1",
	        "the owner 'a\\30' has a backslash and other than three "
	        "digits, 000 to 255, behind it"},
	    {"a\\256 A 1.1.1.1",
	        "the word 'a\\256' has a backslash and other than three "
	        "digits, 000 to 255, behind it"},
	    {"a CNAME ( b\\999 )",
	        "the word 'b\\999' has a backslash and other than three "
	        "digits, 000 to 255, behind it"},
	    {"a TXT \\300",
	        "a.example. TXT: the text '\\300' has a backslash and other "
	        "than three digits, 000 to 255, behind it; write: TXT \"any "
	        "text\""},
	    {0},
	};
	static const struct example right[] = {
	    {"a\\\\999 A 1.1.1.1 ; \\999", ""},
	    {"a\\.\\255\\000\\x A 1.1.1.1 ; \\999", ""},
	    {0},
	};

	check(*state, "example", examples, true);
	check(*state, "example", right, false);
}

static void
dns_62_data_of_its_own_form(void **state)
{
	static const struct example examples[] = {
	    {"a LOC 1 2 3", "a.example. LOC: '3' is not a place such as 52 22 "
	                    "23 N 4 53 32 E -2m"},
	    {"a APL zz", "a.example. APL: 'zz' is not a prefix such as "
	                 "1:192.0.2.0/24"},
	    {"a SVCB 1 . key1=",
	        "a.example. SVCB: the parameter 'key1=' is not one such as "
	        "port=8443; write: SVCB 1 www.example.org. port=8443"},
	    {0},
	};

	check(*state, "example", examples, true);
}

static void
dns_62_neither_type_nor_ttl(void **state)
{
	static const struct example examples[] = {
	    {"w BLAH x", "w.example.: 'BLAH' is not a type of record"},
	    {"w NSEC w A BLAH",
	        "w.example. NSEC: 'BLAH' is not a type of record"},
	    {"w RRSIG ;A", "w.example. RRSIG: the data ends too early"},
	    {"w RRSIG", "w.example. RRSIG: the data ends too early"},
	    {"w NSEC", "w.example. NSEC: the data ends too early"},
	    {"w NSE", "w.example.: 'NSE' is not a type of record"},
	    {"w IN 300", "w.example.: a type and its data are missing"},
	    {"w 1.1.1.1", "w.example.: '1.1.1.1' needs its type in front of "
	                  "it: A, or AAAA"},
	    {"w ::1", "w.example.: '::1' needs its type in front of it: A, or "
	              "AAAA"},
	    {"w 1x A 1.1.1.1",
	        "w.example.: '1x' is neither a TTL nor a type of record"},
	    {"w 9999999999 A 1.1.1.1",
	        "w.example.: '9999999999', the TTL, is larger than "
	        "4294967295"},
	    {" w A 1.1.1.1",
	        "example.: 'w' is not a type of record; a line that begins "
	        "with a blank goes on with the name before it"},
	    {"w IN", "w.example.: a type and its data are missing"},
	    {"$TTL x",
	        "$TTL 'x' is not a number of seconds, nor a time such as "
	        "1h30m"},
	    {"$TTL 60 70", "$TTL '70' is one too many"},
	    {"$TLL 1", "'$TLL' is not a directive; known are $ORIGIN, $TTL, "
	               "$INCLUDE and $GENERATE"},
	    {0},
	};

	check(*state, "example", examples, true);
}

static void
dns_62_parentheses(void **state)
{
	static const struct example examples[] = {
	    {"w A 1.1.1.1 )", "a ')' without a '(' before it"},
	    {"w TXT ( a\nb A 1.1.1.1\n", "a '(' is not closed by a ')'"},
	    {"w A ( 1.1.1.1\n\n", "a '(' is not closed by a ')'"},
	    {"w MX ( 1 a b\nc A 1.1.1.1\nd A 1.1.1.1\n",
	        "w.example. MX: 'b' is one too many; or a ')' is missing in "
	        "front of it"},
	    {"w TXT ( a ( b ) )\n",
	        "a '(' within parentheses; a ')' is missing before it"},
	    {0},
	};

	check(*state, "example", examples, true);
}

/* The line is the one that the mistake is in, or the record's first. */
static void
dns_62_the_line_is_right(void **state)
{
	struct load_fixture *fixture = *state;

	load(fixture, "example",
	    "\n; (\n@ MX (\n1\nmail ) ; x\n\n\nw TXT (\n\"a\"\n\xff )\n"
	    "v AAAA (\n\n1.1.1.1 )\n");
	assert_string_equal(fixture->said,
	    "zone:16: zone example: v.example. AAAA: '1.1.1.1' is not an IPv6 "
	    "address; write: AAAA 2001:db8::1\n");
	load(fixture, "example", "\n; (\n@ MX (\n1\nmail ) ; x\n\n");
	assert_string_equal(fixture->said,
	    "warning: zone:6: zone example: example. MX: mail.example. does "
	    "not exist in the zone; a record is missing, or a final dot\n");
}

static void
dns_62_is_the_final_dot_missing(void **state)
{
#define DOT(name)                                                              \
	name " is what a name without a final dot has become: is the dot "     \
	     "missing?"
	static const struct example examples[] = {
	    {"www.example.org A 1.1.1.1", DOT("www.example.org.example.org.")},
	    {"example.org A 1.1.1.1", DOT("example.org.example.org.")},
	    {"@ MX 1 mail.EXAMPLE.org", DOT("mail.EXAMPLE.org.example.org.")},
	    {"a.example.org MX 1 a.example.org",
	        DOT("a.example.org.example.org.")},
	    {"www.example.org.example.org. A 1.1.1.1", ""},
	    {"wwwexample.org A 1.1.1.1", ""},
	    {"org A 1.1.1.1", ""},
	    {0},
	};
	static const struct example reverse[] = {
	    {"1 PTR www.example.org", DOT("www.example.org.2.0.192.in-addr."
	                                  "arpa.")},
	    {"1 PTR www.example.org.", ""},
	    {"1.2.0.192.in-addr.arpa PTR a.",
	        DOT("1.2.0.192.in-addr.arpa.2.0.192.in-addr.arpa.")},
	    {"1 CNAME 1.0/25", "1.2.0.192.in-addr.arpa. is an alias of 1.0/25."
	                       "2.0.192.in-addr.arpa., which does not exist in "
	                       "the zone; a record is missing, or a final "
	                       "dot"},
	    {0},
	};
	struct load_fixture *fixture = *state;

	check(fixture, "2.0.192.in-addr.arpa", reverse, false);
	load(fixture, "example.org",
	    "$ORIGIN sub.example.org.\nwww.example.org A 1.1.1.1\n");
	assert_string_equal(
	    fixture->said, "warning: zone:5: zone example.org: " DOT(
	                       "www.example.org.sub.example.org.") "\n");
	check(fixture, "example.org", examples, false);
#undef DOT
}

static void
dns_62_an_address_for_a_name(void **state)
{
#define ADDRESS(name)                                                          \
	name " is a name that looks like an address; there belongs the name "  \
	     "of a host, which has the address in its A record"
	static const struct example examples[] = {
	    {"@ MX 1 192.0.2.1", ADDRESS("192.0.2.1.example.")},
	    {"@ NS 192.0.2.1.", ADDRESS("192.0.2.1.")},
	    {"@ MX 1 1.2.3.4.other.", ""},
	    {"1.2.3.4 A 1.2.3.4", ""},
	    {0},
	};

	check(*state, "example", examples, false);
#undef ADDRESS
}

static void
dns_62_a_blank_after_origin(void **state)
{
	struct load_fixture *fixture = *state;

	load(fixture, "example",
	    "a A 1.1.1.1\n$ORIGIN sub.example.\n MX 1 x.other.\n"
	    "b A 1.1.1.1\n$ORIGIN example.\nc A 1.1.1.1\n");
	assert_string_equal(fixture->said,
	    "warning: zone:6: zone example: the line begins with a blank: it "
	    "belongs to a.example., in spite of the $ORIGIN before it\n");
}

static void
dns_62_what_editors_leave(void **state)
{
	struct load_fixture *fixture = *state;
	const struct dns_zone *zone;

	zone = load_fixture_zone(fixture,
	    "\xef\xbb\xbf$TTL 1\r\n@ SOA a. b 1 2 3 4 5\r\n@ NS a.\r\n"
	    "t TXT \"gr\xc3\xbc\xc3\x9f\" ; \xc3\xbc\r\n"
	    "\xc3\xbc A 1.1.1.1");
	assert_string_equal(fixture->said,
	    "warning: zone:5: zone example: \\195\\188.example. has bytes "
	    "beyond ASCII; clients ask for the form of such a name that begins "
	    "with xn--\n");
	const struct dns_node *node = load_fixture_node(zone, "t.example");
	const struct dns_rrset *txt =
	    node == NULL ? NULL : dns_node_find(node, DNS_TYPE_TXT);

	if (txt == NULL)
		abort();
	assert_memory_equal(
	    dns_rrset_wire(zone, txt) + 12, "\6gr\xc3\xbc\xc3\x9f", 7);
	load_fixture_write_bytes(fixture, "zone", "\xff\xfe@\0 \0", 6);
	load_fixture_load(fixture, "zone \"other\" { file = \"zone\" }\n");
	assert_string_equal(fixture->said,
	    "zone: zone other: cannot be read: is UTF-16; save it as UTF-8 or "
	    "ASCII\n");
	load_fixture_write_bytes(fixture, "zone",
	    "$TTL 1\n@ SOA a. b 1 2 3 4 5\n@ NS a.\na\0b A 1.1.1.1\n", 50);
	load_fixture_load(fixture, "zone \"third\" { file = \"zone\" }\n");
	assert_string_equal(fixture->said,
	    "zone:4: zone third: a byte is zero; the file is not text, or "
	    "damaged\n");
}

/* An origin that cannot be read, in a place where the scanner looks for one,
 * once took half of the place of the origin before it. */
static void
dns_62_a_broken_origin_leaves_the_one_before(void **state)
{
	struct load_fixture *fixture = *state;

	load(fixture, "example.",
	    "x A (\n$ORIGIN .o\n$ORIGIN else.where`\nb A 1\n");
	assert_non_null(strstr(fixture->said, "zone:6: "));
	assert_non_null(strstr(
	    fixture->said, "zone:7: zone example.: b.example. A: '1' is not"));
}

#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(                                       \
	    function, load_fixture_set_up, load_fixture_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(dns_62_a_field_is_named),
	    TEST(dns_62_rfc_1035_2_3_4_names_that_are_none),
	    TEST(dns_62_escapes_are_bytes),
	    TEST(dns_62_data_of_its_own_form),
	    TEST(dns_62_neither_type_nor_ttl),
	    TEST(dns_62_parentheses),
	    TEST(dns_62_the_line_is_right),
	    TEST(dns_62_is_the_final_dot_missing),
	    TEST(dns_62_an_address_for_a_name),
	    TEST(dns_62_a_blank_after_origin),
	    TEST(dns_62_what_editors_leave),
	    TEST(dns_62_a_broken_origin_leaves_the_one_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
