/* loader_conf.c — netlabd.conf: its grammar and what it means. */
#include "loader/loader_conf.h"
#include "core/log.h"

#include <assert.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum {
	SHUTDOWN_TIMEOUT_MAX = 3600, /* seconds: an hour of draining */
	CONNECTIONS_MAX = 1 << 20,   /* per worker: fs.nr_open's default */
};

/* What a role is without a word in the file. Connections: a web server's
 * clients stay, a resolver's TCP queries are few and short. */
static const struct {
	long connections;
	bool is_single; /* one worker, always: its services share state */
} defaults[ROLE_COUNT] = {
    [ROLE_HTTP] = {.connections = 10000},
    [ROLE_DNS] = {.connections = 256},
    [ROLE_TIME] = {.connections = 256},
    [ROLE_LAB] = {.connections = 1000, .is_single = true},
};

/* Keys that the manual names and that this version may not serve yet: their
 * line in the file is answered with that, not with "unknown key". */
static const struct {
	enum role role;
	const char *key;
} planned[] = {
    {ROLE_LAB, "echo"},
    {ROLE_LAB, "discard"},
    {ROLE_LAB, "chargen"},
    {ROLE_LAB, "qotd"},
    {ROLE_LAB, "upper"},
    {ROLE_LAB, "hello"},
    {ROLE_LAB, "chat"},
};

static cfg_opt_t log_options[] = {
    CFG_STR("level", "info", CFGF_NONE),
    CFG_STR("facility", "daemon", CFGF_NONE),
    CFG_END(),
};

/* ------------------------------------------------------------ the grammar */

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
role_grammar(
    cfg_opt_t *options, enum role role, const struct loader_table *table)
{
	const cfg_opt_t shared[] = {
	    CFG_INT("workers", defaults[role].is_single ? 1 : 0, CFGF_NONE),
	    CFG_INT("max_connections", defaults[role].connections, CFGF_NONE),
	};

	for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++)
		append(options, LOADER_ROLE_KEYS, shared[i]);
	for (unsigned i = 0; i < table->count; i++) {
		const struct service *service = table->services[i];
		const cfg_opt_t listen =
		    CFG_STR_LIST(service->listen.key, NULL, CFGF_NODEFAULT);

		if (service->role != role)
			continue;
		append(options, LOADER_ROLE_KEYS, listen);
		for (const cfg_opt_t *own = service->options;
		     own != NULL && own->name != NULL; own++)
			append(options, LOADER_ROLE_KEYS, *own);
	}
	for (size_t i = 0; i < sizeof(planned) / sizeof(planned[0]); i++)
		if (planned[i].role == role)
			append(options, LOADER_ROLE_KEYS,
			    (cfg_opt_t){.name = planned[i].key,
			        .type = CFGT_NONE,
			        .flags = CFGF_NODEFAULT});
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
	    CFG_SEC("log", log_options, CFGF_NONE),
	};

	*grammar = (struct loader_grammar){0};
	for (size_t i = 0; i < sizeof(top) / sizeof(top[0]); i++)
		append(grammar->top, LOADER_TOP_KEYS, top[i]);
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		enum role role = (enum role)i;
		const cfg_opt_t section = CFG_SEC(
		    settings_role_name(role), grammar->roles[i], CFGF_NONE);

		role_grammar(grammar->roles[i], role, table);
		append(grammar->top, LOADER_TOP_KEYS, section);
	}
}

/* ------------------------------------------------------------ the meaning */

/* One key that is being checked. */
struct key {
	const struct conf *conf;
	cfg_t *section;
	const char *name;
};

static unsigned
line_of(const struct key *key)
{
	return conf_line(key->conf, key->section, key->name, 0);
}

static uint32_t
number(const struct key *key, long least, long most)
{
	long value = cfg_getint(key->section, key->name);

	if (value >= least && value <= most)
		return (uint32_t)value;
	conf_error(conf_report(key->conf), conf_file(key->conf), line_of(key),
	    "'%s' is from %ld to %ld, not %ld", key->name, least, most, value);
	return (uint32_t)least;
}

/* Copies TEXT to OUT; what does not fit is a mistake. */
static void
text(const struct key *key, const char *value, char *out, size_t cap)
{
	if (strlen(value) >= cap)
		conf_error(conf_report(key->conf), conf_file(key->conf),
		    line_of(key), "'%s' is longer than %zu bytes", key->name,
		    cap - 1);
	else
		memcpy(out, value, strlen(value) + 1);
}

static void
pidfile(const struct conf *conf, struct settings *settings)
{
	const struct key key = {conf, conf_root(conf), "pidfile"};
	const char *path = cfg_getstr(key.section, key.name);

	if (*path == '\0')
		return;
	if (!conf_path(
	        conf, path, settings->pidfile, sizeof(settings->pidfile)))
		conf_error(conf_report(conf), conf_file(conf), line_of(&key),
		    "'pidfile' is longer than %zu bytes",
		    sizeof(settings->pidfile) - 1);
}

