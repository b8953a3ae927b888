/* loader_conf_test.c — what the keys of netlabd.conf mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "loader/loader_conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum { UDP = 1 << TRANSPORT_UDP, TCP = 1 << TRANSPORT_TCP };

static cfg_opt_t web_options[] = {
    CFG_STR("root", NULL, CFGF_NODEFAULT),
    CFG_END(),
};
static const struct service web = {
    .name = "web",
    .role = ROLE_HTTP,
    .listen = {{.key = "listen", .transports = TCP},
        {.key = "proxy_listen", .transports = TCP, .is_proxied = true}},
    .options = web_options,
};
static const struct service names = {
    .name = "names",
    .role = ROLE_DNS,
    .listen = {{.key = "listen", .transports = UDP | TCP}},
};
static const struct service ntp = {
    .name = "ntp",
    .role = ROLE_TIME,
    .listen = {{.key = "ntp", .transports = UDP}},
};
static const struct service day = {
    .name = "daytime",
    .role = ROLE_TIME,
    .listen = {{.key = "daytime", .transports = UDP | TCP}},
};
static const struct service echo = {
    .name = "echo",
    .role = ROLE_LAB,
    .listen = {{.key = "echo", .transports = UDP | TCP}},
};
static const struct service *const all[] = {&web, &names, &ntp, &day, &echo};
static const struct loader_table table = {all, 5};

static char told[65536];
static char folder[] = "/tmp/loader_conf_test.XXXXXX";

static void
tell(void *context, bool is_error, const char *line)
{
	(void)context;
	(void)is_error;
	size_t used = strlen(told);

	snprintf(told + used, sizeof(told) - used, "%s\n", line);
}

/* Reads TEXT; NULL where there were errors, else the settings. */
static const struct settings *
settings_from(const char *text)
{
	static struct settings settings;
	static struct loader_grammar grammar;
	struct report report = {.tell = tell};
	FILE *file = fopen("f", "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	told[0] = '\0';
	loader_conf_grammar(&grammar, &table);
	struct conf *conf = conf_open("f", grammar.top, &report);

	assert_non_null(conf);
	loader_conf_settings(conf, &table, &settings);
	conf_close(conf);
	return report.errors == 0 ? &settings : NULL;
}

/* Line 1 of every text: a user that every machine has, so that these tests are
 * the same for root. */
#define USER "user = \"nobody\"\n"

static const struct {
	const char *text;
	const char *lines;
} wrongs[] = {
    {"", "f: no section has an address to listen on: there is nothing to "
         "serve\n"},
    {"http { listen = { \"localhost:80\" } }\n",
        "f:2: 'listen': \"localhost:80\": not a numeric IPv4 address\n"},
    {"http { listen = {\n\"127.0.0.1\",\n\"127.0.0.1:80\",\n"
     "\"127.0.0.1:0\" } }\n",
        "f:3: 'listen': \"127.0.0.1\": not an address with a port, like "
        "127.0.0.1:80 or [::1]:80\n"
        "f:5: 'listen': \"127.0.0.1:0\": the port is neither a number from 1 "
        "to 65535 nor a name in /etc/services\n"},
    {"http { listen = { \"127.0.0.1:65536\" } }\n",
        "f:2: 'listen': \"127.0.0.1:65536\": the port is neither a number "
        "from 1 to 65535 nor a name in /etc/services\n"},
    {"http { listen = { \"[::g]:80\" } }\n",
        "f:2: 'listen': \"[::g]:80\": not an IPv6 address in the brackets\n"},
    {"http { listen = { \"[::ffff:1.2.3.4]:80\" } }\n",
        "f:2: 'listen': \"[::ffff:1.2.3.4]:80\": an IPv4 address is written "
        "like 127.0.0.1:80\n"},
    {"http { listen = { \"224.0.0.1:80\" } }\n",
        "f:2: 'listen': \"224.0.0.1:80\": a multicast or broadcast address "
        "cannot be listened on\n"},
    {"http { listen = { \"[ff02::1]:80\" } }\n",
        "f:2: 'listen': \"[ff02::1]:80\": a multicast address cannot be "
        "listened on\n"},
    {"http {\nlisten = { \"127.0.0.1:80\",\n\"127.0.0.1:http\" } }\n",
        "f:4: 'listen': \"127.0.0.1:http\" is already used on line 3\n"},
    {"dns { listen = { \"127.0.0.1:53\" } }\n"
     "http { listen = { \"127.0.0.1:53\" } }\n"
     "time { ntp = { \"127.0.0.1:53\" }\n daytime = { \"127.0.0.1:80\" } }\n",
        "f:2: 'listen': \"127.0.0.1:53\" is already used on line 3\n"
        "f:4: 'ntp': \"127.0.0.1:53\" is already used on line 2\n"},
    {"time {\n workers = 65\n ntp = { \"127.0.0.1:123\" } }\n",
        "f:3: 'workers' is from 0 to 64, not 65\n"},
    {"time {\n workers = -1\n max_connections = 0\n"
     " ntp = { \"127.0.0.1:123\" } }\n",
        "f:4: 'max_connections' is from 1 to 1048576, not 0\n"
        "f:3: 'workers' is from 0 to 64, not -1\n"},
    {"lab {\n workers = 65\n chat_send_timeout = 0\n"
     " echo = { \"127.0.0.1:7\" } }\n",
        "f:3: 'workers' is from 0 to 64, not 65\n"
        "f:4: 'chat_send_timeout' is from 1 to 3600, not 0\n"},
    {"lab {\n idle_timeout = 0\n echo = { \"127.0.0.1:7\" } }\n"
     "time { idle_timeout = 9\n ntp = { \"127.0.0.1:123\" } }\n",
        "f:5: unknown key 'idle_timeout' in section time (did you mean "
        "'send_timeout'?)\n"
        "f:3: 'idle_timeout' is from 1 to 86400, not 0\n"},
    {"http {\n proxy_listen = { \"127.0.0.1:80\",\n\"127.0.0.2:80\" } }\n",
        "f:3: 'proxy_listen' needs 'proxy_from': the addresses of the proxies "
        "that are believed, like { \"127.0.0.1\", \"10.0.0.0/8\" }\n"},
    {"http {\n proxy_listen = { \"127.0.0.1:80\" }\n proxy_from = {} }\n",
        "f:4: the list of 'proxy_from' is empty\n"},
    {"http {\n proxy_listen = { \"127.0.0.1:80\" }\n proxy_from = { \"::1\",\n"
     " \"10.0.0.1/8\",\n \"localhost\" } }\n",
        "f:5: 'proxy_from': \"10.0.0.1/8\": bits are set behind the prefix: "
        "write zeros there, or the address alone\n"
        "f:6: 'proxy_from': \"localhost\": neither an address nor a prefix "
        "like 10.0.0.0/8\n"},
    {"http { proxy_from = { \"::1\" }\n listen = { \"127.0.0.1:80\" }\n"
     " proxy_listen = { \"127.0.0.1:80\" } }\n",
        "f:4: 'proxy_listen': \"127.0.0.1:80\" is already used on line 3\n"},
    {"dns { listen = { \"127.0.0.1:53\" }\n proxy_from = { \"::1\" } }\n",
        "f:3: unknown key 'proxy_from' in section dns\n"},
    {"http { listen = { \"127.0.0.1:80\" }\n"
     " max_connections_per_address = -1\n send_timeout = 0 }\n",
        "f:3: 'max_connections_per_address' is from 0 to 1048576, not -1\n"
        "f:4: 'send_timeout' is from 1 to 3600, not 0\n"},
    {"shutdown_timeout = 3601\nlab { echo = { \"127.0.0.1:7\" } }\n",
        "f:2: 'shutdown_timeout' is from 0 to 3600, not 3601\n"},
    {"worker_timeout = -1\nlab { echo = { \"127.0.0.1:7\" } }\n",
        "f:2: 'worker_timeout' is from 0 to 3600, not -1\n"},
    {"log {\n level = \"loud\"\n facility = \"local8\"\n}\n"
     "lab { echo = { \"127.0.0.1:7\" } }\n",
        "f:3: 'level' is one of error, warning, notice, info, debug, not "
        "\"loud\"\n"
        "f:4: 'facility' is one of daemon, user, local0 ... local7, not "
        "\"local8\"\n"},
};

static void
mistakes_are_told_each_on_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		char text[1024];

		snprintf(text, sizeof(text), USER "%s", wrongs[i].text);
		const struct settings *settings = settings_from(text);

		assert_string_equal(told, wrongs[i].lines);
		assert_null(settings);
	}
}

