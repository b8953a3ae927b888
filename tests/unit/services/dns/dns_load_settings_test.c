/* dns_load_settings_test.c — what the dns section says for the whole room. */
#include "load_fixture.h"

#include <pwd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#define SECRET_1 "00112233445566778899aabbccddeeff"
#define SECRET_2 "FFEEDDCCBBAA99887766554433221100"

/* Loads a section of these KEYS, without any zone. */
static const struct dns_settings *
load(struct load_fixture *fixture, const char *keys)
{
	load_fixture_load(fixture, keys);
	return &dns_catalog_of(fixture->part)->settings;
}

static void
expect_error(void **state, const char *keys, const char *said)
{
	struct load_fixture *fixture = *state;

	(void)load(fixture, keys);
	assert_string_equal(fixture->said, said);
}

static void
expect_text(const struct dns_settings_text *text, const char *bytes, size_t len)
{
	assert_int_equal(text->len, len);
	assert_memory_equal(text->bytes, bytes, len);
}

static void
nothing_said(void **state)
{
	const struct dns_settings *settings = load(*state, "");

	assert_string_equal(((struct load_fixture *)*state)->said, "");
	assert_int_equal(settings->nsid.len, 0);
	assert_int_equal(settings->server.len, 0);
	assert_int_equal(settings->version.len, 0);
	assert_int_equal(settings->tcp_timeout_ms, 10000);
	assert_int_equal(settings->cookie_secret_count, 1);
	assert_false(settings->are_cookies_required);
}

static void
texts(void **state)
{
	const struct dns_settings *settings = load(*state,
	    "nsid = \"ns1\"\nserver_id = \"a b\"\nversion = \"netlabd\"\n"
	    "tcp_timeout = 3600\nrequire_cookies = true\n");

	assert_string_equal(((struct load_fixture *)*state)->said, "");
	expect_text(&settings->nsid, "ns1", 3);
	expect_text(&settings->server, "a b", 3);
	expect_text(&settings->version, "netlabd", 7);
	assert_int_equal(settings->tcp_timeout_ms, 3600000);
	assert_true(settings->are_cookies_required);
	settings = load(*state, "nsid = \"0x00Ff7a\"\n");
	expect_text(&settings->nsid, "\0\xff\x7a", 3);
}

static void
longest_texts(void **state)
{
	struct load_fixture *fixture = *state;
	char keys[1024];

	snprintf(keys, sizeof(keys), "version = \"%0255d\"\n", 0);
	assert_int_equal(load(fixture, keys)->version.len, 255);
	snprintf(keys, sizeof(keys), "nsid = \"0x%0510d\"\n", 0);
	assert_int_equal(load(fixture, keys)->nsid.len, 255);
	assert_string_equal(fixture->said, "");
	snprintf(keys, sizeof(keys), "version = \"%0256d\"\n", 0);
	expect_error(
	    state, keys, "conf:2: 'version' is longer than 255 bytes\n");
	snprintf(keys, sizeof(keys), "nsid = \"0x%0512d\"\n", 0);
	expect_error(state, keys, "conf:2: 'nsid' is longer than 255 bytes\n");
}

static void
mistakes(void **state)
{
	static const char hex[] = "conf:2: 'nsid' begins with 0x, but is not "
	                          "pairs of hexadecimal digits\n";

	expect_error(state, "nsid = \"0x\"\n", hex);
	expect_error(state, "nsid = \"0x123\"\n", hex);
	expect_error(state, "nsid = \"0x12 3\"\n", hex);
	expect_error(state, "nsid = \"\"\n",
	    "conf:2: 'nsid' is empty: leave it out to say nothing\n");
	expect_error(state, "\nserver_id = \"\"\n",
	    "conf:3: 'server_id' is empty: leave it out to say nothing\n");
	expect_error(state, "tcp_timeout = 0\n",
	    "conf:2: 'tcp_timeout' is from 1 to 3600, not 0\n");
	expect_error(state, "tcp_timeout = 3601\n",
	    "conf:2: 'tcp_timeout' is from 1 to 3600, not 3601\n");
	expect_error(state, "cookies = false\nrequire_cookies = true\n",
	    "conf:3: 'require_cookies' needs 'cookies' to be on\n");
	expect_error(state,
	    "cookie_file = \"x\"\ncookie_secret = { \"" SECRET_1 "\" }\n",
	    "conf:2: 'cookie_file' and 'cookie_secret' exclude each other\n");
}

static const uint8_t secret_1[16] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
    0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};

