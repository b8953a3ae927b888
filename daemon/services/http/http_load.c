/* http_load.c — root, index, listing, bare_lf: checked, opened, written down.
 */
#include "services/http/http_load.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The room's part of the image. Texts are offsets from its start. */
struct http_part {
	uint32_t accepts_bare_lf;
	uint32_t index_count;
	uint64_t indexes[HTTP_SITE_INDEX_MAX];
};

/* libconfuse wants to be able to write to both. */
static char default_indexes[] = "{\"index.html\"}";

cfg_opt_t http_load_options[] = {
    CFG_STR("root", NULL, CFGF_NODEFAULT),
    CFG_STR_LIST("index", default_indexes, CFGF_NONE),
    CFG_BOOL("listing", cfg_false, CFGF_NONE),
    CFG_BOOL("bare_lf", cfg_false, CFGF_NONE),
    CFG_END(),
};

/* "FILE:LINE: text" about value INDEX of KEY, or about the section where it is
 * not set. */
static void
complain(const struct service_load *load, const char *key, unsigned index,
    const char *text, const char *value)
{
	unsigned line = conf_line(load->conf, load->section, key, index);

	if (line == 0)
		line = conf_section_line(load->conf, load->section);
	conf_error(conf_report(load->conf), conf_file(load->conf), line, "%s%s",
	    value, text);
}

/* The folder is opened here, where the rights to do so may still be there, and
 * handed on; workers never see its name. */
static void
load_root(struct service_load *load)
{
	const char *root = cfg_getstr(load->section, "root");
	char path[PATH_MAX];

	if (root == NULL || root[0] == '\0') {
		complain(load, "root", 0,
		    "http needs a root: the folder that holds its files", "");
		return;
	}
	if (!conf_path(load->conf, root, path, sizeof(path))) {
		complain(load, "root", 0, "root is too long", "");
		return;
	}
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1) {
		complain(load, "root", 0,
		    errno == ENOTDIR  ? ": not a folder"
		    : errno == ENOENT ? ": no such folder"
		                      : ": the folder cannot be opened",
		    path);
		return;
	}
	load->files[load->file_count++] = fd;
}

static bool
is_index(const char *name)
{
	return name[0] != '\0' && strchr(name, '/') == NULL &&
	       strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
	       strlen(name) <= NAME_MAX;
}

/* Writes the index files' names. False: no memory. */
static bool
load_indexes(struct service_load *load, struct http_part *part)
{
	unsigned count = cfg_size(load->section, "index");

	if (count > HTTP_SITE_INDEX_MAX) {
		complain(load, "index", HTTP_SITE_INDEX_MAX,
		    "at most 8 index files can be named", "");
		return true;
	}
	for (unsigned i = 0; i < count; i++) {
		const char *name = cfg_getnstr(load->section, "index", i);

		if (!is_index(name)) {
			complain(load, "index", i,
			    ": an index is the name of a file, without a "
			    "folder",
			    name);
			continue;
		}
		size_t at = image_writer_text(load->image, name);

		if (at == SIZE_MAX)
			return false;
		part->indexes[part->index_count++] = at;
	}
	return true;
}

void
http_load(struct service_load *load)
{
	struct http_part part = {
	    .accepts_bare_lf = cfg_getbool(load->section, "bare_lf"),
	};
	size_t at = image_writer_reserve(
	    load->image, sizeof(part), _Alignof(struct http_part));

	if (at == SIZE_MAX || !load_indexes(load, &part)) {
		complain(load, "listen", 0, "http: out of memory", "");
		return;
	}
	memcpy(image_writer_at(load->image, at), &part, sizeof(part));
	if (cfg_getbool(load->section, "listing"))
		complain(load, "listing", 0,
		    "listing is not available in this version: false is all "
		    "that it can be",
		    "");
	/* A section without addresses serves nothing. */
	if (cfg_size(load->section, "listen") > 0)
		load_root(load);
}

bool
http_load_read(const struct service_start *start, struct http_loaded *loaded)
{
	struct {
		struct http_site site;
		struct http_location location;
	} *own = calloc(1, sizeof(*own));
	struct http_part part;

	if (own == NULL || start->file_count == 0 ||
	    start->part.len < sizeof(part)) {
		free(own);
		return false;
	}
	memcpy(&part, start->part.data, sizeof(part));
	own->site = (struct http_site){
	    .root = start->files[0],
	    .index_count = part.index_count,
	    .locations = &own->location,
	    .location_count = 1,
	};
	for (size_t i = 0; i < part.index_count; i++)
		own->site.indexes[i] =
		    (const char *)start->part.data + part.indexes[i];
	*loaded = (struct http_loaded){
	    .sites = {.sites = &own->site, .site_count = 1},
	    .limits = {.head_ms = 10000, .body_ms = 15000, .idle_ms = 15000},
	    .always = {(const uint8_t *)"Server: netlabd\r\n", 17},
	    .accepts_bare_lf = part.accepts_bare_lf != 0,
	};
	return true;
}