static void
a_long_value_is_a_mistake(void **state)
{
	(void)state;
	char text[2048];

	snprintf(text, sizeof(text),
	    USER "pidfile = \"/%0600d\"\nlab { echo = { \"[::1]:7\" } }\n", 0);
	assert_null(settings_from(text));
	assert_string_equal(told, "f:2: 'pidfile' is longer than 511 bytes\n");
	snprintf(text, sizeof(text),
	    "user = \"%064d\"\nlab { echo = { \"[::1]:7\" } }\n", 0);
	assert_null(settings_from(text));
	assert_non_null(strstr(told, "f:1: 'user' is longer than 63 bytes\n"));
}

static void
sixty_four_addresses_with_two_transports_are_the_most(void **state)
{
	(void)state;
	char text[8192] = USER "lab { echo = {\n";

	for (unsigned i = 1; i <= 64; i++) {
		size_t used = strlen(text);

		snprintf(text + used, sizeof(text) - used,
		    " \"127.0.0.%u:7\",\n", i);
	}
	size_t used = strlen(text);

	snprintf(text + used, sizeof(text) - used, " } }\n");
	const struct settings *settings = settings_from(text);

	assert_non_null(settings);
	assert_int_equal(settings->listen_count, SETTINGS_LISTEN_MAX);
	snprintf(text + used, sizeof(text) - used,
	    "\"127.0.1.1:7\",\n\"127.0.1.2:7\" } }\n");
	assert_null(settings_from(text));
	assert_string_equal(told,
	    "f:67: too many addresses: at most 128 in "
	    "the whole file, UDP and TCP counted apart\n");
}

