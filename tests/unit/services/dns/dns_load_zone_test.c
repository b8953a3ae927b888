/* dns_load_zone_test.c — what a reload makes of zones: by content. */
#include "load_records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HEAD(serial)                                                           \
	"@ 3600 SOA ns hostmaster " serial " 2 3 4 5\n@ NS ns.other.\n"
#define CONF "zone \"example\" { file = \"zone\" }\n"

/* TEXT is loaded, which says SAID. */
static void
load(struct load_fixture *fixture, const char *text, const char *said)
{
	load_fixture_write(fixture, "zone", text);
	load_fixture_load(fixture, CONF);
	fixture->file_count--;
	assert_string_equal(fixture->said, said);
	assert_int_equal(fixture->report.broken, 0);
}

static void
a_forgotten_serial_is_told(void **state)
{
	struct load_fixture *fixture = *state;

	load(fixture, HEAD("7"), "");
	load(fixture, HEAD("7") "a A 192.0.2.1\n",
	    "warning: zone:1: zone example: has changed, but its serial 7 has "
	    "not grown from 7: secondaries will not see it (RFC 1982)\n");
	/* The change is there all the same. */
	assert_string_equal(load_records(fixture, "a.example", DNS_TYPE_A),
	    "3600 A c0000201\n");
	load(fixture, HEAD("8") "a A 192.0.2.2\n", "");
	load(fixture, HEAD("5") "a A 192.0.2.2\n",
	    "warning: zone:1: zone example: has changed, but its serial 5 has "
	    "not grown from 8: secondaries will not see it (RFC 1982)\n");
	load_fixture_write(fixture, "zone", HEAD("5"));
}

/* RFC 1982 §3.2: half of the numbers are greater than any. */
static void
rfc_1982_3_2_serials_wrap(void **state)
{
	struct load_fixture *fixture = *state;

	load(fixture, HEAD("4294967295"), "");
	load(fixture, HEAD("3") "a A 192.0.2.1\n", "");
	load(fixture, HEAD("2147483650") "a A 192.0.2.2\n", "");
	load_fixture_write(fixture, "zone", HEAD("1"));
}

/* Comments, order and spelling of times are no changes of the zone. */
static void
other_text_for_the_same_data_is_no_change(void **state)
{
	struct load_fixture *fixture = *state;

	load(fixture, HEAD("7") "a 60 A 192.0.2.1\nb 60 A 192.0.2.2\n", "");
	load(fixture,
	    "; twice\n" HEAD("7") "b 1m A 192.0.2.2\na 60 A 192.0.2.1\n", "");
	load_fixture_write(fixture, "zone", HEAD("1"));
}

static void
a_serial_that_grows_alone_is_taken(void **state)
{
	struct load_fixture *fixture = *state;

	load(fixture, HEAD("7"), "");
	load(fixture, HEAD("8"), "");
	assert_int_equal(load_records_serial(fixture, "example"), 8);
	load_fixture_write(fixture, "zone", HEAD("1"));
}

/* A zone that had no file and gets one, and the way back. */
static void
files_come_to_made_zones(void **state)
{
	struct load_fixture *fixture = *state;
	static const char made[] = "hosts \"example\" { address = \"::1\" }\n";
	static const char of_file[] =
	    "zone \"example\" { file = \"zone\" }\n"
	    "hosts \"example\" { address = \"::1\" }\n";

	load_fixture_write(fixture, "zone", HEAD("2026112101"));
	load_fixture_load(fixture, of_file);
	assert_int_equal(load_records_serial(fixture, "example"), 2026112101U);
	/* The time is not greater: 1 is added instead. */
	load_fixture_load(fixture, made);
	assert_string_equal(fixture->said, "");
	assert_int_equal(load_records_serial(fixture, "example"), 2026112102U);
	load_fixture_load(fixture, of_file);
	assert_string_equal(fixture->said, "");
	assert_int_equal(load_records_serial(fixture, "example"), 2026112103U);
}

#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(                                       \
	    function, load_fixture_set_up, load_fixture_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_forgotten_serial_is_told),
	    TEST(rfc_1982_3_2_serials_wrap),
	    TEST(other_text_for_the_same_data_is_no_change),
	    TEST(a_serial_that_grows_alone_is_taken),
	    TEST(files_come_to_made_zones),
	};

	return cmocka_run_group_tests_name("dns_load_zone", tests, NULL, NULL);
}
