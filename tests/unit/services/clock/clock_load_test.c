/* clock_load_test.c — the keys of the time section that are the clock room's.
 */
#include "services/clock/clock_load.h"

#include "services/clock/clock_settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

struct result {
	char said[1024]; /* lines, without the file's name */
	struct clock_settings settings;
};

static void
keep(void *context, bool is_error, const char *line)
{
	struct result *result = context;
	size_t len = strlen(result->said);

	assert_true(is_error);
	(void)snprintf(result->said + len, sizeof(result->said) - len, "%s\n",
	    strchr(line, ':') + 1);
}

/* A file whose second line and on are KEYS. */
static void
write_conf(char *path, const char *keys)
{
	int fd = mkstemp(path);

	assert_true(fd != -1);
	assert_true(dprintf(fd, "time {\n%s\n}\n", keys) > 0);
	close(fd);
}

static struct result
load(const char *keys)
{
	struct result result = {0};
	struct report report = {.tell = keep, .context = &result};
	char path[] = "/tmp/clock-load.XXXXXX";
	cfg_opt_t section[16] = {
	    CFG_STR_LIST("ntp", NULL, CFGF_NODEFAULT),
	};
	cfg_opt_t options[] = {
	    CFG_SEC("time", section, CFGF_NONE),
	    CFG_END(),
	};
	struct image_writer writer;

	for (size_t i = 0; i == 0 || section[i].name != NULL; i++)
		section[i + 1] = clock_load_options[i];
	write_conf(path, keys);
	struct conf *conf = conf_open(path, options, &report);

	unlink(path);
	assert_non_null(conf);
	assert_true(image_writer_open(&writer) && image_writer_begin(&writer));
	struct service_load load = {
	    .section = cfg_getsec(conf_root(conf), "time"),
	    .conf = conf,
	    .image = &writer,
	};

	clock_load(&load);
	memcpy(&result.settings, image_writer_at(&writer, 0),
	    sizeof(result.settings));
	image_writer_abort(&writer);
	conf_close(conf);
	return result;
}

static void
expect_error(const char *keys, const char *said)
{
	assert_string_equal(load(keys).said, said);
}

static void
nothing_said(void **state)
{
	struct result result = load("");

	(void)state;
	assert_string_equal(result.said, "");
	assert_int_equal(result.settings.mirror.len, 0);
	assert_int_equal(result.settings.stratum, 10);
	assert_int_equal(result.settings.local_stratum, 0);
	assert_int_equal(result.settings.refid, 0);
	assert_int_equal(result.settings.dispersion_min_ns, 5000000);
}

static void
all_said(void **state)
{
	struct result result = load("stratum = 1\nrefid = \"GPS\"\n"
	                            "local_stratum = 15\n"
	                            "root_dispersion_min = 1\n"
	                            "mirror = \"[::1]:123\"");
	char text[ADDR_TEXT_MAX];

	(void)state;
	assert_string_equal(result.said, "");
	assert_int_equal(result.settings.stratum, 1);
	assert_int_equal(result.settings.local_stratum, 15);
	assert_int_equal(result.settings.refid, 0x47505300);
	assert_int_equal(result.settings.dispersion_min_ns, 1000000);
	assert_string_equal(
	    addr_format(&result.settings.mirror, text), "[::1]:123");
}

static void
declared_stratum(void **state)
{
	struct result result = load("local_stratum = 7");

	(void)state;
	assert_int_equal(result.settings.local_stratum, 7);
	assert_int_equal(result.settings.stratum, 7);
	result = load("local_stratum = 7 stratum = 3");
	assert_int_equal(result.settings.local_stratum, 7);
	assert_int_equal(result.settings.stratum, 3);
}

static void
strata(void **state)
{
	(void)state;
	expect_error("stratum = 0", "2: 'stratum' is from 1 to 15, not 0\n");
	expect_error(
	    "\nstratum = 16", "3: 'stratum' is from 1 to 15, not 16\n");
	expect_error("local_stratum = -1",
	    "2: 'local_stratum' is from 1 to 15, not -1\n");
	expect_error(
	    "stratum = 1", "2: 'stratum' 1 needs 'refid', the source's name\n");
	expect_error("local_stratum = 1",
	    "2: 'local_stratum' 1 needs 'refid', the source's name\n");
}

#define REFID_WRONG                                                            \
	"'refid' is one to four printable ASCII characters, such as "          \
	"\"GPS\"\n"

