/* http_load_location.c — the locations of a site. Loader process only. */
#include "services/http/http_load_location.h"

#include "services/http/http_load_field.h"
#include "services/http/http_load_redirect.h"
#include "services/http/http_load_user.h"
#include "services/http/http_path.h"

#include <stdlib.h>
#include <string.h>

cfg_opt_t http_load_location_options[] = {
    CFG_STR_LIST("headers", NULL, CFGF_NODEFAULT),
    CFG_STR("cache_control", NULL, CFGF_NODEFAULT),
    CFG_BOOL("listing", cfg_false, CFGF_NONE),
    CFG_STR("redirect", NULL, CFGF_NODEFAULT),
    CFG_INT("redirect_status", 301, CFGF_NONE),
    CFG_STR("auth_file", NULL, CFGF_NODEFAULT),
    CFG_STR("auth_realm", "Restricted", CFGF_NONE),
    CFG_BOOL("lab", cfg_false, CFGF_NONE),
    CFG_END(),
};

/* A location that is being read. */
struct draft {
	struct http_location location;
	cfg_t *section; /* NULL: the file does not have it */
};

struct drafts {
	struct draft *list;
	size_t count;
};

/* What is wrong with TITLE, a prefix as in a target; NULL: PATH has it. */
static const char *
prefix_fault(const char *title, struct http_path *path)
{
	const struct span raw = {(const uint8_t *)title, strlen(title)};

	if (title[0] != '/')
		return "begins with \"/\"";
	if (strpbrk(title, "?#") != NULL)
		return "is a path alone: \"?\" and \"#\" are written %3F and "
		       "%23 in it";
	for (const char *dot = strstr(title, "/."); dot != NULL;
	     dot = strstr(dot + 1, "/.")) {
		size_t len = strcspn(dot + 1, "/");

		if (len == 1 || (len == 2 && dot[2] == '.'))
			return "has no \".\" and \"..\" in it";
	}
	switch (http_path_decode(raw, path)) {
	case HTTP_PATH_OK:
		return NULL;
	case HTTP_PATH_HIDDEN:
		return "is never served: names that begin with a dot are "
		       "hidden, but for /.well-known";
	case HTTP_PATH_BAD:
		break;
	}
	return "has an escape that is none: \"%\" and two hexadecimal digits";
}

static const struct draft *
find(const struct drafts *drafts, const struct http_path *path)
{
	for (size_t i = 0; i < drafts->count; i++) {
		struct span prefix = drafts->list[i].location.prefix;

		if (prefix.len == path->len &&
		    (path->len == 0 ||
		        memcmp(prefix.data, path->text, path->len) == 0))
			return &drafts->list[i];
	}
	return NULL;
}

/* Keys of one location that cannot be meant together. */
static void
check_contradictions(const struct http_load_job *job, cfg_t *section)
{
	static const char *const beside_redirect[] = {
	    "lab", "listing", "headers", "cache_control"};
	bool is_moved = http_load_job_has(job, section, "redirect");

	for (size_t i = 0;
	     i < sizeof(beside_redirect) / sizeof(beside_redirect[0]); i++)
		if (is_moved &&
		    http_load_job_has(job, section, beside_redirect[i]))
			http_load_job_error(job, section, beside_redirect[i],
			    CONF_KEY,
			    "'%s' means nothing beside 'redirect': all is "
			    "moved",
			    beside_redirect[i]);
	if (!is_moved && http_load_job_has(job, section, "redirect_status"))
		http_load_job_error(job, section, "redirect_status", CONF_KEY,
		    "'redirect_status' means nothing without 'redirect'");
	if (cfg_getbool(section, "lab") && cfg_getbool(section, "listing"))
		http_load_job_error(job, section, "listing", CONF_KEY,
		    "a lab location has no folders to list");
	if (!http_load_job_has(job, section, "auth_file") &&
	    http_load_job_has(job, section, "auth_realm"))
		http_load_job_error(job, section, "auth_realm", CONF_KEY,
		    "'auth_realm' means nothing without 'auth_file'");
}

static void
read_own(const struct http_load_job *job, struct draft *draft)
{
	struct http_location *location = &draft->location;
	cfg_t *section = draft->section;

	check_contradictions(job, section);
	location->fields = http_load_field_lines(job, section);
	location->is_listed = cfg_getbool(section, "listing");
	location->is_lab = cfg_getbool(section, "lab");
	if (location->is_lab && location->prefix.len > HTTP_SITE_LAB_PREFIX_MAX)
		http_load_job_error(job, section, "lab", CONF_KEY,
		    "a lab's prefix is at most %d bytes long",
		    HTTP_SITE_LAB_PREFIX_MAX);
	if (http_load_job_has(job, section, "redirect"))
		http_load_redirect(job, section, location);
	if (http_load_job_has(job, section, "auth_file"))
		http_load_user_read(job, section, location);
}

