/* loader_conf.c — netlabd.conf: its grammar and what it means. */
#include "loader/loader_conf.h"
#include "core/conf_key.h"
#include "core/log.h"
#include "loader/loader_identity.h"
#include "loader/loader_limit.h"
#include "loader/loader_listen.h"

#include <assert.h>
#include <sched.h>
#include <string.h>

enum {
	SHUTDOWN_TIMEOUT_MAX = 3600, /* seconds: an hour of draining */
	WORKER_TIMEOUT_MAX = 3600,   /* seconds */
	CONNECTIONS_MAX = 1 << 20,   /* per worker: fs.nr_open's default */
	SEND_TIMEOUT_MAX = 3600,     /* seconds */
	IDLE_TIMEOUT_MAX = 86400,    /* seconds: a day */
	IDLE_TIMEOUT = 60,           /* seconds, where no key says it */
};

/* What a role is without a word in the file. Connections: a web server's
 * clients stay; a resolver's TCP queries are few and short, but a thousand idle
 * connections shall not make them wait; a chat's clients stay all day, and
 * nobody sits at eight of them. */
static const struct {
	long workers; /* 0: one per CPU */
	long connections, per_address;
	long send_timeout; /* seconds */
} defaults[ROLE_COUNT] = {
    [ROLE_HTTP] = {0, 10000, 0, 30},
    [ROLE_DNS] = {0, 2000, 0, 30},
    [ROLE_TIME] = {0, 256, 0, 30},
    [ROLE_LAB] = {1, 1000, 0, 30},
    [ROLE_CHAT] = {1, 1000, 8, 10},
};

/* The keys of a role that lives in another's section begin with its name. */
static const struct {
	const char *connections, *per_address, *send_timeout;
	const char *idle_timeout; /* NULL: its rooms have keys of their own */
} keys[ROLE_COUNT] = {
#define KEYS(prefix)                                                           \
	{                                                                      \
		prefix "max_connections",                                      \
		    prefix "max_connections_per_address",                      \
		    prefix "send_timeout", NULL                                \
	}
    [ROLE_HTTP] = KEYS(""),
    [ROLE_DNS] = KEYS(""),
    [ROLE_TIME] = KEYS(""),
    [ROLE_LAB] = {"max_connections", "max_connections_per_address",
        "send_timeout", "idle_timeout"},
    [ROLE_CHAT] = KEYS("chat_"),
#undef KEYS
};

static cfg_opt_t log_options[] = {
    CFG_STR("level", "info", CFGF_NONE),
    CFG_STR("facility", "daemon", CFGF_NONE),
    CFG_END(),
};

/* ------------------------------------------------------------ the grammar */

static const cfg_opt_t proxy_from =
    CFG_STR_LIST("proxy_from", NULL, CFGF_NODEFAULT);

/* Appends OPTION unless the section has a key of its name: two services of one
 * role may share one. The array stays ended. */
static void
append(cfg_opt_t *options, size_t cap, cfg_opt_t option)
{
	size_t count = 0;

	for (; options[count].name != NULL; count++)
		if (strcmp(options[count].name, option.name) == 0)
			return;
	assert(count + 1 < cap);
	options[count] = option;
}

static void
service_grammar(cfg_opt_t *options, const struct service *service)
{
	for (size_t i = 0; i < SERVICE_ENDPOINT_MAX; i++) {
		const char *key = service->listen[i].key;

		if (key != NULL)
			append(options, LOADER_ROLE_KEYS,
			    (cfg_opt_t)CFG_STR_LIST(key, NULL, CFGF_NODEFAULT));
	}
	if (loader_listen_is_proxied(service))
		append(options, LOADER_ROLE_KEYS, proxy_from);
	for (const cfg_opt_t *own = service->options;
	     own != NULL && own->name != NULL; own++)
		append(options, LOADER_ROLE_KEYS, *own);
}

