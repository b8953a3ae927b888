/* loader_limit_test.c — what the keys mean that say who gets how many answers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "loader/loader_conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct service ntp = {
    .name = "ntp",
    .role = ROLE_TIME,
    .listen = {{.key = "ntp", .transports = 1 << TRANSPORT_UDP}},
};
static const struct service web = {
    .name = "web",
    .role = ROLE_HTTP,
    .listen = {{.key = "listen", .transports = 1 << TRANSPORT_TCP}},
};
static const struct service *const all[] = {&ntp, &web};
static const struct loader_table table = {all, 2};

static char told[4096];
static char folder[] = "/tmp/loader_limit_test.XXXXXX";

static void
tell(void *context, bool is_error, const char *line)
{
	size_t used = strlen(told);

	(void)context;
	(void)is_error;
	snprintf(told + used, sizeof(told) - used, "%s\n", line);
}

/* The settings of a time section that holds KEYS, which begin on line 3. */
static const struct settings *
settings_of_keys(const char *keys)
{
	static struct settings settings;
	static struct loader_grammar grammar;
	struct report report = {.tell = tell};
	FILE *file = fopen("f", "w");

	assert_non_null(file);
	assert_true(fprintf(file,
	                "user = \"nobody\"\n"
	                "time { ntp = { \"127.0.0.1:123\" }\n%s\n}\n",
	                keys) > 0);
	assert_int_equal(fclose(file), 0);
	told[0] = '\0';
	loader_conf_grammar(&grammar, &table);
	struct conf *conf = conf_open("f", grammar.top, &report);

	assert_non_null(conf);
	loader_conf_settings(conf, &table, &settings);
	conf_close(conf);
	return &settings;
}

static const struct settings_limit *
limit_of(const char *keys)
{
	return &settings_of_keys(keys)->roles[ROLE_TIME].limit;
}

static void
nothing_set_has_its_default(void **state)
{
	(void)state;
	const struct settings *settings = settings_of_keys("");
	const struct settings_limit *limit = &settings->roles[ROLE_TIME].limit;

	assert_string_equal(told, "");
	assert_int_equal(limit->interval_ms, 1000);
	assert_int_equal(limit->burst, 16);
	assert_int_equal(limit->leak, 4);
	assert_int_equal(limit->total, 0);
	assert_int_equal(limit->amplification, SETTINGS_AMPLIFICATION_LOCAL);
	assert_int_equal(limit->exempt.count, 2);
	assert_int_equal(limit->exempt.list[0].bytes[0], 127);
	assert_int_equal(limit->exempt.list[0].len, 8);
	assert_true(limit->exempt.list[1].is_ipv6);
	assert_int_equal(limit->exempt.list[1].bytes[15], 1);
	assert_int_equal(limit->exempt.list[1].len, 128);
	assert_int_equal(limit->allow.count, 0);
	assert_int_equal(limit->deny.count, 0);
	assert_int_equal(settings->roles[ROLE_LAB].limit.interval_ms, 10);
	assert_int_equal(settings->roles[ROLE_LAB].limit.burst, 100);
	assert_int_equal(settings->roles[ROLE_HTTP].limit.interval_ms, 0);
	assert_int_equal(settings->roles[ROLE_HTTP].limit.exempt.count, 0);
}

static void
everything_set_is_read(void **state)
{
	(void)state;
	const struct settings_limit *limit =
	    limit_of("rate_interval = 0.25 rate_burst = 1 rate_leak = 0\n"
	             "rate_total = 5000 amplification = \"none\"\n"
	             "rate_exempt = { \"192.0.2.0/24\" }\n"
	             "allow = { \"10.0.0.0/8\", \"2001:db8::/32\" }\n"
	             "deny = \"10.1.0.0/16\"");

	assert_string_equal(told, "");
	assert_int_equal(limit->interval_ms, 250);
	assert_int_equal(limit->burst, 1);
	assert_int_equal(limit->leak, 0);
	assert_int_equal(limit->total, 5000);
	assert_int_equal(limit->amplification, SETTINGS_AMPLIFICATION_NONE);
	assert_int_equal(limit->exempt.count, 1);
	assert_int_equal(limit->exempt.list[0].len, 24);
	assert_int_equal(limit->allow.count, 2);
	assert_true(limit->allow.list[1].is_ipv6);
	assert_int_equal(limit->deny.count, 1);
	assert_int_equal(limit->deny.list[0].bytes[1], 1);
}