static void
dns_44_rfc_9018_5_secrets_of_the_section(void **state)
{
	struct load_fixture *fixture = *state;
	const struct dns_settings *settings = load(fixture,
	    "cookie_secret = { \"" SECRET_1 "\", \"" SECRET_2 "\" }\n");

	assert_string_equal(fixture->said, "");
	assert_int_equal(settings->cookie_secret_count, 2);
	assert_memory_equal(settings->cookie_secrets[0], secret_1, 16);
	for (size_t i = 0; i < 16; i++)
		assert_int_equal(
		    settings->cookie_secrets[1][i], secret_1[15 - i]);
	/* None of them is told. */
	expect_error(state,
	    "cookie_secret = { \"" SECRET_1 "\",\n \"1\",\n \"" SECRET_1
	    "0\",\n \"x" SECRET_1 "\" }\n",
	    "conf:3: 'cookie_secret': a secret is 32 hexadecimal digits\n"
	    "conf:4: 'cookie_secret': a secret is 32 hexadecimal digits\n"
	    "conf:5: 'cookie_secret': a secret is 32 hexadecimal digits\n");
	expect_error(state,
	    "cookie_secret = { \"" SECRET_1 "\", \"" SECRET_1 "\", \"" SECRET_1
	    "\", \"" SECRET_1 "\", \"" SECRET_1 "\" }\n",
	    "conf:2: 'cookie_secret': there are at most 4 secrets\n");
}

static void
dns_44_cookies_off(void **state)
{
	const struct dns_settings *settings = load(*state, "cookies = false\n");

	assert_int_equal(settings->cookie_secret_count, 0);
	settings = load(
	    *state, "cookies = false\ncookie_secret = { \"" SECRET_1 "\" }\n");
	assert_int_equal(settings->cookie_secret_count, 0);
}

/* A random secret stays over reloads, and differs between starts. */
static void
dns_44_a_random_secret_stays(void **state)
{
	struct load_fixture *other = load_fixture_open();
	uint8_t first[16];

	memcpy(first, load(*state, "")->cookie_secrets[0], 16);
	assert_memory_equal(load(*state, "")->cookie_secrets[0], first, 16);
	assert_memory_not_equal(load(other, "")->cookie_secrets[0], first, 16);
	load_fixture_close(other);
}

/* Whom the fixture's configuration names, where root runs this test. */
static uid_t
user(void)
{
	return geteuid() == 0 ? getpwnam("nobody")->pw_uid : geteuid();
}

static char *
path_of(const struct load_fixture *fixture, const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	return path;
}

