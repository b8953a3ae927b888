/* loader_conf.c — netlabd.conf: its grammar and what it means. */
#include "loader/loader_conf.h"
#include "core/conf_key.h"
#include "core/log.h"
#include "loader/loader_identity.h"
#include "loader/loader_limit.h"
#include "loader/loader_listen.h"
#include "loader/loader_role.h"

#include <assert.h>
#include <string.h>

enum {
	SHUTDOWN_TIMEOUT_MAX = 3600, /* seconds: an hour of draining */
	WORKER_TIMEOUT_MAX = 3600,   /* seconds */
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

/* All of OWN to those of a role's section. */
static void
append_all(cfg_opt_t *options, const cfg_opt_t *own)
{
	for (; own->name != NULL; own++)
		append(options, LOADER_ROLE_KEYS, *own);
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
	if (service->options != NULL)
		append_all(options, service->options);
}

static void
role_grammar(
    cfg_opt_t *options, enum role role, const struct loader_table *table)
{
	cfg_opt_t own[LOADER_ROLE_OPTIONS];

	loader_role_options(role, own);
	append_all(options, own);
	for (unsigned i = 0; i < table->count; i++)
		if (table->services[i]->role == role)
			service_grammar(options, table->services[i]);
	append_all(options, loader_limit_options(role));
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
		loader_role_read(conf, (enum role)i, settings);
	addresses(conf, table, settings);
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		role_use(conf, table, (enum role)i, settings);
	if (settings->listen_count == 0 && conf_report(conf)->errors == 0)
		conf_error(conf_report(conf), conf_file(conf), 0,
		    "no section has an address to listen on: there is nothing "
		    "to serve");
}