static void
role_grammar(
    cfg_opt_t *options, enum role role, const struct loader_table *table)
{
	const cfg_opt_t numbers[] = {
	    CFG_INT("workers", defaults[role].workers, CFGF_NONE),
	    CFG_INT(
	        keys[role].connections, defaults[role].connections, CFGF_NONE),
	    CFG_INT(
	        keys[role].per_address, defaults[role].per_address, CFGF_NONE),
	    CFG_INT(keys[role].send_timeout, defaults[role].send_timeout,
	        CFGF_NONE),
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		append(options, LOADER_ROLE_KEYS, numbers[i]);
	if (keys[role].idle_timeout != NULL)
		append(options, LOADER_ROLE_KEYS,
		    (cfg_opt_t)CFG_INT(
		        keys[role].idle_timeout, IDLE_TIMEOUT, CFGF_NONE));
	for (unsigned i = 0; i < table->count; i++)
		if (table->services[i]->role == role)
			service_grammar(options, table->services[i]);
	for (const cfg_opt_t *limit = loader_limit_options(role);
	     limit->name != NULL; limit++)
		append(options, LOADER_ROLE_KEYS, *limit);
}

void
loader_conf_grammar(
    struct loader_grammar *grammar, const struct loader_table *table)
{
	const cfg_opt_t top[] = {
	    CFG_STR("user", "netlabd", CFGF_NONE),
	    CFG_STR("group", "", CFGF_NONE),
	    CFG_STR("pidfile", "", CFGF_NONE),
	    CFG_INT("shutdown_timeout", 5, CFGF_NONE),
	    CFG_INT("worker_timeout", 30, CFGF_NONE),
	    CFG_SEC("log", log_options, CFGF_NONE),
	};

	*grammar = (struct loader_grammar){0};
	for (size_t i = 0; i < sizeof(top) / sizeof(top[0]); i++)
		append(grammar->top, LOADER_TOP_KEYS, top[i]);
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		enum role role = (enum role)i;
		cfg_opt_t *options = grammar->roles[settings_role_home(role)];
		const cfg_opt_t section =
		    CFG_SEC(settings_role_section(role), options, CFGF_NONE);

		role_grammar(options, role, table);
		append(grammar->top, LOADER_TOP_KEYS, section);
	}
}

/* ------------------------------------------------------------ the meaning */

static void
pidfile(const struct conf *conf, struct settings *settings)
{
	const struct conf_key key = {conf, conf_root(conf), "pidfile"};
	const char *path = cfg_getstr(key.section, key.name);

	if (*path == '\0')
		return;
	if (!conf_path(
	        conf, path, settings->pidfile, sizeof(settings->pidfile)))
		conf_error(conf_report(conf), conf_file(conf),
		    conf_key_line(key), "'pidfile' is longer than %zu bytes",
		    sizeof(settings->pidfile) - 1);
}

/* A name of the table that FIND knows, to its number. */
static int32_t
named_number(const struct conf *conf, const char *name,
    int (*find)(const char *), const char *names)
{
	const struct conf_key key = {
	    conf, cfg_getsec(conf_root(conf), "log"), name};
	const char *value = cfg_getstr(key.section, key.name);
	int found = find(value);

	if (found == -1)
		conf_error(conf_report(conf), conf_file(conf),
		    conf_key_line(key), "'%s' is one of %s, not \"%s\"", name,
		    names, value);
	return found;
}

static uint32_t
cpu_count(void)
{
	cpu_set_t cpus;
	int count = sched_getaffinity(0, sizeof(cpus), &cpus) == 0
	                ? CPU_COUNT(&cpus)
	                : 1;

	if (count < 1)
		return 1;
	return count > SETTINGS_WORKERS_MAX ? SETTINGS_WORKERS_MAX
	                                    : (uint32_t)count;
}

/* A guest in the section of another role has one worker: the key there is its
 * host's, and so are the limits, which stand for both. */
static void
role_workers(const struct conf *conf, enum role role, struct settings *settings)
{
	const struct conf_key key = {conf,
	    cfg_getsec(conf_root(conf), settings_role_section(role)),
	    "workers"};
	struct settings_role *out = &settings->roles[role];

	if (settings_role_home(role) != role) {
		out->workers = 1;
		out->limit = settings->roles[settings_role_home(role)].limit;
		return;
	}
	loader_limit_read(conf, role, &out->limit);
	out->workers = conf_key_number(key, 0, SETTINGS_WORKERS_MAX);
	if (out->workers == 0)
		out->workers = cpu_count();
}

/* The role's numbers; the workers count as if it listened. */
static void
role_numbers(const struct conf *conf, enum role role, struct settings *settings)
{
	cfg_t *section =
	    cfg_getsec(conf_root(conf), settings_role_section(role));
	const struct conf_key connections = {
	    conf, section, keys[role].connections};
	const struct conf_key each = {conf, section, keys[role].per_address};
	const struct conf_key sending = {
	    conf, section, keys[role].send_timeout};
	const struct conf_key idle = {conf, section, keys[role].idle_timeout};
	struct settings_role *out = &settings->roles[role];

	out->max_connections = conf_key_number(connections, 1, CONNECTIONS_MAX);
	out->max_per_address = conf_key_number(each, 0, CONNECTIONS_MAX);
	out->send_timeout = conf_key_number(sending, 1, SEND_TIMEOUT_MAX);
	out->idle_timeout = idle.name == NULL
	                        ? IDLE_TIMEOUT
	                        : conf_key_number(idle, 1, IDLE_TIMEOUT_MAX);
	role_workers(conf, role, settings);
}

