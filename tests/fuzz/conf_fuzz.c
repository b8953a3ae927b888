/*
 * conf_fuzz.c — any text as netlabd.conf: never a crash, a leak or a mistake
 * without its line, and libconfuse agrees with what was found to be right.
 */
#include "core/conf_check.h"
#include "loader/loader_conf.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static cfg_opt_t zone_options[] = {
    CFG_STR("file", NULL, CFGF_NODEFAULT),
    CFG_STR_LIST("notify", NULL, CFGF_NODEFAULT),
    CFG_END(),
};
static cfg_opt_t location_options[] = {
    CFG_STR_LIST("headers", NULL, CFGF_NODEFAULT),
    CFG_INT("redirect_status", 301, CFGF_NONE),
    CFG_END(),
};
static cfg_opt_t site_options[] = {
    CFG_STR("root", NULL, CFGF_NODEFAULT),
    CFG_SEC("location", location_options, CFGF_MULTI | CFGF_TITLE),
    CFG_END(),
};
static cfg_opt_t options[] = {
    CFG_SEC("site", site_options, CFGF_MULTI | CFGF_TITLE),
    CFG_SEC("location", location_options, CFGF_MULTI | CFGF_TITLE),
    CFG_SEC("zone", zone_options, CFGF_MULTI | CFGF_TITLE),
    CFG_BOOL("listing", cfg_false, CFGF_NONE),
    CFG_INT_LIST("numbers", NULL, CFGF_NODEFAULT),
    CFG_STR("root", NULL, CFGF_NODEFAULT),
    CFG_END(),
};
static const struct service service = {
    .name = "dns",
    .role = ROLE_DNS,
    .listen = {{.key = "listen",
                   .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP},
        {.key = "proxy_listen",
            .transports = 1 << TRANSPORT_TCP,
            .is_proxied = true}},
    .options = options,
};
static const struct service *const all[] = {&service};
static const struct loader_table table = {all, 1};

static char path[32];
static int file = -1;

static void
tell(void *context, bool is_error, const char *line)
{
	unsigned *lines = context;

	(void)is_error;
	++*lines;
	assert(strncmp(line, path, strlen(path)) == 0);
	for (const char *c = line; *c != '\0'; c++)
		assert((unsigned char)*c >= 0x20);
}

static void
write_file(const uint8_t *data, size_t size)
{
	if (file == -1) {
		file = memfd_create("conf", 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	}
	if (file == -1 || ftruncate(file, 0) == -1 ||
	    pwrite(file, data, size, 0) != (ssize_t)size)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct loader_grammar grammar;
	static struct settings settings;
	unsigned lines = 0, checked_lines = 0;
	struct report report = {.tell = tell, .context = &lines};
	struct report check_report = {.tell = tell, .context = &checked_lines};
	struct conf_checked checked;

	write_file(data, size);
	loader_conf_grammar(&grammar, &table);
	struct conf *conf = conf_open(path, grammar.top, &report);

	if (conf == NULL) {
		assert(report.errors == 1);
		return 0;
	}
	assert(conf_check(path, (const char *)data, size, grammar.top,
	    &check_report, &checked));
	assert(report.errors == check_report.errors);
	conf_check_release(&checked);
	loader_conf_settings(conf, &table, &settings);
	assert(lines == report.errors + report.warnings);
	conf_close(conf);
	return 0;
}
