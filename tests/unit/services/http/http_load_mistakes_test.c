/* What is wrong in the http section, and how it is told of. */
#include "load_fixture.h"

/* Who asks for a password file by its name does not get it unawares. */
static void
what_must_not_be_served_is_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "b/pw", "alice:" LOAD_FIXTURE_HASH "\n");
	load_fixture_write(fixture, "b/.pw", "alice:" LOAD_FIXTURE_HASH "\n");
	load_fixture_path(fixture, "a/log");
	assert_true(load_fixture_load(fixture,
	    "root = \"a\"\naccess_log = \"b/../a/log\"\n"
	    "location \"/x\" { auth_file = \"b/.pw\" }\n"
	    "site \"b\" { root = \"b\"\n"
	    "location \"/y\" { auth_file = \"b/pw\" } }"));
	assert_string_equal(fixture->said,
	    "warning: conf:7: b/pw: lies beneath a root, so that anybody can "
	    "fetch it: move it, or begin its name with a dot\n"
	    "warning: conf:4: b/../a/log: lies beneath a root, so that anybody "
	    "can fetch it: move it, or begin its name with a dot\n");
	assert_true(load_fixture_load(
	    fixture, "root = \"/\"\nlocation \"/x\" { auth_file = \"b/pw\" }"));
	assert_string_equal(fixture->said,
	    "warning: conf:4: b/pw: lies beneath a root, so that anybody can "
	    "fetch it: move it, or begin its name with a dot\n");
}

static void
mistakes_in_numbers_and_words_are_told(void **state)
{
	load_fixture_refuse(*state,
	    "root = \"a\"\nheader_timeout = 0\nbody_timeout = 3601\n"
	    "cache_entries = 3\ncache_size = 0\nsymlinks = \"x\"\n"
	    "access_log_format = \"xml\"\naccess_log = \"no/log\"\n"
	    "mime_types = \"no/types\"",
	    "conf:4: 'header_timeout' is from 1 to 3600, not 0\n"
	    "conf:5: 'body_timeout' is from 1 to 3600, not 3601\n"
	    "conf:6: 'cache_entries' is from 4 to 1048576, not 3\n"
	    "conf:7: 'cache_size' is from 1 to 16384, not 0\n"
	    "conf:8: 'symlinks' is \"beneath\", \"follow\" or \"never\", not "
	    "\"x\"\n"
	    "conf:11: no/types: No such file or directory\n"
	    "conf:9: 'access_log_format' is \"combined\" or \"json\", not "
	    "\"xml\"\n"
	    "conf:10: no/log: No such file or directory\n");
}

static void
mistakes_in_sites_are_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_refuse(fixture, "index = { \"x\" }",
	    "conf:1: http needs a root: the folder that holds its files\n");
	load_fixture_refuse(
	    fixture, "root = \"none\"", "conf:3: none: no such folder\n");
	load_fixture_refuse(fixture,
	    "location \"/x\" { }\n"
	    "site \"one\" { }\n"
	    "site \"two\" { root = \"b\"\n hostnames = { \"ONE\" } }\n"
	    "site \"3\" { root = \"b\"\n hostnames = { \"*.x\", \"a:80\", "
	    "\"::1\", \"\", \"-a\", \"a..b\" } }\n"
	    "site \"no name\" { root = \"b\" symlinks = \"x\" }",
	    "conf:3: a location outside of all sites needs a root beside it\n"
	    "conf:4: site one needs a root: the folder that holds its files\n"
	    "conf:6: \"ONE\" leads to a site already, on line 4\n"
	    "conf:8: \"*.x\": each host name is written out: there are no "
	    "patterns\n"
	    "conf:8: \"a:80\": a host name without scheme and port: one site "
	    "answers on all ports\n"
	    "conf:8: \"::1\": an IPv6 address is written in brackets, as in a "
	    "URL\n"
	    "conf:8: \"\": not a host name\n"
	    "conf:8: \"-a\": not a host name\n"
	    "conf:8: \"a..b\": not a host name\n"
	    "conf:9: site \"no name\" needs hostnames: its own name is none\n"
	    "conf:9: 'symlinks' is \"beneath\", \"follow\" or \"never\", not "
	    "\"x\"\n");
}

/* Told at the load, rather than by 403 to everybody. */
static void
a_root_that_cannot_be_entered_is_told(void **state)
{
	struct load_fixture *fixture = *state;
	const uid_t nobody = 65534;
	char path[64];

	if (geteuid() != 0)
		skip(); /* nobody else can be two */
	snprintf(path, sizeof(path), "%s/a", fixture->folder);
	assert_int_equal(chmod(path, 0700), 0);
	assert_int_equal(chown(fixture->folder, nobody, nobody), 0);
	assert_int_equal(seteuid(nobody), 0);
	(void)load_fixture_load(fixture, "root = \"a\"");
	assert_int_equal(seteuid(0), 0);
	assert_string_equal(fixture->said,
	    "conf:3: a: Permission denied to user nobody, by it or a folder "
	    "above\n");
}

