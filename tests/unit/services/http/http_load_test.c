/* The http section → the image → what a worker has. */
#include "load_fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HASH "$2y$05$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/* LINES are read without a word. */
static const struct http_loaded *
take(struct load_fixture *fixture, const char *lines)
{
	bool is_read = load_fixture_load(fixture, lines);

	assert_string_equal(fixture->said, "");
	assert_true(is_read);
	return &fixture->loaded;
}

/* LINES are told of as SAID. */
static void
refuse(struct load_fixture *fixture, const char *lines, const char *said)
{
	(void)load_fixture_load(fixture, lines);
	assert_string_equal(fixture->said, said);
}

static void
assert_span(struct span span, const char *text)
{
	assert_int_equal(span.len, strlen(text));
	assert_memory_equal(span.data, text, span.len);
}

static const struct http_location *
location_of(const struct http_site *site, const char *path)
{
	return http_site_location(
	    site, (struct span){(const uint8_t *)path, strlen(path)});
}

/* The root of SITE is the folder NAME. */
static void
assert_root(const struct load_fixture *fixture, const struct http_site *site,
    const char *name)
{
	char path[64];
	struct stat is, wanted;

	snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	assert_int_equal(fstat(site->root, &is), 0);
	assert_int_equal(stat(path, &wanted), 0);
	assert_true(is.st_ino == wanted.st_ino);
}

static void
a_root_alone_brings_the_defaults(void **state)
{
	struct load_fixture *fixture = *state;
	const struct http_loaded *loaded = take(fixture, "root = \"a\"");
	const struct http_site *site = loaded->sites.sites;

	assert_int_equal(loaded->sites.site_count, 1);
	assert_int_equal(loaded->sites.host_count, 0);
	assert_root(fixture, site, "a");
	assert_span(site->name, "");
	assert_int_equal(site->index_count, 1);
	assert_string_equal(site->indexes[0], "index.html");
	assert_int_equal(site->symlinks, HTTP_SYMLINKS_BENEATH);
	assert_true(site->has_variants);
	assert_int_equal(site->location_count, 1);
	assert_span(site->locations[0].prefix, "");
	assert_span(site->locations[0].fields, "");
	assert_false(site->locations[0].is_listed);
	assert_int_equal(site->locations[0].user_count, 0);
	assert_int_equal(site->locations[0].redirect.len, 0);
	assert_int_equal(site->error_page_count, 0);
	assert_int_equal(loaded->limits.head_ms, 10000);
	assert_int_equal(loaded->limits.body_ms, 15000);
	assert_int_equal(loaded->limits.idle_ms, 15000);
	assert_int_equal(loaded->cache_entries, 1024);
	assert_int_equal(loaded->cache_size, 16 << 20);
	assert_int_equal(loaded->access_log.kind, HTTP_LOAD_LOG_OFF);
	assert_int_equal(loaded->access_log.fd, -1);
	assert_span(loaded->always, "Server: netlabd\r\n");
	assert_false(loaded->accepts_bare_lf);
}

static void
http_44_rfc_9110_10_2_4_every_key_arrives(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "a/e.html", "e");
	const struct http_loaded *loaded =
	    take(fixture, "root = \"a\"\n"
	                  "index = { \"x\", \"y.html\" }\n"
	                  "listing = true\n"
	                  "symlinks = \"never\"\n"
	                  "precompressed = false\n"
	                  "server_header = false\n"
	                  "nosniff = true\n"
	                  "bare_lf = true\n"
	                  "header_timeout = 1\n"
	                  "body_timeout = 2\n"
	                  "idle_timeout = 3600\n"
	                  "cache_entries = 4\n"
	                  "cache_size = 2\n"
	                  "access_log = \"syslog\"\n"
	                  "access_log_format = \"json\"\n"
	                  "mime_types = \"\"\n"
	                  "error_page \"404\" { file = \"/e.html\" }\n");
	const struct http_site *site = loaded->sites.sites;

	assert_int_equal(site->index_count, 2);
	assert_string_equal(site->indexes[1], "y.html");
	assert_true(site->locations[0].is_listed);
	assert_int_equal(site->symlinks, HTTP_SYMLINKS_NEVER);
	assert_false(site->has_variants);
	assert_span(loaded->always, "X-Content-Type-Options: nosniff\r\n");
	assert_true(loaded->accepts_bare_lf);
	assert_int_equal(loaded->limits.head_ms, 1000);
	assert_int_equal(loaded->limits.body_ms, 2000);
	assert_int_equal(loaded->limits.idle_ms, 3600000);
	assert_int_equal(loaded->cache_entries, 4);
	assert_int_equal(loaded->cache_size, 2 << 20);
	assert_int_equal(loaded->access_log.kind, HTTP_LOAD_LOG_SYSLOG);
	assert_true(loaded->access_log.is_json);
	assert_int_equal(loaded->mimes.count, 0);
	assert_span(
	    http_site_error_page(site, HTTP_STATUS_NOT_FOUND), "/e.html");
	assert_int_equal(
	    http_site_error_page(site, HTTP_STATUS_FORBIDDEN).len, 0);
}

