/* loader_role.c — how many workers a role has, and connections in them. */
#include "loader/loader_role.h"

#include "core/conf_key.h"
#include "loader/loader_limit.h"

#include <sched.h>
#include <string.h>

enum {
	CONNECTIONS_MAX = 1 << 20, /* per worker: fs.nr_open's default */
	SEND_TIMEOUT_MAX = 3600,   /* seconds */
	IDLE_TIMEOUT_MAX = 86400,  /* seconds: a day */
	IDLE_TIMEOUT = 60,         /* seconds, where no key says it */
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

void
loader_role_options(enum role role, cfg_opt_t out[LOADER_ROLE_OPTIONS])
{
	const cfg_opt_t options[LOADER_ROLE_OPTIONS] = {
	    CFG_INT("workers", defaults[role].workers, CFGF_NONE),
	    CFG_INT(
	        keys[role].connections, defaults[role].connections, CFGF_NONE),
	    CFG_INT(
	        keys[role].per_address, defaults[role].per_address, CFGF_NONE),
	    CFG_INT(keys[role].send_timeout, defaults[role].send_timeout,
	        CFGF_NONE),
	    /* Where there is no such key, the name ends the list. */
	    CFG_INT(keys[role].idle_timeout, IDLE_TIMEOUT, CFGF_NONE),
	    CFG_END(),
	};

	memcpy(out, options, sizeof(options));
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
workers(const struct conf *conf, enum role role, struct settings *settings)
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

void
loader_role_read(
    const struct conf *conf, enum role role, struct settings *settings)
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
	workers(conf, role, settings);
}