static void
mistakes_in_error_pages_are_told(void **state)
{
	char path[64];
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "a/long.html", "");
	load_fixture_write(fixture, "a/full.html", "");
	snprintf(path, sizeof(path), "%s/a/long.html", fixture->folder);
	assert_int_equal(truncate(path, 16385), 0);
	snprintf(path, sizeof(path), "%s/a/full.html", fixture->folder);
	assert_int_equal(truncate(path, 16384), 0);
	load_fixture_refuse(*state,
	    "root = \"a\"\n"
	    "error_page \"200\" { file = \"/x\" }\n"
	    "error_page \"4040\" { file = \"/x\" }\n"
	    "error_page \"404\" { file = \"x\" }\n"
	    "error_page \"403\" { }\n"
	    "error_page \"405\" { file = \"/../x\" }\n"
	    "error_page \"500\" { file = \"/none\" }\n"
	    "error_page \"503\" { file = \"/long.html\" }\n"
	    "error_page \"401\" { file = \"/full.html\" }\n",
	    "conf:4: error_page \"200\": not an error that this server answers "
	    "with\n"
	    "conf:5: error_page \"4040\": not an error that this server "
	    "answers with\n"
	    "conf:6: error_page \"404\" needs a file: a path beneath the root, "
	    "as in a URL, like \"/errors/404.html\"\n"
	    "conf:7: error_page \"403\" needs a file: a path beneath the root, "
	    "as in a URL, like \"/errors/403.html\"\n"
	    "conf:8: \"/../x\": not the path of a file that is served\n"
	    "warning: conf:9: /none: there is no such file beneath the root: "
	    "the page that is built in is sent\n"
	    "warning: conf:10: /long.html: an error page has at most 16384 "
	    "bytes: the page that is built in is sent\n");
}

static void
mistakes_in_prefixes_are_told(void **state)
{
	load_fixture_refuse(*state,
	    "root = \"a\"\n"
	    "location \"a\" { }\n"
	    "location \"/a/../b\" { }\n"
	    "location \"/.\" { }\n"
	    "location \"/.git\" { }\n"
	    "location \"/.well-known\" { }\n"
	    "location \"/%2e%2e\" { }\n"
	    "location \"/a?b\" { }\n"
	    "location \"/a/\" { }\n"
	    "location \"//%61\" { }\n",
	    "conf:4: location \"a\": a location's prefix begins with \"/\"\n"
	    "conf:5: location \"/a/../b\": a location's prefix has no \".\" "
	    "and \"..\" in it\n"
	    "conf:6: location \"/.\": a location's prefix has no \".\" and "
	    "\"..\" in it\n"
	    "conf:7: location \"/.git\": a location's prefix is never served: "
	    "names that begin with a dot are hidden, but for /.well-known\n"
	    "conf:9: location \"/%2e%2e\": a location's prefix has an escape "
	    "that is none: \"%\" and two hexadecimal digits\n"
	    "conf:10: location \"/a?b\": a location's prefix is a path alone: "
	    "\"?\" and \"#\" are written %3F and %23 in it\n"
	    "conf:12: location \"//%61\" is the same as location \"/a/\" on "
	    "line 11\n");
}

static void
mistakes_in_headers_are_told(void **state)
{
	load_fixture_refuse(*state,
	    "root = \"a\"\n"
	    "location \"/\" { cache_control = \"x\" headers = { \"X\",\n"
	    "\"X Y: 1\",\n"
	    "\"X-A: a\\nb\",\n"
	    "\"content-LENGTH: 1\",\n"
	    "\"cache-control: 1\",\n"
	    "\": 1\",\n"
	    "\"X-Fine:\" } }\n"
	    "location \"/b\" { cache_control = \"a\\rb\" }\n",
	    "conf:4: \"X\": a header is written \"Name: value\"\n"
	    "conf:5: \"X Y: 1\": the name of a header is letters, digits and "
	    "hyphens, and its colon follows at once\n"
	    "conf:6: \"X-A: a?b\": a header is one line without control "
	    "characters\n"
	    "conf:7: \"content-LENGTH: 1\": this header is the server's own to "
	    "say\n"
	    "conf:8: \"cache-control: 1\": 'cache_control' says that already\n"
	    "conf:9: \": 1\": the name of a header is letters, digits and "
	    "hyphens, and its colon follows at once\n"
	    "conf:11: 'cache_control' is text like \"no-cache\" or "
	    "\"max-age=3600\", not \"a?b\"\n");
}