static void
refids(void **state)
{
	(void)state;
	assert_int_equal(
	    load("stratum = 1 refid = \"X\"").settings.refid, 0x58000000);
	assert_int_equal(
	    load("local_stratum = 1 refid = \"LOCL\"").settings.refid,
	    0x4c4f434c);
	/* What a mirror of stratum 1 may be told as, while the kernel's word
	 * stays what it was. */
	struct result result =
	    load("refid = \"GPS\"\nmirror = \"127.0.0.1:11123\"");

	assert_string_equal(result.said, "");
	assert_int_equal(result.settings.refid, 0x47505300);
	assert_int_equal(result.settings.stratum, 10);
	expect_error("refid = \"GPS\"", "2: 'refid' is for stratum 1 alone\n");
	expect_error("stratum = 2\nrefid = \"GPS\"",
	    "3: 'refid' is for stratum 1 alone\n");
	expect_error("stratum = 1\nrefid = \"\"", "3: " REFID_WRONG);
	expect_error("stratum = 1\nrefid = \"FIVES\"", "3: " REFID_WRONG);
	expect_error("stratum = 1\nrefid = \"G S\"", "3: " REFID_WRONG);
	expect_error("stratum = 1\nrefid = \"\xc3\xa4\"", "3: " REFID_WRONG);
}

static void
dispersions(void **state)
{
	(void)state;
	assert_int_equal(
	    load("root_dispersion_min = 0").settings.dispersion_min_ns, 0);
	assert_int_equal(
	    load("root_dispersion_min = 1000").settings.dispersion_min_ns,
	    1000000000);
	expect_error("root_dispersion_min = 1001",
	    "2: 'root_dispersion_min' is from 0 to 1000, not 1001\n");
	expect_error("root_dispersion_min = -1",
	    "2: 'root_dispersion_min' is from 0 to 1000, not -1\n");
}

#define MIRROR_ELSEWHERE                                                       \
	"'mirror' is a server on this host, 127.0.0.1:PORT or [::1]:PORT: "    \
	"another host's clock is not the one that is told here\n"

static void
mirrors(void **state)
{
	struct result result = load("mirror = \"127.1.2.3:323\"");

	(void)state;
	assert_int_equal(addr_port(&result.settings.mirror), 323);
	expect_error("mirror = \"192.0.2.1:123\"", "2: " MIRROR_ELSEWHERE);
	expect_error("mirror = \"0.0.0.0:123\"", "2: " MIRROR_ELSEWHERE);
	expect_error("mirror = \"[2001:db8::1]:123\"", "2: " MIRROR_ELSEWHERE);
	expect_error("mirror = \"[::]:123\"", "2: " MIRROR_ELSEWHERE);
	assert_non_null(
	    strstr(load("mirror = \"127.0.0.1\"").said, "2: 'mirror': "));
	assert_non_null(strstr(load("mirror = \"\"").said, "2: 'mirror': "));
}

static void
own_addresses(void **state)
{
	static const char own[] = "3: 'mirror' is an address of 'ntp' itself\n";

	(void)state;
	expect_error("ntp = { \"192.0.2.1:123\", \"127.0.0.1:11123\" }\n"
	             "mirror = \"127.0.0.1:11123\"",
	    own);
	expect_error(
	    "ntp = { \"0.0.0.0:123\" }\nmirror = \"127.0.0.1:123\"", own);
	expect_error("ntp = { \"[::]:123\" }\nmirror = \"[::1]:123\"", own);
	/* Another port, another family, another of this host's addresses. */
	expect_error(
	    "ntp = { \"0.0.0.0:123\" }\nmirror = \"127.0.0.1:11123\"", "");
	expect_error("ntp = { \"[::]:123\" }\nmirror = \"127.0.0.1:123\"", "");
	expect_error(
	    "ntp = { \"127.0.0.2:123\" }\nmirror = \"127.0.0.1:123\"", "");
	/* Told of 'ntp' by who reads it. */
	expect_error("ntp = { \"nonsense\" }\nmirror = \"127.0.0.1:123\"", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("nothing said", nothing_said),
	    TEST("all keys", all_said),
	    TEST("a declared stratum is also a synchronised clock's",
	        declared_stratum),
	    TEST("TIME 10: strata are from 1 to 15, and 1 has a name", strata),
	    TEST("TIME 10, 17, RFC 5905 §7.3: reference ids", refids),
	    TEST("TIME 12: the least dispersion", dispersions),
	    TEST("a mirror is on this host", mirrors),
	    TEST("a mirror is not ourselves", own_addresses),
	};

	return cmocka_run_group_tests_name("clock_load", tests, NULL, NULL);
}
