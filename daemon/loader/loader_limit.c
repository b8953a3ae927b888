/* loader_limit.c — the keys that say who gets how many answers. */
#include "loader/loader_limit.h"

#include "core/conf_key.h"
#include "core/limit.h"

#include <string.h>

enum {
	INTERVAL_MAX_S = 64,
	BURST_MAX = 1024,
	LEAK_MAX = 1024,
	TOTAL_MAX = 1000000000,
};

_Static_assert(INTERVAL_MAX_S * 1000 * BURST_MAX <= (int)LIMIT_SPAN_MS,
    "a whole burst is a time that core/limit.h can count");

/* What core/limit.h counts in. */
static const double interval_least_s = 0.001;

#define LIMIT_OPTIONS(interval, burst)                                         \
	CFG_FLOAT("rate_interval", interval, CFGF_NONE),                       \
	    CFG_INT("rate_burst", burst, CFGF_NONE),                           \
	    CFG_INT("rate_leak", 4, CFGF_NONE),                                \
	    CFG_STR_LIST(                                                      \
	        "rate_exempt", NULL, CFGF_NODEFAULT | (int)CONF_MAY_BE_EMPTY), \
	    CFG_INT("rate_total", 0, CFGF_NONE),                               \
	    CFG_STR_LIST("allow", NULL, CFGF_NODEFAULT),                       \
	    CFG_STR_LIST("deny", NULL, CFGF_NODEFAULT),                        \
	    CFG_STR("amplification", "local", CFGF_NONE), CFG_END()

/* Nobody needs the time more often than once a second for long; a student's
 * program may well echo a hundred times. */
static cfg_opt_t time_options[] = {LIMIT_OPTIONS(1, 16)};
static cfg_opt_t lab_options[] = {LIMIT_OPTIONS(0.01, 100)};
static cfg_opt_t no_options[] = {CFG_END()};

const cfg_opt_t *
loader_limit_options(enum role role)
{
	switch (role) {
	case ROLE_TIME:
		return time_options;
	case ROLE_LAB:
	case ROLE_CHAT:
		return lab_options;
	case ROLE_HTTP:
	case ROLE_DNS:
		break;
	}
	return no_options;
}

static uint32_t
read_interval(struct conf_key key)
{
	double seconds = cfg_getfloat(key.section, key.name);

	if (seconds == 0 ||
	    (seconds >= interval_least_s && seconds <= INTERVAL_MAX_S))
		return (uint32_t)(seconds * 1000 + 0.5);
	conf_error(conf_report(key.conf), conf_file(key.conf),
	    conf_key_line(key),
	    "'%s' is 0 (no limit) or from 0.001 to %d seconds, not %g",
	    key.name, INTERVAL_MAX_S, seconds);
	return 0;
}

static uint32_t
read_amplification(struct conf_key key)
{
	static const char *const names[] = {
	    [SETTINGS_AMPLIFICATION_LOCAL] = "local",
	    [SETTINGS_AMPLIFICATION_ANY] = "any",
	    [SETTINGS_AMPLIFICATION_NONE] = "none",
	};
	const char *value = cfg_getstr(key.section, key.name);

	for (uint32_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(value, names[i]) == 0)
			return i;
	conf_error(conf_report(key.conf), conf_file(key.conf),
	    conf_key_line(key), "'%s' is one of local, any, none, not \"%s\"",
	    key.name, value);
	return SETTINGS_AMPLIFICATION_LOCAL;
}

/* Who tests a server on the machine that it runs on is not its attacker. */
static void
read_exempt(struct conf_key key, struct settings_prefixes *exempt)
{
	static const struct prefix loopback4 = {.bytes = {127}, .len = 8};
	static const struct prefix loopback6 = {
	    .bytes = {[15] = 1}, .len = 128, .is_ipv6 = true};

	if (conf_key_is_set(key)) {
		conf_key_prefixes(key, exempt);
		return;
	}
	exempt->list[0] = loopback4;
	exempt->list[1] = loopback6;
	exempt->count = 2;
}

void
loader_limit_read(
    const struct conf *conf, enum role role, struct settings_limit *limit)
{
	cfg_t *section =
	    cfg_getsec(conf_root(conf), settings_role_section(role));
	const struct conf_key interval = {conf, section, "rate_interval"};
	const struct conf_key burst = {conf, section, "rate_burst"};
	const struct conf_key leak = {conf, section, "rate_leak"};
	const struct conf_key total = {conf, section, "rate_total"};
	const struct conf_key exempt = {conf, section, "rate_exempt"};
	const struct conf_key allow = {conf, section, "allow"};
	const struct conf_key deny = {conf, section, "deny"};
	const struct conf_key longer = {conf, section, "amplification"};

	if (loader_limit_options(role)->name == NULL)
		return;
	limit->interval_ms = read_interval(interval);
	limit->burst = conf_key_number(burst, 1, BURST_MAX);
	limit->leak = conf_key_number(leak, 0, LEAK_MAX);
	limit->total = conf_key_number(total, 0, TOTAL_MAX);
	limit->amplification = read_amplification(longer);
	read_exempt(exempt, &limit->exempt);
	conf_key_prefixes(allow, &limit->allow);
	conf_key_prefixes(deny, &limit->deny);
}