static void
everything_set_is_read(void **state)
{
	(void)state;
	const struct settings *settings = settings_from(
	    "user = \"nobody\"\n"
	    "group = \"nogroup\"\n"
	    "pidfile = \"run/netlabd.pid\"\n"
	    "shutdown_timeout = 0\n"
	    "log { level = \"debug\" facility = \"local3\" }\n"
	    "http { listen = { \"0.0.0.0:80\", \"[::]:80\",\n"
	    "   \"127.0.0.1:80\" } workers = 3 max_connections = 5 }\n"
	    "dns { listen = \"0.0.0.0:domain\" workers = 64 }\n"
	    "time { ntp = { \"[::1]:123\" } daytime = { \"127.0.0.1:80\" "
	    "} }\n");
	char expected[64], text[ADDR_TEXT_MAX];

	/* TCP 80 of the third address is http's, so daytime may not have it. */
	assert_null(settings);
	assert_string_equal(told, "f:9: 'daytime': \"127.0.0.1:80\" is already "
	                          "used on line 7\n");
	settings = settings_from(
	    "user = \"nobody\"\n"
	    "group = \"nogroup\"\n"
	    "pidfile = \"run/netlabd.pid\"\n"
	    "shutdown_timeout = 0\n"
	    "worker_timeout = 3600\n"
	    "log { level = \"debug\" facility = \"local3\" }\n"
	    "http { listen = { \"0.0.0.0:80\", \"[::]:80\",\n"
	    "   \"127.0.0.1:80\" } workers = 3 max_connections = 5 }\n"
	    "dns { listen = \"0.0.0.0:domain\" workers = 64 }\n");
	assert_string_equal(told, "");
	assert_non_null(settings);
	assert_string_equal(settings->user, "nobody");
	assert_string_equal(settings->group, "nogroup");
	snprintf(expected, sizeof(expected), "%s/run/netlabd.pid", folder);
	assert_string_equal(settings->pidfile, expected);
	snprintf(expected, sizeof(expected), "%s/f", folder);
	assert_string_equal(settings->file, expected);
	assert_int_equal(settings->shutdown_timeout, 0);
	assert_int_equal(settings->worker_timeout, 3600);
	assert_int_equal(settings->log_level, LOG_DEBUG);
	assert_int_equal(settings->log_facility, LOG_LOCAL3);
	assert_int_equal(settings->roles[ROLE_HTTP].workers, 3);
	assert_int_equal(settings->roles[ROLE_HTTP].max_connections, 5);
	assert_int_equal(settings->roles[ROLE_DNS].workers, 64);
	assert_int_equal(settings->roles[ROLE_DNS].max_connections, 2000);
	assert_int_equal(settings->roles[ROLE_TIME].workers, 0);
	assert_int_equal(settings->listen_count, 5);
	const struct settings_listen *third = &settings->listens[2];

	assert_string_equal(addr_format(&third->addr, text), "127.0.0.1:80");
	assert_int_equal(third->service, 0);
	assert_int_equal(third->transport, TRANSPORT_TCP);
	assert_int_equal(third->line, 8);
	assert_int_equal(settings->listens[3].service, 1);
	assert_int_equal(settings->listens[3].transport, TRANSPORT_UDP);
	assert_int_equal(settings->listens[4].transport, TRANSPORT_TCP);
	assert_int_equal(addr_port(&settings->listens[4].addr), 53);
}