static void
dns_44_a_file_is_made_and_kept(void **state)
{
	struct load_fixture *fixture = *state;
	struct load_fixture *other = load_fixture_open();
	char keys[256];
	struct stat st;

	const struct dns_settings *settings =
	    load(fixture, "cookie_file = \"cookies\"\n");
	assert_string_equal(fixture->said, "");
	assert_int_equal(settings->cookie_secret_count, 1);
	assert_int_equal(stat(path_of(fixture, "cookies"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(st.st_uid, user());
	/* Another start reads the same. */
	snprintf(keys, sizeof(keys), "cookie_file = \"%s\"\n",
	    path_of(fixture, "cookies"));
	assert_memory_equal(
	    load(other, keys)->cookie_secrets, settings->cookie_secrets, 64);
	assert_string_equal(other->said, "");
	load_fixture_close(other);
	unlink(path_of(fixture, "cookies"));
}

/* Loads KEYS as one of several daemons that start together, and writes what
 * came of it to OUT: the secrets, or what was said. */
static void
start_beside(const char *keys, int start, int out)
{
	struct load_fixture *fixture = load_fixture_open();
	char byte;
	ssize_t len = read(start, &byte, 1); /* until the last one is there */
	const struct dns_settings *settings = load(fixture, keys);
	const void *made = fixture->said_len == 0
	                       ? (const void *)settings->cookie_secrets
	                       : fixture->said;

	len = write(out, made, DNS_COOKIE_SECRET_SIZE);
	load_fixture_close(fixture);
	_exit(len == DNS_COOKIE_SECRET_SIZE ? 0 : 1);
}

/* Nobody finds a file that is half written, or makes a second secret. */
static void
dns_44_rfc_9018_5_daemons_that_start_together_share_a_secret(void **state)
{
	enum { DAEMONS = 6, ROUNDS = 20 };
	struct load_fixture *fixture = *state;
	struct load_fixture *shared = load_fixture_open();
	const char *path = path_of(shared, "cookies");
	char keys[256];

	snprintf(keys, sizeof(keys), "cookie_file = \"%s\"\n", path);
	for (unsigned round = 0; round < ROUNDS; round++) {
		int start[2], out[2];

		assert_int_equal(pipe(start), 0);
		assert_int_equal(pipe(out), 0);
		for (unsigned i = 0; i < DAEMONS; i++) {
			pid_t pid = fork();

			assert_int_not_equal(pid, -1);
			if (pid != 0)
				continue;
			close(start[1]);
			start_beside(keys, start[0], out[1]);
		}
		close(start[0]);
		close(start[1]);
		close(out[1]);
		uint8_t first[DNS_COOKIE_SECRET_SIZE], next[sizeof(first)];

		assert_int_equal(read(out[0], first, sizeof(first)), 16);
		for (unsigned i = 1; i < DAEMONS; i++) {
			assert_int_equal(read(out[0], next, sizeof(next)), 16);
			assert_memory_equal(first, next, sizeof(first));
		}
		close(out[0]);
		while (wait(NULL) > 0)
			continue;
		const struct dns_settings *settings = load(fixture, keys);

		assert_memory_equal(settings->cookie_secrets, first, 16);
		unlink(path);
	}
	assert_int_equal(rmdir(shared->folder), 0); /* nothing else is left */
	load_fixture_close(shared);
}

/* Loads with TEXT as the file of secrets. */
static const struct dns_settings *
load_file(struct load_fixture *fixture, const char *text)
{
	load_fixture_write(fixture, "cookies", text);
	fixture->file_count = 1;
	assert_int_equal(chmod(path_of(fixture, "cookies"), 0600), 0);
	assert_int_equal(
	    chown(path_of(fixture, "cookies"), user(), (gid_t)-1), 0);
	return load(fixture, "cookie_file = \"cookies\"\n");
}

static void
dns_44_rfc_9018_5_secrets_of_a_file(void **state)
{
	struct load_fixture *fixture = *state;
	const struct dns_settings *settings = load_file(fixture,
	    "# a comment\n\n  " SECRET_1 "\t# new\r\n" SECRET_2 "#old");

	assert_string_equal(fixture->said, "");
	assert_int_equal(settings->cookie_secret_count, 2);
	assert_memory_equal(settings->cookie_secrets[0], secret_1, 16);
	(void)load_file(fixture,
	    SECRET_1 " " SECRET_1 "\nx\n\n" SECRET_1 "1\n" SECRET_1 "\n");
	assert_string_equal(fixture->said,
	    "cookies:1: a secret is 32 hexadecimal digits\n"
	    "cookies:2: a secret is 32 hexadecimal digits\n"
	    "cookies:4: a secret is 32 hexadecimal digits\n");
	(void)load_file(fixture, SECRET_1 "\n" SECRET_1 "\n" SECRET_1
	                                  "\n" SECRET_1 "\n" SECRET_1 "\n");
	assert_string_equal(
	    fixture->said, "cookies:5: there are at most 4 secrets\n");
	(void)load_file(fixture, "# nothing\n");
	assert_string_equal(fixture->said,
	    "cookies: there is no secret in it: remove the file, and one is "
	    "made\n");
}

static void
files_that_are_none(void **state)
{
	struct load_fixture *fixture = *state;
	char text[5000];

	(void)load(fixture, "cookie_file = \".\"\n");
	assert_non_null(strstr(fixture->said, ": is a directory\n"));
	(void)load(fixture, "cookie_file = \"none/cookies\"\n");
	assert_memory_equal(fixture->said, "conf:2: make ", 13);
	assert_non_null(strstr(fixture->said, ": No such file or directory\n"));
	memset(text, '#', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	(void)load_file(fixture, text);
	assert_non_null(strstr(fixture->said, ": is too large\n"));
	/* Not through a link that somebody put there. */
	unlink(path_of(fixture, "cookies"));
	assert_int_equal(symlink("none", path_of(fixture, "cookies")), 0);
	(void)load(fixture, "cookie_file = \"cookies\"\n");
	assert_non_null(strstr(fixture->said, ": File exists\n"));
}

static void
files_that_others_read(void **state)
{
	struct load_fixture *fixture = *state;

	(void)load_file(fixture, SECRET_1 "\n");
	assert_string_equal(fixture->said, "");
	chmod(path_of(fixture, "cookies"), 0644);
	(void)load(fixture, "cookie_file = \"cookies\"\n");
	assert_string_equal(fixture->said,
	    "warning: cookies: others can read these secrets, or write them: "
	    "chmod 600\n");
	if (geteuid() != 0)
		return;
	assert_int_equal(chmod(path_of(fixture, "cookies"), 0600), 0);
	assert_int_equal(chown(path_of(fixture, "cookies"), 0, 0), 0);
	(void)load(fixture, "cookie_file = \"cookies\"\n");
	assert_string_equal(fixture->said,
	    "warning: cookies: the user that the daemon becomes cannot read "
	    "it: a reload will fail\n");
}

int
main(void)
{
#define WITH_FIXTURE(f)                                                        \
	cmocka_unit_test_setup_teardown(                                       \
	    f, load_fixture_set_up, load_fixture_tear_down)
	const struct CMUnitTest tests[] = {
	    WITH_FIXTURE(nothing_said),
	    WITH_FIXTURE(texts),
	    WITH_FIXTURE(longest_texts),
	    WITH_FIXTURE(mistakes),
	    WITH_FIXTURE(dns_44_rfc_9018_5_secrets_of_the_section),
	    WITH_FIXTURE(dns_44_cookies_off),
	    WITH_FIXTURE(dns_44_a_random_secret_stays),
	    WITH_FIXTURE(dns_44_a_file_is_made_and_kept),
	    WITH_FIXTURE(
	        dns_44_rfc_9018_5_daemons_that_start_together_share_a_secret),
	    WITH_FIXTURE(dns_44_rfc_9018_5_secrets_of_a_file),
	    WITH_FIXTURE(files_that_are_none),
	    WITH_FIXTURE(files_that_others_read),
	};

	return cmocka_run_group_tests_name(
	    "dns_load_settings", tests, NULL, NULL);
}