static void
read_section(
    const struct http_load_job *job, cfg_t *section, struct drafts *drafts)
{
	const char *title = cfg_title(section);
	struct http_path path;
	const char *fault = prefix_fault(title, &path);
	const struct draft *twin = fault == NULL ? find(drafts, &path) : NULL;

	if (fault != NULL) {
		http_load_job_error(job, section, "", CONF_KEY,
		    "location \"%s\": a location's prefix %s", title, fault);
		return;
	}
	if (twin != NULL) {
		http_load_job_error(job, section, "", CONF_KEY,
		    "location \"%s\" is the same as location \"%s\" on line "
		    "%u",
		    title, cfg_title(twin->section),
		    conf_section_line(job->load->conf, twin->section));
		return;
	}
	struct draft *draft = &drafts->list[drafts->count++];

	draft->section = section;
	draft->location.prefix = http_load_job_copy(job, path.text, path.len);
	read_own(job, draft);
}

static int
compare(const void *a, const void *b)
{
	const struct span x = ((const struct draft *)a)->location.prefix;
	const struct span y = ((const struct draft *)b)->location.prefix;

	if (x.len != y.len)
		return x.len < y.len ? 1 : -1;
	return x.len == 0 ? 0 : memcmp(x.data, y.data, x.len);
}

static bool
is_around(const struct draft *outer, const struct draft *inner)
{
	struct span x = outer->location.prefix, y = inner->location.prefix;

	return x.len == 0 || (x.len < y.len && y.data[x.len] == '/' &&
	                         memcmp(x.data, y.data, x.len) == 0);
}

/* INNER gets from OUTER what it does not say itself. A password above all: or
 * the location inside would be a hole. */
static void
inherit(const struct http_load_job *job, struct draft *inner,
    const struct http_location *outer)
{
	struct http_location *location = &inner->location;
	cfg_t *section = inner->section;

	if (section == NULL || !http_load_job_has(job, section, "listing"))
		location->is_listed = outer->is_listed;
	if (section == NULL || !http_load_job_has(job, section, "auth_file")) {
		location->realm = outer->realm;
		location->users = outer->users;
		location->user_count = outer->user_count;
	}
	location->fields =
	    http_load_field_merge(job, outer->fields, location->fields);
	if (location->fields.len <= HTTP_SITE_FIELDS_MAX)
		return;
	http_load_job_error(job, section, "headers", CONF_KEY,
	    "the headers of a location, with those of the locations around it, "
	    "are at most %d bytes",
	    HTTP_SITE_FIELDS_MAX);
	location->fields.len = 0;
}

/* The shortest prefix first: what is around is complete by then. */
static void
inherit_all(
    const struct http_load_job *job, struct drafts *drafts, bool is_listed)
{
	const struct http_location site = {.is_listed = is_listed};

	for (size_t i = drafts->count; i-- > 0;) {
		const struct http_location *outer = &site;

		for (size_t j = i + 1; j < drafts->count; j++)
			if (is_around(&drafts->list[j], &drafts->list[i])) {
				outer = &drafts->list[j].location;
				break;
			}
		inherit(job, &drafts->list[i], outer);
	}
}

static void
check_redirects(const struct http_load_job *job, const struct drafts *drafts,
    const struct http_site *site)
{
	for (size_t i = 0; i < drafts->count; i++) {
		const struct draft *draft = &drafts->list[i];
		const struct http_location *location = &site->locations[i];

		if (location->redirect.len > 0 &&
		    http_load_redirect_is_circular(site, location))
			http_load_job_error(job, draft->section, "redirect", 0,
			    "\"%s\" lies in this location itself: that would "
			    "go round for ever",
			    cfg_getstr(draft->section, "redirect"));
	}
}

void
http_load_location_read(const struct http_load_job *job, cfg_t *section,
    bool is_listed, struct http_site *site)
{
	const struct http_path whole = {.len = 0};
	unsigned count = cfg_size(section, "location");
	struct drafts drafts = {
	    .list = http_load_memory_take(
	        job->memory, count + (size_t)1, sizeof(struct draft)),
	};
	struct http_location *locations = http_load_memory_take(
	    job->memory, count + (size_t)1, sizeof(*locations));

	if (drafts.list == NULL || locations == NULL)
		return;
	for (unsigned i = 0; i < count; i++)
		read_section(job, cfg_getnsec(section, "location", i), &drafts);
	if (find(&drafts, &whole) == NULL)
		drafts.count++;
	if (drafts.count > HTTP_SITE_LOCATION_MAX)
		http_load_job_error(job, section, "", CONF_KEY,
		    "at most %d locations, the whole site among them",
		    HTTP_SITE_LOCATION_MAX);
	qsort(drafts.list, drafts.count, sizeof(drafts.list[0]), compare);
	inherit_all(job, &drafts, is_listed);
	for (size_t i = 0; i < drafts.count; i++)
		locations[i] = drafts.list[i].location;
	site->locations = locations;
	site->location_count = drafts.count;
	check_redirects(job, &drafts, site);
}