/* A name of the table that FIND knows, to its number. */
static int32_t
named_number(const struct conf *conf, const char *name,
    int (*find)(const char *), const char *names)
{
	const struct key key = {conf, cfg_getsec(conf_root(conf), "log"), name};
	const char *value = cfg_getstr(key.section, key.name);
	int found = find(value);

	if (found == -1)
		conf_error(conf_report(conf), conf_file(conf), line_of(&key),
		    "'%s' is one of %s, not \"%s\"", name, names, value);
	return found;
}

static void
group_as_root(const struct conf *conf, struct settings *settings)
{
	const struct key key = {conf, conf_root(conf), "group"};
	const struct group *group = getgrnam(settings->group);

	if (group == NULL)
		conf_error(conf_report(conf), conf_file(conf), line_of(&key),
		    "there is no group \"%s\" on this machine",
		    settings->group);
	else if (group->gr_gid == 0)
		conf_error(conf_report(conf), conf_file(conf), line_of(&key),
		    "the group must not be %s: its rights are what is dropped",
		    settings->group);
}

/* The user's own group, by name where it has one. */
static void
primary_group(const struct conf *conf, gid_t gid, struct settings *settings)
{
	const struct key key = {conf, conf_root(conf), "group"};
	const struct group *group = getgrgid(gid);

	if (group == NULL)
		conf_error(conf_report(conf), conf_file(conf), 0,
		    "the group of user \"%s\" has no name: set 'group'",
		    settings->user);
	else
		text(&key, group->gr_name, settings->group,
		    sizeof(settings->group));
}

/* As root: the names must exist, and must not be root's. Without root nothing
 * is dropped, so that one file serves for a trial as an ordinary user. */
static void
identity_as_root(const struct conf *conf, struct settings *settings)
{
	const struct key key = {conf, conf_root(conf), "user"};
	const struct passwd *user = getpwnam(settings->user);

	if (user == NULL)
		conf_error(conf_report(conf), conf_file(conf), line_of(&key),
		    "there is no user \"%s\" on this machine%s", settings->user,
		    line_of(&key) == 0 ? ", and 'user' names no other" : "");
	else if (user->pw_uid == 0)
		conf_error(conf_report(conf), conf_file(conf), line_of(&key),
		    "the user must not be %s: its rights are what is dropped",
		    settings->user);
	else if (settings->group[0] == '\0')
		primary_group(conf, user->pw_gid, settings);
	if (settings->group[0] != '\0')
		group_as_root(conf, settings);
}