/* ---------------------------------------------------------- the addresses */

static bool
is_used(
    const struct conf *conf, const struct loader_table *table, enum role role)
{
	cfg_t *section =
	    cfg_getsec(conf_root(conf), settings_role_section(role));

	for (unsigned i = 0; i < table->count; i++)
		if (table->services[i]->role == role &&
		    loader_listen_endpoint(conf, section, table->services[i]) !=
		        NULL)
			return true;
	return false;
}

/* So is any role whose keys stand in the section of HOME. */
static bool
is_section_used(
    const struct conf *conf, const struct loader_table *table, enum role home)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (settings_role_home((enum role)i) == home &&
		    is_used(conf, table, (enum role)i))
			return true;
	return false;
}

cfg_t *
loader_conf_section(const struct conf *conf, const struct loader_table *table,
    const struct service *service)
{
	enum role home = settings_role_home(service->role);
	cfg_t *section =
	    cfg_getsec(conf_root(conf), settings_role_section(home));

	return is_section_used(conf, table, home) ? section : NULL;
}

/* The addresses of all services, and the proxies that they trust. */
static void
addresses(const struct conf *conf, const struct loader_table *table,
    struct settings *settings)
{
	bool has_proxies[ROLE_COUNT] = {false};

	for (unsigned i = 0; i < table->count; i++)
		if (loader_listen_is_proxied(table->services[i]))
			has_proxies[table->services[i]->role] = true;
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (has_proxies[i])
			loader_listen_proxies(conf, (enum role)i, settings);
	for (unsigned i = 0; i < table->count; i++)
		if (!loader_listen_service(
		        conf, table->services[i], i, settings))
			return;
}

/* A role without an address has no workers; said where the file has a section
 * of which that is true for all its roles, since that was hardly meant. Behind
 * mistakes it goes without saying: the address may be in one of them. */
static void
role_use(const struct conf *conf, const struct loader_table *table,
    enum role role, struct settings *settings)
{
	const char *name = settings_role_section(role);
	cfg_t *section = cfg_getsec(conf_root(conf), name);

	if (is_used(conf, table, role))
		return;
	settings->roles[role].workers = 0;
	if (settings_role_home(role) == role &&
	    !is_section_used(conf, table, role) &&
	    conf_section_line(conf, section) != 0 &&
	    conf_report(conf)->errors == 0)
		conf_warning(conf_report(conf), conf_file(conf),
		    conf_section_line(conf, section),
		    "section %s has no address to listen on: it serves "
		    "nothing",
		    name);
}

static void
whole(const struct conf *conf, struct settings *settings)
{
	const struct conf_key stopping = {
	    conf, conf_root(conf), "shutdown_timeout"};
	const struct conf_key hanging = {
	    conf, conf_root(conf), "worker_timeout"};
	const char *name = strrchr(conf_file(conf), '/');

	if (!conf_path(conf, name == NULL ? conf_file(conf) : name + 1,
	        settings->file, sizeof(settings->file)))
		conf_error(conf_report(conf), conf_file(conf), 0,
		    "its path is longer than %zu bytes",
		    sizeof(settings->file) - 1);
	loader_identity_read(conf, settings);
	pidfile(conf, settings);
	settings->shutdown_timeout =
	    conf_key_number(stopping, 0, SHUTDOWN_TIMEOUT_MAX);
	settings->worker_timeout =
	    conf_key_number(hanging, 0, WORKER_TIMEOUT_MAX);
	settings->log_level = named_number(conf, "level", log_level_from_name,
	    "error, warning, notice, info, debug");
	settings->log_facility = named_number(conf, "facility",
	    log_facility_from_name, "daemon, user, local0 ... local7");
}

void
loader_conf_settings(const struct conf *conf, const struct loader_table *table,
    struct settings *settings)
{
	*settings = (struct settings){0};
	whole(conf, settings);
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		role_numbers(conf, (enum role)i, settings);
	addresses(conf, table, settings);
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		role_use(conf, table, (enum role)i, settings);
	if (settings->listen_count == 0 && conf_report(conf)->errors == 0)
		conf_error(conf_report(conf), conf_file(conf), 0,
		    "no section has an address to listen on: there is nothing "
		    "to serve");
}
