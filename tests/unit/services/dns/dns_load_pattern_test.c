/* dns_load_pattern_test.c — zones = { "PATTERN" }. */
#include "load_records.h"
#include "services/dns/dns_load_pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HEAD "@ 3600 SOA ns hostmaster 1 2 3 4 5\n@ NS ns.other.\n"

static void
name_is(const char *path, const char *expected)
{
	char name[64];

	assert_true(dns_load_pattern_name(path, name, sizeof(name)));
	assert_string_equal(name, expected);
}

static void
files_say_their_zones(void **state)
{
	(void)state;
	name_is("/etc/zones/example.org.zone", "example.org");
	name_is("example.org", "example.org");
	name_is("zones/db.example.org", "example.org");
	name_is("db.example.org.zone", "db.example.org");
	name_is("root.zone", ".");
	name_is("db.root", ".");
	name_is("..zone", ".");
	name_is("2.0.192.in-addr.arpa.zone", "2.0.192.in-addr.arpa");
	name_is(".zone", ".zone");
	name_is("zone", "zone");
}

static void
too_long_names_are_none(void **state)
{
	char name[4];

	(void)state;
	assert_true(dns_load_pattern_name("abc.zone", name, sizeof(name)));
	assert_false(dns_load_pattern_name("abcd.zone", name, sizeof(name)));
}

static void
each_file_is_a_zone(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "a.test.zone", HEAD "w A 192.0.2.1\n");
	load_fixture_write(fixture, "B.test.zone", HEAD "w A 192.0.2.2\n");
	load_fixture_write(fixture, "db.c.test", HEAD "w A 192.0.2.3\n");
	load_fixture_write(fixture, "root.zone",
	    "@ 3600 SOA w hostmaster 1 2 3 4 5\n@ NS w\nw A 192.0.2.4\n");
	load_fixture_write(fixture, "notes", "no zone\n");
	load_fixture_load(
	    fixture, "zones = { \"*.zone\", \"db.*\", \"a*.zone\" }\n");
	assert_string_equal(fixture->said,
	    "warning: conf:2: zone \"B.test\" lies in zone \".\", which has "
	    "no NS for it: who asks from there will not find it\n"
	    "warning: conf:2: zone \"a.test\" lies in zone \".\", which has "
	    "no NS for it: who asks from there will not find it\n"
	    "warning: conf:2: zone \"c.test\" lies in zone \".\", which has "
	    "no NS for it: who asks from there will not find it\n");
	assert_int_equal(dns_catalog_of(fixture->part)->zone_count, 4);
	assert_string_equal(
	    load_records(fixture, "w.a.test", DNS_TYPE_A), "3600 A c0000201\n");
	assert_string_equal(
	    load_records(fixture, "w.b.test", DNS_TYPE_A), "3600 A c0000202\n");
	assert_string_equal(
	    load_records(fixture, "w.c.test", DNS_TYPE_A), "3600 A c0000203\n");
	assert_string_equal(
	    load_records(fixture, "w", DNS_TYPE_A), "3600 A c0000204\n");
}

/* What a section says counts, and the file that it does not name is the one of
 * its name. */
static void
sections_come_first(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "a.test.zone", HEAD "w A 192.0.2.1\n");
	load_fixture_write(fixture, "b.test.zone", HEAD "w A 192.0.2.2\n");
	load_fixture_write(fixture, "other", HEAD "w A 192.0.2.3\n");
	load_fixture_write(
	    fixture, "2.0.192.in-addr.arpa.zone", HEAD "7 PTR seven.\n");
	load_fixture_load(fixture,
	    "zones = \"*.zone\"\n"
	    "zone \"A.test.\" { file = \"a.test.zone\" }\n"
	    "zone \"b.test\" { file = \"other\" }\n"
	    "zone \"192.0.2.0/24\" { reverse = true }\n");
	char expected[256];

	snprintf(expected, sizeof(expected),
	    "warning: conf:2: %s/b.test.zone is not read: zone \"b.test\" has "
	    "another file on line 4\n",
	    fixture->folder);
	assert_string_equal(fixture->said, expected);
	assert_int_equal(dns_catalog_of(fixture->part)->zone_count, 3);
	assert_string_equal(
	    load_records(fixture, "w.b.test", DNS_TYPE_A), "3600 A c0000203\n");
	assert_string_equal(
	    load_records(fixture, "1.2.0.192.in-addr.arpa", DNS_TYPE_PTR),
	    "3600 TYPE12 w.a.test.\n");
	assert_string_equal(
	    load_records(fixture, "7.2.0.192.in-addr.arpa", DNS_TYPE_PTR),
	    "3600 TYPE12 seven.\n");
}

static void
two_files_of_one_name_are_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "a.zone", HEAD "w A 192.0.2.1\n");
	load_fixture_write(fixture, "db.A", HEAD "w A 192.0.2.2\n");
	load_fixture_load(fixture, "zones = {\n\"*.zone\",\n\"db.*\" }\n");
	assert_non_null(strstr(fixture->said, "conf:4: "));
	assert_non_null(
	    strstr(fixture->said, "both say to be zone \"a\": the first is "
	                          "taken\n"));
	assert_int_equal(fixture->report.errors, 0);
	assert_int_equal(fixture->report.broken, 1);
	assert_string_equal(
	    load_records(fixture, "w.a", DNS_TYPE_A), "3600 A c0000201\n");
}

static void
patterns_without_files_are_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "a..b.zone", HEAD);
	load_fixture_load(fixture,
	    "zones = { \"*.none\",\n\"none/*.zone\",\n\"\",\n\".\",\n"
	    "\"*.zone\" }\n");
	char expected[512];

	snprintf(expected, sizeof(expected),
	    "warning: conf:2: 'zones': no file matches \"*.none\"\n"
	    "conf:3: 'zones': the folder of \"none/*.zone\" is not there\n"
	    "conf:4: 'zones': \"\": not a pattern of paths\n"
	    "warning: conf:5: 'zones': \".\" is a folder: its files are "
	    "\"./*.zone\"\n"
	    "conf:6: %s/a..b.zone: its name is no zone's name\n",
	    fixture->folder);
	assert_string_equal(fixture->said, expected);
	assert_int_equal(fixture->report.errors, 1);
	assert_int_equal(fixture->report.broken, 2);
}

/* New files are new zones, and those that go away go away. */
static void
files_come_and_go(void **state)
{
	struct load_fixture *fixture = *state;
	char path[128];

	load_fixture_write(fixture, "a.zone", HEAD "w A 192.0.2.1\n");
	load_fixture_load(fixture, "zones = \"*.zone\"\n");
	load_fixture_write(fixture, "b.zone", HEAD "w A 192.0.2.2\n");
	snprintf(path, sizeof(path), "%s/a.zone", fixture->folder);
	unlink(path);
	load_fixture_load(fixture, "zones = \"*.zone\"\n");
	assert_string_equal(fixture->said, "");
	assert_string_equal(
	    load_records(fixture, "w.a", DNS_TYPE_A), "no zone");
	assert_string_equal(
	    load_records(fixture, "w.b", DNS_TYPE_A), "3600 A c0000202\n");
}

#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(                                       \
	    function, load_fixture_set_up, load_fixture_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(files_say_their_zones),
	    cmocka_unit_test(too_long_names_are_none),
	    TEST(each_file_is_a_zone),
	    TEST(sections_come_first),
	    TEST(two_files_of_one_name_are_told),
	    TEST(patterns_without_files_are_told),
	    TEST(files_come_and_go),
	};

	return cmocka_run_group_tests_name(
	    "dns_load_pattern", tests, NULL, NULL);
}