static void
identity(const struct conf *conf, struct settings *settings)
{
	cfg_t *root = conf_root(conf);
	const struct key user = {conf, root, "user"};
	const struct key group = {conf, root, "group"};

	text(&user, cfg_getstr(root, "user"), settings->user,
	    sizeof(settings->user));
	text(&group, cfg_getstr(root, "group"), settings->group,
	    sizeof(settings->group));
	if (geteuid() == 0)
		identity_as_root(conf, settings);
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

/* The role's numbers; the workers count as if it listened. */
static void
role_numbers(const struct conf *conf, enum role role, struct settings *settings)
{
	cfg_t *section = cfg_getsec(conf_root(conf), settings_role_name(role));
	const struct key workers = {conf, section, "workers"};
	const struct key connections = {conf, section, "max_connections"};
	struct settings_role *out = &settings->roles[role];

	out->max_connections = number(&connections, 1, CONNECTIONS_MAX);
	if (defaults[role].is_single) {
		out->workers = 1;
		if (cfg_getint(section, "workers") != 1)
			conf_error(conf_report(conf), conf_file(conf),
			    line_of(&workers),
			    "section %s has exactly 1 worker: its services "
			    "share what they know of their clients",
			    settings_role_name(role));
		return;
	}
	out->workers = number(&workers, 0, SETTINGS_WORKERS_MAX);
	if (out->workers == 0)
		out->workers = cpu_count();
}

/* ---------------------------------------------------------- the addresses */

/* Where an address stands in the file. */
struct origin {
	const struct conf *conf;
	const struct service *service;
	unsigned index; /* of SERVICE in its table */
	unsigned line;
	const char *text;
};

static const struct settings_listen *
find_listen(const struct settings *settings, const struct addr *addr,
    enum transport transport)
{
	for (uint32_t i = 0; i < settings->listen_count; i++) {
		const struct settings_listen *listen = &settings->listens[i];

		if (listen->transport == transport &&
		    addr_is_equal(&listen->addr, addr))
			return listen;
	}
	return NULL;
}

/* What forbids to bind ADDR although it is well written, or NULL. */
static const char *
addr_fault(const struct addr *addr)
{
	if (addr->any.sa_family == AF_INET6) {
		if (IN6_IS_ADDR_V4MAPPED(&addr->in6.sin6_addr))
			return "an IPv4 address is written like 127.0.0.1:80";
		if (IN6_IS_ADDR_MULTICAST(&addr->in6.sin6_addr))
			return "a multicast address cannot be listened on";
		return NULL;
	}
	uint32_t host = ntohl(addr->in4.sin_addr.s_addr);

	if (IN_MULTICAST(host) || host == INADDR_BROADCAST)
		return "a multicast or broadcast address cannot be listened on";
	return NULL;
}

/* ADDR with one transport; there is room. False: used already (told). */
static bool
add_listen(const struct origin *origin, const struct addr *addr,
    enum transport transport, struct settings *settings)
{
	const struct settings_listen *twin =
	    find_listen(settings, addr, transport);

	if (twin != NULL) {
		conf_error(conf_report(origin->conf), conf_file(origin->conf),
		    origin->line, "'%s': \"%s\" is already used on line %u",
		    origin->service->listen.key, origin->text,
		    (unsigned)twin->line);
		return false;
	}
	settings->listens[settings->listen_count++] = (struct settings_listen){
	    .addr = *addr,
	    .service = (uint8_t)origin->index,
	    .transport = (uint8_t)transport,
	    .line = origin->line,
	};
	return true;
}

static void
add_address(const struct origin *origin, struct settings *settings)
{
	struct addr addr;
	const char *fault = addr_parse(origin->text, &addr);

	if (fault == NULL)
		fault = addr_fault(&addr);
	if (fault != NULL) {
		conf_error(conf_report(origin->conf), conf_file(origin->conf),
		    origin->line, "'%s': \"%s\": %s",
		    origin->service->listen.key, origin->text, fault);
		return;
	}
	for (unsigned i = TRANSPORT_UDP; i <= TRANSPORT_TCP; i++)
		if ((origin->service->listen.transports & 1u << i) != 0 &&
		    !add_listen(origin, &addr, (enum transport)i, settings))
			return;
}

cfg_t *
loader_conf_section(const struct conf *conf, const struct service *service)
{
	cfg_t *section =
	    cfg_getsec(conf_root(conf), settings_role_name(service->role));

	return conf_line(conf, section, service->listen.key, CONF_KEY) == 0
	           ? NULL
	           : section;
}

/* False: there are too many (told). */
static bool
service_addresses(const struct conf *conf, const struct loader_table *table,
    unsigned index, struct settings *settings)
{
	const struct service *service = table->services[index];
	const char *key = service->listen.key;
	cfg_t *section = loader_conf_section(conf, service);
	unsigned count = section == NULL ? 0 : cfg_size(section, key);
	unsigned each =
	    (unsigned)__builtin_popcount(service->listen.transports);

	for (unsigned i = 0; i < count; i++) {
		const struct origin origin = {
		    .conf = conf,
		    .service = service,
		    .index = index,
		    .line = conf_line(conf, section, key, i),
		    .text = cfg_getnstr(section, key, i),
		};

		if (settings->listen_count + each > SETTINGS_LISTEN_MAX) {
			conf_error(conf_report(conf), conf_file(conf),
			    origin.line,
			    "too many addresses: at most %d in the whole "
			    "file, UDP and TCP counted apart",
			    SETTINGS_LISTEN_MAX);
			return false;
		}
		add_address(&origin, settings);
	}
	return true;
}

/* A role without an address has no workers; said where the file has its
 * section, since that was hardly meant. Behind mistakes it goes without saying:
 * the address may be in one of them. */
static void
role_use(const struct conf *conf, const struct loader_table *table,
    enum role role, struct settings *settings)
{
	const char *name = settings_role_name(role);
	cfg_t *section = cfg_getsec(conf_root(conf), name);
	bool is_used = false;

	for (unsigned i = 0; i < table->count; i++)
		if (table->services[i]->role == role &&
		    loader_conf_section(conf, table->services[i]) != NULL)
			is_used = true;
	if (is_used)
		return;
	settings->roles[role].workers = 0;
	if (conf_section_line(conf, section) != 0 &&
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
	const struct key timeout = {conf, conf_root(conf), "shutdown_timeout"};
	const char *name = strrchr(conf_file(conf), '/');

	if (!conf_path(conf, name == NULL ? conf_file(conf) : name + 1,
	        settings->file, sizeof(settings->file)))
		conf_error(conf_report(conf), conf_file(conf), 0,
		    "its path is longer than %zu bytes",
		    sizeof(settings->file) - 1);
	identity(conf, settings);
	pidfile(conf, settings);
	settings->shutdown_timeout = number(&timeout, 0, SHUTDOWN_TIMEOUT_MAX);
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
	for (unsigned i = 0; i < table->count; i++)
		if (!service_addresses(conf, table, i, settings))
			break;
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		role_use(conf, table, (enum role)i, settings);
	if (settings->listen_count == 0 && conf_report(conf)->errors == 0)
		conf_error(conf_report(conf), conf_file(conf), 0,
		    "no section has an address to listen on: there is nothing "
		    "to serve");
}
