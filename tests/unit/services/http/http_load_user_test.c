/* Password files: what is taken, and what is told of the rest. */
#include "load_fixture.h"

#include "services/http/http_load_user.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define D31 "AAAAAAAAAABBBBBBBBBBCCCCCCCCCC."
#define D43 D31 "abcdefghijkl"
#define D86 D43 D43
#define BCRYPT(cost) "$2y$" cost "$abcdefghijklmnopqrstuv" D31
#define LINES "root = \"a\"\nlocation \"/x\" { auth_file = \"pw\" }\n"

static void
hashes_of_today_are_taken(void **state)
{
	static const char *const good[] = {
	    BCRYPT("05"),
	    BCRYPT("10"),
	    "$2a$10$abcdefghijklmnopqrstuv" D31,
	    "$2b$10$abcdefghijklmnopqrstuv" D31,
	    "$6$salt$" D86,
	    "$6$rounds=100000$salt$" D86,
	    "$5$salt$" D43,
	    "$y$j9T$salt$" D43,
	    "$y$jAT$salt$" D43,
	    "$gy$j9T$salt$" D43,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_null(http_load_user_hash_fault(good[i]));
}

static void
others_are_refused_with_a_way_out(void **state)
{
	static const struct {
		const char *hash, *said;
	} bad[] = {
	    {"", "htpasswd -B"},
	    {"secret", "htpasswd -B"},
	    {"abJnggxhB/yWI", "openssl passwd -6"},
	    {"$apr1$salt$ABCDEFGHIJKLMNOPQRSTUV", "htpasswd -B"},
	    {"$1$salt$ABCDEFGHIJKLMNOPQRSTUV", "htpasswd -B"},
	    {"{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=", "htpasswd -B"},
	    {"$2y$", "not whole"},
	    {"$2y$05", "not whole"},
	    {"$2y$05$short", "not whole"},
	    {BCRYPT("05") "x", "not whole"},
	    {BCRYPT("+5"), "not whole"},
	    {BCRYPT("11"), "-C 8"},
	    {BCRYPT("31"), "-C 8"},
	    {"$6$", "not whole"},
	    {"$6$salt", "not whole"},
	    {"$6$salt$" D43, "not whole"},
	    {"$6$rounds=100001$salt$" D86, "-C 8"},
	    {"$6$rounds=99999999999999999999$salt$" D86, "-C 8"},
	    {"$5$salt$" D86, "not whole"},
	    {"$y$", "not whole"},
	    {"$y$j9T$salt$short", "not whole"},
	    {"$y$jFT$salt$" D43, "-C 8"},
	    {"$y$$" D43, "not whole"},
	    {"$y$j$" D43, "-C 8"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *fault = http_load_user_hash_fault(bad[i].hash);

		assert_non_null(fault);
		assert_non_null(strstr(fault, bad[i].said));
	}
}

static void
a_file_is_read_to_its_end(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "pw",
	    "# people\n\nalice:" BCRYPT("05") "\r\n"
	                                      "b o b:$5$salt$" D43
	                                      ":what htpasswd leaves\n"
	                                      "last:$6$salt$" D86);
	assert_true(load_fixture_load(fixture, LINES));
	assert_string_equal(fixture->said, "");
	const struct http_location *location =
	    &fixture->loaded.sites.sites[0].locations[0];

	assert_int_equal(location->user_count, 3);
	assert_string_equal(location->users[0].hash, BCRYPT("05"));
	assert_int_equal(location->users[1].name.len, 5);
	assert_memory_equal(location->users[1].name.data, "b o b", 5);
	assert_string_equal(location->users[1].hash, "$5$salt$" D43);
	assert_string_equal(location->users[2].hash, "$6$salt$" D86);
}

static void
mistakes_have_their_own_lines(void **state)
{
	struct load_fixture *fixture = *state;
	char text[1024], name[200];

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	snprintf(text, sizeof(text),
	    "alice:" BCRYPT("05") "\nbob\n:" BCRYPT("05") "\n%s:" BCRYPT(
	        "05") "\n"
	              "a\tb:" BCRYPT("05") "\nalice:" BCRYPT(
	                  "05") "\n"
	                        "carol:secret\n",
	    name);
	load_fixture_write(fixture, "pw", text);
	assert_false(load_fixture_load(fixture, LINES));
	assert_string_equal(fixture->said,
	    "pw:2: a line is USER:HASH; there is no colon in it\n"
	    "pw:3: the name of the user is missing\n"
	    "pw:4: the name of the user is too long\n"
	    "pw:5: a control character in the name of the user\n"
	    "pw:6: this user has a line already\n"
	    "pw:7: this kind of hash is not known or too weak: write the line "
	    "anew with 'htpasswd -B' or 'openssl passwd -6'\n");
}

static void
files_that_help_nobody_are_told(void **state)
{
	struct load_fixture *fixture = *state;

	assert_false(load_fixture_load(fixture, LINES));
	assert_string_equal(
	    fixture->said, "conf:4: pw: No such file or directory\n");
	load_fixture_write(fixture, "pw", "# nobody\n");
	assert_false(load_fixture_load(fixture, LINES));
	assert_string_equal(
	    fixture->said, "conf:4: pw: has no user: nobody could come in\n");
	load_fixture_write(fixture, "pw", "alice:" BCRYPT("05"));
	chmod(fixture->files[fixture->file_count - 1], 0644);
	assert_true(load_fixture_load(fixture, LINES));
	assert_string_equal(fixture->said,
	    "warning: conf:4: pw: everybody on this machine can read the "
	    "hashes; chmod o= takes that away\n");
	assert_false(load_fixture_load(
	    fixture, "root = \"a\" location \"/x\" { auth_file = \".\" }"));
	assert_string_equal(fixture->said, "conf:3: .: is a directory\n");
	assert_false(load_fixture_load(fixture,
	    "root = \"a\" location \"/x\" { auth_file = \"pw\" auth_realm = "
	    "\"a\\\"b\" }"));
	assert_string_equal(fixture->said,
	    "conf:3: 'auth_realm' is a text of at most 128 bytes, without "
	    "quotes and backslashes\n");
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(                                       \
	    name, load_fixture_set_up, load_fixture_tear_down)
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hashes_of_today_are_taken),
	    cmocka_unit_test(others_are_refused_with_a_way_out),
	    TEST(a_file_is_read_to_its_end),
	    TEST(mistakes_have_their_own_lines),
	    TEST(files_that_help_nobody_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
