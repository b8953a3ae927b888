/* conf_key_test.c — keys in their bounds, and what is told of the others. */
#include "core/conf_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char told[4096]; /* lines, without the file's name */

static void
keep(void *context, bool is_error, const char *line)
{
	size_t len = strlen(told);

	(void)context;
	assert_true(is_error);
	(void)snprintf(
	    told + len, sizeof(told) - len, "%s\n", strchr(line, ':') + 1);
}

/* A file of one section, whose second line and on are LINES. */
static struct conf *
open_conf(const char *lines)
{
	static cfg_opt_t section[] = {
	    CFG_INT("count", 5, CFGF_NONE),
	    CFG_INT("other", 7, CFGF_NONE),
	    CFG_STR_LIST("allow", NULL, CFGF_NODEFAULT | CONF_MAY_BE_EMPTY),
	    CFG_END(),
	};
	static cfg_opt_t options[] = {
	    CFG_SEC("lab", section, CFGF_NONE),
	    CFG_END(),
	};
	static struct report report;
	char path[] = "/tmp/conf-key.XXXXXX";
	int fd = mkstemp(path);
	struct conf *conf;

	told[0] = '\0';
	report = (struct report){.tell = keep};
	assert_true(fd != -1);
	assert_true(dprintf(fd, "lab {\n%s\n}\n", lines) > 0);
	close(fd);
	conf = conf_open(path, options, &report);
	assert_int_equal(unlink(path), 0);
	assert_non_null(conf);
	return conf;
}

static struct conf_key
key_of(const struct conf *conf, const char *name)
{
	return (struct conf_key){
	    conf, cfg_getsec(conf_root(conf), "lab"), name};
}

static void
a_key_has_its_line(void **state)
{
	struct conf *conf = open_conf("\ncount = 1\nallow = {}");

	(void)state;
	assert_int_equal(conf_key_line(key_of(conf, "count")), 3);
	assert_true(conf_key_is_set(key_of(conf, "count")));
	assert_int_equal(conf_key_line(key_of(conf, "other")), 0);
	assert_false(conf_key_is_set(key_of(conf, "other")));
	/* It has no value, and is there. */
	assert_int_equal(conf_key_line(key_of(conf, "allow")), 0);
	assert_true(conf_key_is_set(key_of(conf, "allow")));
	conf_key_tell(key_of(conf, "count"), "is wrong");
	assert_string_equal(told, "3: 'count' is wrong\n");
	conf_close(conf);
}

static void
a_number_stays_in_its_bounds(void **state)
{
	struct conf *conf = open_conf("count = 9\nother = -1");

	(void)state;
	assert_int_equal(conf_key_number(key_of(conf, "count"), 9, 10), 9);
	assert_int_equal(conf_key_number(key_of(conf, "count"), 1, 9), 9);
	assert_string_equal(told, "");
	assert_int_equal(conf_key_number(key_of(conf, "count"), 1, 8), 1);
	assert_int_equal(conf_key_number(key_of(conf, "other"), 0, 8), 0);
	assert_string_equal(told, "2: 'count' is from 1 to 8, not 9\n"
	                          "3: 'other' is from 0 to 8, not -1\n");
	conf_close(conf);
}

static void
prefixes_that_are_none_are_left_out(void **state)
{
	struct conf *conf = open_conf(
	    "allow = { \"192.0.2.0/24\",\n\"nobody\", \"2001:db8::/32\" }");
	struct settings_prefixes list = {0};

	(void)state;
	conf_key_prefixes(key_of(conf, "allow"), &list);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.list[0].len, 24);
	assert_true(list.list[1].is_ipv6);
	assert_memory_equal(told, "3: 'allow': \"nobody\": ", 22);
	conf_close(conf);
}

static void
there_are_32_prefixes_at_most(void **state)
{
	char lines[1024] = "allow = { \"192.0.2.0\"";
	struct settings_prefixes list = {0};
	struct conf *conf;

	(void)state;
	for (unsigned i = 1; i < SETTINGS_PREFIX_MAX + 3; i++)
		(void)snprintf(lines + strlen(lines),
		    sizeof(lines) - strlen(lines), ", \"192.0.2.%u\"", i);
	(void)snprintf(
	    lines + strlen(lines), sizeof(lines) - strlen(lines), " }");
	conf = open_conf(lines);
	conf_key_prefixes(key_of(conf, "allow"), &list);
	assert_int_equal(list.count, SETTINGS_PREFIX_MAX);
	assert_string_equal(
	    told, "2: 'allow': \"192.0.2.32\": there are more than 32\n");
	conf_close(conf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_key_has_its_line),
	    cmocka_unit_test(a_number_stays_in_its_bounds),
	    cmocka_unit_test(prefixes_that_are_none_are_left_out),
	    cmocka_unit_test(there_are_32_prefixes_at_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