/* Two kilobytes are two kilobytes, in one location or in two. */
static void
headers_are_bounded(void **state)
{
	char value[1200], lines[4096];

	memset(value, 'v', sizeof(value) - 1);
	value[sizeof(value) - 1] = '\0';
	snprintf(lines, sizeof(lines),
	    "root = \"a\"\nlocation \"/\" { headers = { \"A: %s\" } }\n"
	    "location \"/b\" { headers = { \"B: %s\" } }\n"
	    "location \"/c\" { headers = { \"a: %s\" } }\n",
	    value, value, value);
	load_fixture_refuse(*state, lines,
	    "conf:5: the headers of a location, with those of the locations "
	    "around it, are at most 2048 bytes\n");
	snprintf(lines, sizeof(lines),
	    "root = \"a\"\nlocation \"/\" { headers = { \"A: %s\",\n \"B: %s\" "
	    "} }\n",
	    value, value);
	load_fixture_refuse(*state, lines,
	    "conf:4: the headers of a location are at most 2048 bytes\n");
}

static void
contradictions_are_told(void **state)
{
	load_fixture_refuse(*state,
	    "root = \"a\"\n"
	    "location \"/1\" { redirect = \"/1/x\" }\n"
	    "location \"/2\" { redirect = \"ftp://x\"\n lab = true }\n"
	    "location \"/3\" { redirect = \"//evil\" }\n"
	    "location \"/4\" { redirect = \"http:///x\" }\n"
	    "location \"/5\" { redirect = \"/a?b\" redirect_status = 200 }\n"
	    "location \"/6\" { redirect_status = 301\n auth_realm = \"x\" }\n"
	    "location \"/7\" { redirect = \"/1 2\" }\n"
	    "location \"/8\" { lab = true listing = true }\n"
	    "location \"/9\" { redirect = \"/1\"\n headers = { \"A: b\" } }\n",
	    "conf:6: 'lab' means nothing beside 'redirect': all is moved\n"
	    "conf:5: \"ftp://x\": the target of a redirect is a path that "
	    "begins with one \"/\", or a URL of http or https\n"
	    "conf:7: \"//evil\": the target of a redirect is a path that "
	    "begins with one \"/\", or a URL of http or https\n"
	    "conf:8: \"http:///x\": the target of a redirect names a host "
	    "behind \"://\"\n"
	    "conf:9: 'redirect_status' is 301, 302, 307 or 308, not 200\n"
	    "conf:9: \"/a?b\": the target of a redirect has no query or "
	    "fragment: what follows the prefix, and the query asked with, go "
	    "behind it\n"
	    "conf:10: 'redirect_status' means nothing without 'redirect'\n"
	    "conf:11: 'auth_realm' means nothing without 'auth_file'\n"
	    "conf:12: \"/1 2\": the target of a redirect is written as in a "
	    "URL: other bytes as \"%\" and two hexadecimal digits\n"
	    "conf:13: a lab location has no folders to list\n"
	    "conf:15: 'headers' means nothing beside 'redirect': all is "
	    "moved\n"
	    "conf:4: \"/1/x\" lies in this location itself: that would go "
	    "round for ever\n");
}

static void
too_many_are_told(void **state)
{
	struct load_fixture *fixture = *state;
	char lines[8192] = "root = \"a\"\n";
	size_t len = strlen(lines);

	for (int i = 0; i < HTTP_SITE_MAX; i++)
		len += (size_t)snprintf(lines + len, sizeof(lines) - len,
		    "site \"s%d\" { root = \"b\" }\n", i);
	load_fixture_refuse(fixture, lines, "conf:67: at most 64 sites\n");
	load_fixture_take(fixture, lines + strlen("root = \"a\"\n"));
	assert_int_equal(fixture->loaded.sites.site_count, HTTP_SITE_MAX);
	len = (size_t)snprintf(lines, sizeof(lines), "root = \"a\"\n");
	for (int i = 0; i < HTTP_SITE_LOCATION_MAX; i++)
		len += (size_t)snprintf(lines + len, sizeof(lines) - len,
		    "location \"/%d\" { }\n", i);
	load_fixture_refuse(fixture, lines,
	    "conf:1: at most 64 locations, the whole site among them\n");
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(                                       \
	    name, load_fixture_set_up, load_fixture_tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(what_must_not_be_served_is_told),
	    TEST(mistakes_in_numbers_and_words_are_told),
	    TEST(mistakes_in_sites_are_told),
	    TEST(a_root_that_cannot_be_entered_is_told),
	    TEST(mistakes_in_error_pages_are_told),
	    TEST(mistakes_in_prefixes_are_told),
	    TEST(mistakes_in_headers_are_told),
	    TEST(headers_are_bounded),
	    TEST(contradictions_are_told),
	    TEST(too_many_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
