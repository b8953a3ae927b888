/* http_load.c — the http section: read, checked, written down. Loader process
 * only. */
#include "services/http/http_load.h"

#include "services/http/http_load_job.h"
#include "services/http/http_load_location.h"
#include "services/http/http_load_log.h"
#include "services/http/http_load_mime.h"
#include "services/http/http_load_page.h"
#include "services/http/http_load_private.h"
#include "services/http/http_load_site.h"
#include "services/http/http_text.h"

#include "core/heritage.h"

_Static_assert((int)HTTP_SITE_MAX + 1 <= (int)HERITAGE_FILE_MAX,
    "the roots of all sites and the access log are handed on");

enum {
	TIMEOUT_MAX = 3600,          /* seconds: an hour */
	CACHE_ENTRIES_MAX = 1 << 20, /* the files of a large mirror */
	CACHE_SIZE_MAX = 16384,      /* MiB, of each worker */
	MIB = 1 << 20,
};

/* libconfuse wants to be able to write to it. */
static char default_indexes[] = "{\"index.html\"}";

cfg_opt_t http_load_options[] = {
    CFG_STR("root", NULL, CFGF_NODEFAULT),
    CFG_STR_LIST("index", default_indexes, CFGF_NONE),
    CFG_BOOL("listing", cfg_false, CFGF_NONE),
    CFG_STR("symlinks", "beneath", CFGF_NONE),
    CFG_BOOL("precompressed", cfg_true, CFGF_NONE),
    CFG_BOOL("bare_lf", cfg_false, CFGF_NONE),
    CFG_BOOL("server_header", cfg_true, CFGF_NONE),
    CFG_BOOL("nosniff", cfg_false, CFGF_NONE),
    CFG_INT("header_timeout", 10, CFGF_NONE),
    CFG_INT("body_timeout", 15, CFGF_NONE),
    CFG_INT("idle_timeout", 15, CFGF_NONE),
    CFG_STR("mime_types", HTTP_LOAD_MIME_FILE, CFGF_NONE),
    CFG_INT("cache_entries", 1024, CFGF_NONE),
    CFG_INT("cache_size", 16, CFGF_NONE),
    CFG_STR("access_log", "off", CFGF_NONE),
    CFG_STR("access_log_format", "combined", CFGF_NONE),
    CFG_SEC("error_page", http_load_page_options, CFGF_MULTI | CFGF_TITLE),
    CFG_SEC("location", http_load_location_options, CFGF_MULTI | CFGF_TITLE),
    CFG_SEC("site", http_load_site_options, CFGF_MULTI | CFGF_TITLE),
    CFG_END(),
};

static uint32_t
milliseconds(const struct http_load_job *job, const char *key)
{
	return 1000 * http_load_job_number(
	                  job, job->load->section, key, 1, TIMEOUT_MAX);
}

/* The lines that every answer bears. */
static struct span
always(const struct http_load_job *job)
{
	uint8_t bytes[128];
	struct http_text text = {.space = {bytes, sizeof(bytes)}};

	if (cfg_getbool(job->load->section, "server_header"))
		http_text_add(&text, "Server: netlabd\r\n");
	if (cfg_getbool(job->load->section, "nosniff"))
		http_text_add(&text, "X-Content-Type-Options: nosniff\r\n");
	return http_load_job_copy(job, bytes, text.len);
}

static void
read_section(const struct http_load_job *job, struct http_loaded *loaded)
{
	cfg_t *section = job->load->section;

	loaded->limits = (struct http_limits){
	    .head_ms = milliseconds(job, "header_timeout"),
	    .body_ms = milliseconds(job, "body_timeout"),
	    .idle_ms = milliseconds(job, "idle_timeout"),
	};
	loaded->always = always(job);
	loaded->accepts_bare_lf = cfg_getbool(section, "bare_lf");
	loaded->cache_entries = http_load_job_number(
	    job, section, "cache_entries", 4, CACHE_ENTRIES_MAX);
	loaded->cache_size =
	    (uint64_t)MIB *
	    http_load_job_number(job, section, "cache_size", 1, CACHE_SIZE_MAX);
	http_load_site_read_all(job, &loaded->sites);
	http_load_mime_read(job, &loaded->mimes);
	/* Behind the roots: http_load_part.h says why. */
	http_load_log_read(job, &loaded->access_log);
	http_load_private_check(job, &loaded->sites);
}

void
http_load(struct service_load *load)
{
	struct http_loaded loaded = {.access_log = {.fd = -1}};
	const struct http_load_job job = {
	    .load = load, .memory = &loaded.memory};

	read_section(&job, &loaded);
	if (loaded.memory.is_short || !http_load_write(load->image, &loaded))
		http_load_job_error(
		    &job, load->section, "", CONF_KEY, "http: out of memory");
	http_load_memory_release(&loaded.memory);
}