static void
sites_inherit_what_they_leave_out(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "a/e.html", "e");
	load_fixture_write(fixture, "b/f.html", "f");
	const struct http_loaded *loaded =
	    take(fixture, "root = \"a\"\n"
	                  "index = { \"x\" }\n"
	                  "listing = true\n"
	                  "symlinks = \"follow\"\n"
	                  "error_page \"404\" { file = \"/e.html\" }\n"
	                  "error_page \"403\" { file = \"/e.html\" }\n"
	                  "location \"/only-here\" { lab = true }\n"
	                  "site \"b.test\" {\n"
	                  "  root = \"b\"\n"
	                  "  error_page \"404\" { file = \"/f.html\" }\n"
	                  "}\n"
	                  "site \"c\" {\n"
	                  "  root = \"b\"\n"
	                  "  hostnames = { \"C.test.\", \"[::1]\" }\n"
	                  "  index = { \"y\" }\n"
	                  "  listing = false\n"
	                  "  symlinks = \"beneath\"\n"
	                  "  precompressed = false\n"
	                  "}\n");
	const struct http_site *sites = loaded->sites.sites;

	assert_int_equal(loaded->sites.site_count, 3);
	assert_root(fixture, &sites[0], "a");
	assert_root(fixture, &sites[1], "b");
	assert_int_equal(sites[0].location_count, 2);

	assert_int_equal(sites[1].index, 1);
	assert_span(sites[1].name, "b.test");
	assert_string_equal(sites[1].indexes[0], "x");
	assert_true(sites[1].locations[0].is_listed);
	assert_int_equal(sites[1].location_count, 1);
	assert_int_equal(sites[1].symlinks, HTTP_SYMLINKS_FOLLOW);
	assert_span(
	    http_site_error_page(&sites[1], HTTP_STATUS_NOT_FOUND), "/f.html");
	assert_span(
	    http_site_error_page(&sites[1], HTTP_STATUS_FORBIDDEN), "/e.html");

	assert_string_equal(sites[2].indexes[0], "y");
	assert_false(sites[2].locations[0].is_listed);
	assert_int_equal(sites[2].symlinks, HTTP_SYMLINKS_BENEATH);
	assert_false(sites[2].has_variants);

	assert_int_equal(loaded->sites.host_count, 3);
	assert_span(loaded->sites.hosts[0].name, "[::1]");
	assert_span(loaded->sites.hosts[1].name, "b.test");
	assert_int_equal(loaded->sites.hosts[1].site, 1);
	assert_span(loaded->sites.hosts[2].name, "c.test");
	assert_int_equal(loaded->sites.hosts[2].site, 2);
}

static void
without_a_root_the_first_site_is_the_default(void **state)
{
	struct load_fixture *fixture = *state;
	const struct http_loaded *loaded =
	    take(fixture, "site \"x.test\" { root = \"b\" }\n"
	                  "site \"y.test\" { root = \"a\" }\n");

	assert_int_equal(loaded->sites.site_count, 2);
	assert_span(loaded->sites.sites[0].name, "x.test");
	assert_root(fixture, &loaded->sites.sites[0], "b");
}

