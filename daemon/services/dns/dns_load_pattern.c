/* dns_load_pattern.c — zones by the names of their files. Loader process only.
 */
#include "services/dns/dns_load_pattern.h"

#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One pattern at work. */
struct pattern {
	struct service_load *load;
	struct dns_load_zones *zones;
	const char *text; /* as the configuration has it */
	unsigned line;
};

static struct report *
report_of(const struct pattern *pattern)
{
	return conf_report(pattern->load->conf);
}

static const char *
file_of(const struct pattern *pattern)
{
	return conf_file(pattern->load->conf);
}

bool
dns_load_pattern_name(const char *path, char *out, size_t cap)
{
	static const char ending[] = ".zone", beginning[] = "db.";
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	size_t len = strlen(name), cut = sizeof(ending) - 1;

	if (len > cut && strcmp(name + len - cut, ending) == 0) {
		len -= cut;
	} else if (strncmp(name, beginning, sizeof(beginning) - 1) == 0) {
		name += sizeof(beginning) - 1;
		len -= sizeof(beginning) - 1;
	}
	/* No file is named "." and "..zone" is hidden from patterns. */
	if (len == 4 && strncmp(name, "root", len) == 0) {
		name = ".";
		len = 1;
	}
	int used = snprintf(out, cap, "%.*s", (int)len, name);

	return used >= 0 && (size_t)used < cap;
}

static bool
is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return strcmp(a, b) == 0 ||
	       (stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	           x.st_ino == y.st_ino);
}

static void
set_path(
    const struct pattern *pattern, struct dns_load_zone *zone, const char *path)
{
	zone->path = strdup(path);
	if (zone->path == NULL)
		pattern->zones->is_full = true;
}

/* ZONE has the name that PATH says, and was there before. */
static void
meet(
    const struct pattern *pattern, struct dns_load_zone *zone, const char *path)
{
	if (zone->is_wrong)
		return;
	if (zone->path == NULL)
		set_path(pattern, zone, path);
	else if (is_same_file(zone->path, path))
		return;
	else if (zone->is_from_pattern)
		conf_broken(report_of(pattern), file_of(pattern), pattern->line,
		    "%s and %s both say to be zone \"%s\": the first is taken",
		    zone->path, path, zone->title);
	else
		conf_warning(report_of(pattern), file_of(pattern),
		    pattern->line,
		    "%s is not read: zone \"%s\" has another file on line %u",
		    path, zone->title, zone->line);
}

static void
add_file(const struct pattern *pattern, const char *path)
{
	char title[NAME_MAX + 1];
	uint8_t name[DNS_NAME_MAX], apex[DNS_NAME_MAX];
	size_t len = dns_load_pattern_name(path, title, sizeof(title))
	                 ? dns_name_parse(title, name)
	                 : 0;

	if (len == 0) {
		conf_broken(report_of(pattern), file_of(pattern), pattern->line,
		    "%s: its name is no zone's name", path);
		return;
	}
	dns_name_lower(apex, name, len);
	struct dns_load_zone *zone =
	    dns_load_zones_exact(pattern->zones, apex, len);

	if (zone != NULL) {
		meet(pattern, zone, path);
		return;
	}
	zone = dns_load_zones_add(pattern->zones, title, apex);
	if (zone == NULL)
		return;
	zone->line = pattern->line;
	zone->is_from_pattern = true;
	set_path(pattern, zone, path);
}

/* Folders beside the files are none of the pattern's concern, but a pattern
 * that names one means its files. */
static void
add_files(const struct pattern *pattern, const glob_t *found)
{
	size_t folders = 0;

	for (size_t i = 0; i < found->gl_pathc; i++) {
		const char *path = found->gl_pathv[i];

		if (path[strlen(path) - 1] == '/')
			folders++;
		else
			add_file(pattern, path);
	}
	if (folders > 0 && folders == found->gl_pathc)
		conf_warning(report_of(pattern), file_of(pattern),
		    pattern->line,
		    "'zones': \"%s\" is a folder: its files are \"%s/*.zone\"",
		    pattern->text, pattern->text);
}

/* The pattern from the root folder on, the characters that mean something to
 * glob(7) escaped in the part that the configuration's folder is. */
static bool
make_absolute(const struct pattern *pattern, char *out, size_t cap)
{
	char folder[PATH_MAX];
	size_t len = 0;

	if (!conf_path(pattern->load->conf, "", folder, sizeof(folder)))
		return false;
	for (const char *c = pattern->text[0] == '/' ? "" : folder;
	     *c != '\0' && len + 2 < cap; c++) {
		if (strchr("*?[\\", *c) != NULL)
			out[len++] = '\\';
		out[len++] = *c;
	}
	int more = snprintf(out + len, cap - len, "%s", pattern->text);

	return more >= 0 && (size_t)more < cap - len;
}

/* Is the folder there that the pattern begins with, in front of what means
 * something to glob(7)? */
static bool
has_folder(const struct pattern *pattern)
{
	char folder[PATH_MAX], path[PATH_MAX];
	size_t len = strcspn(pattern->text, "*?[\\");
	struct stat status;

	while (len > 0 && pattern->text[len - 1] != '/')
		len--;
	int used =
	    snprintf(folder, sizeof(folder), "%.*s", (int)len, pattern->text);

	return used >= 0 && (size_t)used < sizeof(folder) &&
	       conf_path(pattern->load->conf, folder, path, sizeof(path)) &&
	       stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Files may go one by one; with a folder that is gone they were not meant to.
 */
static void
tell_failure(const struct pattern *pattern, int result, int error)
{
	if (result == GLOB_NOSPACE)
		pattern->zones->is_full = true;
	else if (result != GLOB_NOMATCH && error != ENOENT)
		conf_broken(report_of(pattern), file_of(pattern), pattern->line,
		    "'zones': \"%s\" cannot be looked for: %s", pattern->text,
		    strerror(error));
	else if (!has_folder(pattern))
		conf_broken(report_of(pattern), file_of(pattern), pattern->line,
		    "'zones': the folder of \"%s\" is not there",
		    pattern->text);
	else
		conf_warning(report_of(pattern), file_of(pattern),
		    pattern->line, "'zones': no file matches \"%s\"",
		    pattern->text);
}

static void
read_pattern(const struct pattern *pattern)
{
	char path[2 * PATH_MAX];
	glob_t found = {0};

	if (pattern->text[0] == '\0' ||
	    !make_absolute(pattern, path, sizeof(path))) {
		conf_error(report_of(pattern), file_of(pattern), pattern->line,
		    "'zones': \"%s\": not a pattern of paths", pattern->text);
		return;
	}
	errno = 0;
	int result = glob(path, GLOB_ERR | GLOB_MARK, NULL, &found);
	int error = errno;

	if (result == 0)
		add_files(pattern, &found);
	else
		tell_failure(pattern, result, error);
	globfree(&found);
}

void
dns_load_pattern_read(struct service_load *load, struct dns_load_zones *zones)
{
	unsigned count = cfg_size(load->section, "zones");

	for (unsigned i = 0; i < count; i++) {
		const struct pattern pattern = {
		    .load = load,
		    .zones = zones,
		    .text = cfg_getnstr(load->section, "zones", i),
		    .line = conf_line(load->conf, load->section, "zones", i),
		};

		read_pattern(&pattern);
	}
}
