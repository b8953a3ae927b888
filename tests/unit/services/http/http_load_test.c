/* The http section → the image → what a worker has. */
#include "load_fixture.h"

#include <fcntl.h>

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
	const struct http_loaded *loaded =
	    load_fixture_take(fixture, "root = \"a\"");
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
	const struct http_loaded *loaded = load_fixture_take(fixture,
	    "root = \"a\"\n"
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
	const struct http_loaded *loaded = load_fixture_take(fixture,
	    "root = \"a\"\n"
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
	    load_fixture_take(fixture, "site \"x.test\" { root = \"b\" }\n"
	                               "site \"y.test\" { root = \"a\" }\n");

	assert_int_equal(loaded->sites.site_count, 2);
	assert_span(loaded->sites.sites[0].name, "x.test");
	assert_root(fixture, &loaded->sites.sites[0], "b");
}

static void
a_location_has_what_those_around_it_have(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "pw", "alice:" LOAD_FIXTURE_HASH "\n");
	load_fixture_write(fixture, "pw2",
	    "bob:" LOAD_FIXTURE_HASH "\ncarol:" LOAD_FIXTURE_HASH "\n");
	const struct http_loaded *loaded = load_fixture_take(fixture,
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
	assert_string_equal(location->users[0].hash, LOAD_FIXTURE_HASH);
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
	const struct http_loaded *loaded = load_fixture_take(fixture,
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

	load_fixture_take(fixture, "root = \"a\"\naccess_log = \"log\"");
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
	load_fixture_take(fixture, "root = \"a\"\naccess_log = \"log\"");
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
	load_fixture_refuse(fixture, "root = \"a\"\naccess_log = \"log\"",
	    "conf:4: log: is a symbolic link\n");
	assert_int_equal(remove(victim), 0);
	load_fixture_refuse(fixture, "root = \"a\"\naccess_log = \"log\"",
	    "conf:4: log: is a symbolic link\n");
	assert_int_equal(stat(victim, &st), -1);
	assert_int_equal(remove(log), 0);
	assert_int_equal(mkfifo(log, 0600), 0);
	load_fixture_refuse(fixture, "root = \"a\"\naccess_log = \"log\"",
	    "conf:4: log: nobody reads from it\n");
	load_fixture_refuse(fixture, "root = \"a\"\naccess_log = \"b\"",
	    "conf:4: b: Is a directory\n");
	load_fixture_take(fixture, "root = \"a\"\naccess_log = \"/dev/null\"");
}

/* Whatever a part holds, reading it ends, with or without success, and nothing
 * outside of it is looked at. */
static void
a_broken_part_is_refused(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "pw", "alice:" LOAD_FIXTURE_HASH "\n");
	load_fixture_take(fixture, "root = \"a\" mime_types = \"\"\n"
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
	    TEST(a_broken_part_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