static void
a_location_has_what_those_around_it_have(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "pw", "alice:" HASH "\n");
	load_fixture_write(fixture, "pw2", "bob:" HASH "\ncarol:" HASH "\n");
	const struct http_loaded *loaded = take(fixture,
	    "root = \"a\"\n"
	    "location \"/\" {\n"
	    "  headers = { \"X-A: 1\", \"X-B:2 \" } cache_control = \"c\"\n"
	    "}\n"
	    "location \"/in/\" {\n"
	    "  headers = { \"x-a: 3\" } auth_file = \"pw\" listing = true\n"
	    "}\n"
	    "location \"/in/side\" { headers = { \"Cache-Control: d\" } }\n"
	    "location \"/in/other\" {\n"
	    "  auth_file = \"pw2\" auth_realm = \"R\" listing = false\n"
	    "}\n"
	    "location \"/in/open\" { auth_file = \"\" }\n"
	    "location \"/inside\" { lab = true }\n");
	const struct http_site *site = loaded->sites.sites;
	const struct http_location *location = location_of(site, "x");

	assert_int_equal(site->location_count, 6);
	assert_span(
	    location->fields, "Cache-Control: c\r\nX-A: 1\r\nX-B: 2\r\n");
	assert_false(location->is_listed);
	assert_int_equal(location->user_count, 0);

	location = location_of(site, "in/x");
	assert_span(location->prefix, "in");
	assert_span(
	    location->fields, "Cache-Control: c\r\nX-B: 2\r\nx-a: 3\r\n");
	assert_true(location->is_listed);
	assert_int_equal(location->user_count, 1);
	assert_span(location->users[0].name, "alice");
	assert_string_equal(location->users[0].hash, HASH);
	assert_span(location->realm, "Restricted");

	location = location_of(site, "in/side/x");
	assert_span(
	    location->fields, "X-B: 2\r\nx-a: 3\r\nCache-Control: d\r\n");
	assert_true(location->is_listed);
	assert_int_equal(location->user_count, 1);

	location = location_of(site, "in/other");
	assert_int_equal(location->user_count, 2);
	assert_span(location->users[1].name, "carol");
	assert_span(location->realm, "R");
	assert_false(location->is_listed);

	assert_int_equal(location_of(site, "in/open")->user_count, 0);
	location = location_of(site, "inside");
	assert_true(location->is_lab);
	assert_int_equal(location->user_count, 0);
}

static void
a_redirect_and_a_decoded_prefix_arrive(void **state)
{
	struct load_fixture *fixture = *state;
	const struct http_loaded *loaded = take(fixture,
	    "root = \"a\"\n"
	    "location \"/%6fld%20one//x/\" { redirect = \"/new\" }\n"
	    "location \"/t\" {\n"
	    "  redirect = \"https://other.test/\" redirect_status = 307\n"
	    "}\n");
	const struct http_location *location =
	    location_of(loaded->sites.sites, "old one/x/y");

	assert_span(location->prefix, "old one/x");
	assert_span(location->redirect, "/new");
	assert_int_equal(location->redirect_status, HTTP_STATUS_MOVED);
	location = location_of(loaded->sites.sites, "t");
	assert_span(location->redirect, "https://other.test/");
	assert_int_equal(location->redirect_status, HTTP_STATUS_TEMPORARY);
}

static void
the_log_is_opened_for_appending(void **state)
{
	struct load_fixture *fixture = *state;
	struct stat st;

	take(fixture, "root = \"a\"\naccess_log = \"log\"");
	assert_int_equal(fixture->fd_count, 2);
	load_fixture_path(fixture, "log");
	const struct http_load_log *log = &fixture->loaded.access_log;

	assert_int_equal(log->kind, HTTP_LOAD_LOG_FILE);
	assert_int_equal(log->fd, fixture->fds[1]);
	assert_false(log->is_json);
	assert_int_equal(fcntl(log->fd, F_GETFL) & (O_ACCMODE | O_APPEND),
	    O_WRONLY | O_APPEND);
	assert_int_equal(fstat(log->fd, &st), 0);
	assert_int_equal(st.st_mode, S_IFREG | 0640);
	assert_int_equal(write(log->fd, "x", 1), 1);
	take(fixture, "root = \"a\"\naccess_log = \"log\"");
	assert_int_equal(fstat(fixture->loaded.access_log.fd, &st), 0);
	assert_int_equal(st.st_size, 1);
}