static void
nothing_set_has_its_default(void **state)
{
	(void)state;
	const struct settings *settings =
	    settings_from(USER "http { listen = { \"[::1]:80\" } }\n"
	                       "lab { echo = { \"[::1]:7\" } }\n");
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	assert_string_equal(told, "");
	assert_non_null(settings);
	assert_string_equal(settings->pidfile, "");
	assert_int_equal(settings->shutdown_timeout, 5);
	assert_int_equal(settings->worker_timeout, 30);
	assert_int_equal(settings->log_level, LOG_INFO);
	assert_int_equal(settings->log_facility, LOG_DAEMON);
	assert_in_range(settings->roles[ROLE_HTTP].workers, 1,
	    cpus > 64 ? 64 : (unsigned long)cpus);
	assert_int_equal(settings->roles[ROLE_HTTP].max_connections, 10000);
	assert_int_equal(settings->roles[ROLE_HTTP].max_per_address, 0);
	assert_int_equal(settings->roles[ROLE_HTTP].send_timeout, 30);
	assert_int_equal(settings->roles[ROLE_HTTP].proxies.count, 0);
	assert_int_equal(settings->roles[ROLE_DNS].workers, 0);
	assert_int_equal(settings->roles[ROLE_LAB].workers, 1);
	assert_int_equal(settings->roles[ROLE_LAB].max_connections, 1000);
	assert_int_equal(settings->roles[ROLE_LAB].max_per_address, 0);
	assert_int_equal(settings->roles[ROLE_LAB].idle_timeout, 60);
	assert_int_equal(settings->roles[ROLE_CHAT].idle_timeout, 60);
	assert_int_equal(settings->roles[ROLE_CHAT].workers, 0);
}

static void
proxied_addresses_are_marked_and_serve_alone(void **state)
{
	(void)state;
	const struct settings *settings =
	    settings_from(USER "http { proxy_listen = { \"[::1]:80\" }\n"
	                       " proxy_from = { \"::1\", \"10.0.0.0/8\" }\n"
	                       " max_connections_per_address = 9\n"
	                       " send_timeout = 7\n workers = 1 }\n");

	assert_string_equal(told, "");
	assert_non_null(settings);
	assert_int_equal(settings->listen_count, 1);
	assert_true(settings->listens[0].is_proxied);
	const struct settings_role *role = &settings->roles[ROLE_HTTP];

	assert_int_equal(role->workers, 1);
	assert_int_equal(role->max_per_address, 9);
	assert_int_equal(role->send_timeout, 7);
	assert_int_equal(role->proxies.count, 2);
	assert_true(role->proxies.list[0].is_ipv6);
	assert_int_equal(role->proxies.list[1].len, 8);
}

static void
a_section_without_an_address_is_told_and_has_no_workers(void **state)
{
	(void)state;
	const struct settings *settings = settings_from(
	    USER "dns { workers = 2 }\nlab { echo = { \"[::1]:7\" } }\n");

	assert_string_equal(told, "f:2: section dns has no address to listen "
	                          "on: it serves nothing\n");
	assert_non_null(settings);
	assert_int_equal(settings->roles[ROLE_DNS].workers, 0);
}

#define ECHO "lab { echo = { \"[::1]:7\" } }\n"

static void
as_root_user_and_group_must_exist_and_not_be_root(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *lines; /* as root */
	} cases[] = {
	    {ECHO "user = \"no such\"\n",
	        "f:2: there is no user \"no such\" on this machine\n"},
	    {ECHO "user = \"root\"\n",
	        "f:2: the user must not be root: its rights are what is "
	        "dropped\n"},
	    {ECHO USER "group = \"no such\"\n",
	        "f:3: there is no group \"no such\" on this machine\n"},
	    {ECHO USER "group = \"root\"\n",
	        "f:3: the group must not be root: its rights are what is "
	        "dropped\n"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		settings_from(cases[i].text);
		assert_string_equal(told, geteuid() == 0 ? cases[i].lines : "");
	}
	const struct settings *settings = settings_from(USER ECHO);

	assert_string_equal(told, "");
	assert_string_equal(settings->group, "nogroup");
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
	    cmocka_unit_test(mistakes_are_told_each_on_its_line),
	    cmocka_unit_test(a_long_value_is_a_mistake),
	    cmocka_unit_test(
	        sixty_four_addresses_with_two_transports_are_the_most),
	    cmocka_unit_test(everything_set_is_read),
	    cmocka_unit_test(nothing_set_has_its_default),
	    cmocka_unit_test(proxied_addresses_are_marked_and_serve_alone),
	    cmocka_unit_test(
	        a_section_without_an_address_is_told_and_has_no_workers),
	    cmocka_unit_test(as_root_user_and_group_must_exist_and_not_be_root),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