static void
an_interval_has_a_fraction_and_no_interval_no_limit(void **state)
{
	static const struct {
		const char *keys;
		uint32_t interval_ms;
	} rights[] = {
	    {"rate_interval = 0", 0},
	    {"rate_interval = 0.0", 0},
	    {"rate_interval = 0.001", 1},
	    {"rate_interval = 1.5", 1500},
	    {"rate_interval = 64", 64000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rights) / sizeof(rights[0]); i++) {
		assert_int_equal(limit_of(rights[i].keys)->interval_ms,
		    rights[i].interval_ms);
		assert_string_equal(told, "");
	}
}

static void
loopback_is_not_exempt_where_nobody_is(void **state)
{
	(void)state;
	assert_int_equal(limit_of("rate_exempt = {}")->exempt.count, 0);
	assert_string_equal(told, "");
	assert_int_equal(limit_of("rate_exempt = { }")->exempt.count, 0);
	assert_string_equal(told, "");
}

static void
mistakes_are_told_each_on_its_line(void **state)
{
	static const struct {
		const char *keys, *lines;
	} wrongs[] = {
	    {"rate_interval = 0.0009",
	        "f:3: 'rate_interval' is 0 (no limit) or from 0.001 to 64 "
	        "seconds, not 0.0009\n"},
	    {"rate_interval = 64.5",
	        "f:3: 'rate_interval' is 0 (no limit) or from 0.001 to 64 "
	        "seconds, not 64.5\n"},
	    {"rate_interval = -1", "f:3: 'rate_interval' takes a number like "
	                           "2 or 0.5, not '-1'\n"},
	    {"rate_interval = 1e3", "f:3: 'rate_interval' takes a number like "
	                            "2 or 0.5, not '1e3'\n"},
	    {"rate_interval = .5", "f:3: 'rate_interval' takes a number like "
	                           "2 or 0.5, not '.5'\n"},
	    {"rate_interval = 5.", "f:3: 'rate_interval' takes a number like "
	                           "2 or 0.5, not '5.'\n"},
	    {"rate_interval = 1.2.3", "f:3: 'rate_interval' takes a number "
	                              "like 2 or 0.5, not '1.2.3'\n"},
	    {"rate_interval = \"1\"", "f:3: 'rate_interval' takes a number "
	                              "like 2 or 0.5, not \"1\"\n"},
	    {"rate_burst = 0\nrate_leak = -1\nrate_total = -1",
	        "f:3: 'rate_burst' is from 1 to 1024, not 0\n"
	        "f:4: 'rate_leak' is from 0 to 1024, not -1\n"
	        "f:5: 'rate_total' is from 0 to 1000000000, not -1\n"},
	    {"amplification = \"some\"",
	        "f:3: 'amplification' is one of local, "
	        "any, none, not \"some\"\n"},
	    {"allow = {}", "f:3: the list of 'allow' is empty\n"},
	    {"deny = { \"10.0.0.0/8\",\n\"10.0.0.1/8\" }",
	        "f:4: 'deny': \"10.0.0.1/8\": bits are set behind the prefix: "
	        "write zeros there, or the address alone\n"},
	    {"}\nhttp { rate_burst = 3",
	        "f:4: unknown key 'rate_burst' in section http\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		settings_of_keys(wrongs[i].keys);
		assert_string_equal(told, wrongs[i].lines);
	}
}

static void
thirty_two_prefixes_are_the_most(void **state)
{
	char keys[1024] = "deny = {";

	(void)state;
	for (unsigned i = 0; i < 33; i++) {
		size_t used = strlen(keys);

		snprintf(
		    keys + used, sizeof(keys) - used, "\"10.0.0.%u\",\n", i);
	}
	strcat(keys, "}");
	assert_int_equal(limit_of(keys)->deny.count, 32);
	assert_string_equal(
	    told, "f:35: 'deny': \"10.0.0.32\": there are more than 32\n");
}

static int
enter_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL || chdir(folder) == -1;
}

static int
leave_folder(void **state)
{
	(void)state;
	unlink("f");
	return chdir("/") == -1 || rmdir(folder) == -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_set_has_its_default),
	    cmocka_unit_test(everything_set_is_read),
	    cmocka_unit_test(
	        an_interval_has_a_fraction_and_no_interval_no_limit),
	    cmocka_unit_test(loopback_is_not_exempt_where_nobody_is),
	    cmocka_unit_test(mistakes_are_told_each_on_its_line),
	    cmocka_unit_test(thirty_two_prefixes_are_the_most),
	};

	return cmocka_run_group_tests_name(
	    "loader_limit", tests, enter_folder, leave_folder);
}