static void
a_log_is_not_written_through_a_link(void **state)
{
	struct load_fixture *fixture = *state;
	struct stat st;

	load_fixture_write(fixture, "victim", "x");
	const char *victim = fixture->files[fixture->file_count - 1];
	const char *log = load_fixture_path(fixture, "log");

	assert_int_equal(symlink(victim, log), 0);
	refuse(fixture, "root = \"a\"\naccess_log = \"log\"",
	    "conf:4: log: is a symbolic link\n");
	assert_int_equal(remove(victim), 0);
	refuse(fixture, "root = \"a\"\naccess_log = \"log\"",
	    "conf:4: log: is a symbolic link\n");
	assert_int_equal(stat(victim, &st), -1);
	assert_int_equal(remove(log), 0);
	assert_int_equal(mkfifo(log, 0600), 0);
	refuse(fixture, "root = \"a\"\naccess_log = \"log\"",
	    "conf:4: log: nobody reads from it\n");
	refuse(fixture, "root = \"a\"\naccess_log = \"b\"",
	    "conf:4: b: Is a directory\n");
	take(fixture, "root = \"a\"\naccess_log = \"/dev/null\"");
}

/* Who asks for a password file by its name does not get it unawares. */
static void
what_must_not_be_served_is_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "b/pw", "alice:" HASH "\n");
	load_fixture_write(fixture, "b/.pw", "alice:" HASH "\n");
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
	refuse(*state,
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

	refuse(fixture, "index = { \"x\" }",
	    "conf:1: http needs a root: the folder that holds its files\n");
	refuse(fixture, "root = \"none\"", "conf:3: none: no such folder\n");
	refuse(fixture,
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
	refuse(*state,
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
	refuse(*state,
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
	refuse(*state,
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
	refuse(*state, lines,
	    "conf:5: the headers of a location, with those of the locations "
	    "around it, are at most 2048 bytes\n");
	snprintf(lines, sizeof(lines),
	    "root = \"a\"\nlocation \"/\" { headers = { \"A: %s\",\n \"B: %s\" "
	    "} }\n",
	    value, value);
	refuse(*state, lines,
	    "conf:4: the headers of a location are at most 2048 bytes\n");
}

static void
contradictions_are_told(void **state)
{
	refuse(*state,
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
	refuse(fixture, lines, "conf:67: at most 64 sites\n");
	take(fixture, lines + strlen("root = \"a\"\n"));
	assert_int_equal(fixture->loaded.sites.site_count, HTTP_SITE_MAX);
	len = (size_t)snprintf(lines, sizeof(lines), "root = \"a\"\n");
	for (int i = 0; i < HTTP_SITE_LOCATION_MAX; i++)
		len += (size_t)snprintf(lines + len, sizeof(lines) - len,
		    "location \"/%d\" { }\n", i);
	refuse(fixture, lines,
	    "conf:1: at most 64 locations, the whole site among them\n");
}

/* Whatever a part holds, reading it ends, with or without success, and nothing
 * outside of it is looked at. */
static void
a_broken_part_is_refused(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "pw", "alice:" HASH "\n");
	take(fixture, "root = \"a\" mime_types = \"\"\n"
	              "location \"/x\" { auth_file = \"pw\" }\n"
	              "site \"b\" { root = \"b\" }\n");
	http_load_memory_release(&fixture->loaded.memory);
	size_t size = fixture->part.len;

	for (size_t len = 0; len < size; len++) {
		uint8_t *copy = malloc(len + 1);

		assert_non_null(copy);
		memcpy(copy, fixture->part.data, len);
		if (load_fixture_read(fixture, (struct span){copy, len}))
			http_load_memory_release(&fixture->loaded.memory);
		free(copy);
	}
	for (size_t at = 0; at < size; at++)
		for (unsigned bit = 0; bit < 8; bit++) {
			uint8_t *copy = malloc(size);

			assert_non_null(copy);
			memcpy(copy, fixture->part.data, size);
			copy[at] ^= (uint8_t)(1u << bit);
			if (load_fixture_read(
			        fixture, (struct span){copy, size}))
				http_load_memory_release(
				    &fixture->loaded.memory);
			free(copy);
		}
	fixture->fd_count = 1;
	assert_false(load_fixture_read(fixture, fixture->part));
	fixture->fd_count = 2;
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(                                       \
	    name, load_fixture_set_up, load_fixture_tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(a_root_alone_brings_the_defaults),
	    TEST(http_44_rfc_9110_10_2_4_every_key_arrives),
	    TEST(sites_inherit_what_they_leave_out),
	    TEST(without_a_root_the_first_site_is_the_default),
	    TEST(a_location_has_what_those_around_it_have),
	    TEST(a_redirect_and_a_decoded_prefix_arrive),
	    TEST(the_log_is_opened_for_appending),
	    TEST(a_log_is_not_written_through_a_link),
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
	    TEST(a_broken_part_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
