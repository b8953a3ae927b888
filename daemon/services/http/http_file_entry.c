/* http_file_entry.c — a path → what answers it: a location that needs no disk,
 * a file, or an error. */
#include "services/http/http_file_entry.h"
#include "services/http/http_file_content.h"
#include "services/http/http_file_open.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

enum { REST_MAX = HTTP_PATH_MAX + 2 };

struct http_file_entry *
http_file_entry_new(
    const struct http_wanted *wanted, size_t space, uint8_t **space_at)
{
	size_t weight =
	    sizeof(struct http_file_entry) + wanted->path.len + space;
	struct http_file_entry *entry = malloc(weight);

	if (entry == NULL)
		return NULL;
	*entry = (struct http_file_entry){
	    .resource = {.fd = -1},
	    .valid_ms = HTTP_FILE_ENTRY_MS,
	    .site = wanted->site,
	    .view = wanted->view,
	    .weight = weight,
	    .key_len = (uint32_t)wanted->path.len,
	};
	memcpy(entry->bytes, wanted->path.data, wanted->path.len);
	*space_at = entry->bytes + wanted->path.len;
	return entry;
}

struct http_file_entry *
http_file_entry_error(
    const struct http_wanted *wanted, enum http_status status, const char *why)
{
	uint8_t *start;
	struct http_file_entry *entry = http_file_entry_new(wanted, 0, &start);

	if (entry == NULL)
		return NULL;
	entry->resource.status = status;
	entry->resource.why = why;
	return entry;
}

void
http_file_entry_free(struct http_file_entry *entry)
{
	if (entry != NULL && entry->resource.fd != -1)
		close(entry->resource.fd);
	free(entry);
}

/* What follows the prefix of LOCATION in PATH: "" or "/…", with the slash that
 * it was written with at its end. */
static struct span
rest_of(const struct http_location *location, const struct http_path *path,
    uint8_t rest[REST_MAX])
{
	size_t from = location->prefix.len, len = 0;

	if (from == 0 && path->len > 0)
		rest[len++] = '/';
	memcpy(rest + len, path->text + from, path->len - from);
	len += path->len - from;
	if (path->is_directory)
		rest[len++] = '/';
	return (struct span){rest, len};
}

/* Writes PATH as it goes on the wire: three bytes for each at most. */
static void
write_path(struct http_text *text, struct span path)
{
	for (size_t i = 0; i < path.len; i++) {
		if (http_path_is_plain(path.data[i]))
			http_text_bytes(text, path.data + i, 1);
		else
			http_text_escape(text, path.data[i]);
	}
}

/* WANTED is to be found at TO (ready for the wire), PATH (not yet) and a slash
 * where IS_FOLDER is set. */
static struct http_file_entry *
new_moved(const struct http_wanted *wanted, struct span to, struct span path,
    bool is_folder)
{
	size_t space = to.len + 3 * path.len + 1;
	uint8_t *start;
	struct http_file_entry *entry =
	    http_file_entry_new(wanted, space, &start);

	if (entry == NULL)
		return NULL;
	struct http_text text = {.space = {start, space}};

	http_text_span(&text, to);
	write_path(&text, path);
	if (is_folder)
		http_text_add(&text, "/");
	assert(!text.is_full);
	entry->resource.moved_to = (struct span){start, text.len};
	entry->resource.status = HTTP_STATUS_MOVED;
	return entry;
}

/* LOCATION moves all that lies in it. */
static struct http_file_entry *
new_redirect(const struct http_wanted *wanted,
    const struct http_location *location, const struct http_path *path)
{
	struct span to = location->redirect;
	uint8_t bytes[REST_MAX];
	struct span rest = rest_of(location, path, bytes);

	if (to.data[to.len - 1] == '/' && rest.len > 0)
		rest = (struct span){rest.data + 1, rest.len - 1};
	/* Behind a query there is no place for a path. */
	if (memchr(to.data, '?', to.len) != NULL)
		rest.len = 0;
	struct http_file_entry *entry = new_moved(wanted, to, rest, false);

	if (entry != NULL) {
		entry->resource.status = location->redirect_status;
		entry->resource.why = "What was here is elsewhere.";
	}
	return entry;
}

/* LOCATION is a lab: the session answers. */
static struct http_file_entry *
new_lab(const struct http_wanted *wanted, const struct http_location *location,
    const struct http_path *path)
{
	uint8_t bytes[REST_MAX], *start;
	struct span rest = rest_of(location, path, bytes);
	struct http_file_entry *entry =
	    http_file_entry_new(wanted, rest.len, &start);

	if (entry == NULL)
		return NULL;
	memcpy(start, rest.data, rest.len);
	entry->resource.rest = (struct span){start, rest.len};
	entry->resource.status = HTTP_STATUS_OK;
	return entry;
}

/* What lies in LOCATION are files: it is neither moved nor a lab. */
static bool
is_of_files(const struct http_location *location)
{
	return !location->is_lab && location->redirect.len == 0;
}

/* The location of PATH. One that is named as a file holds for the forms beside
 * it, too, with its lines and its password: behind one for "/a.html" lies no
 * open "/a.html.gz". */
static const struct http_location *
location_of(const struct http_site *site, const struct http_path *path)
{
	struct span text = {(const uint8_t *)path->text, path->len};
	const struct http_location *location = http_site_location(site, text);

	for (unsigned i = HTTP_CODING_NONE + 1; i < HTTP_CODING_COUNT; i++) {
		const char *suffix = http_coding_suffix((enum http_coding)i);
		size_t len = strlen(suffix);

		if (!site->has_variants || text.len < len ||
		    memcmp(text.data + text.len - len, suffix, len) != 0)
			continue;
		const struct http_location *of_file = http_site_location(
		    site, (struct span){text.data, text.len - len});

		if (of_file->prefix.len > location->prefix.len &&
		    is_of_files(of_file))
			return of_file;
	}
	return location;
}

/* The location of INDEX in the folder PATH, which lies in LOCATION itself. */
static const struct http_location *
location_of_index(const struct http_site *site, const struct http_path *path,
    const char *index, const struct http_location *location)
{
	char text[HTTP_FILE_OPEN_JOINED_MAX];
	size_t len = http_file_open_join(text, path, index);
	const struct http_location *of_index =
	    http_site_location(site, (struct span){(const uint8_t *)text, len});

	return is_of_files(of_index) ? of_index : location;
}

/* What the disk has at PATH, which lies in LOCATION. */
static struct http_file_entry *
look_on_disk(const struct http_file_source *source,
    const struct http_wanted *wanted, const struct http_path *path,
    const struct http_location *location, struct http_file_entry *old)
{
	struct span text = {(const uint8_t *)path->text, path->len};
	/* Built from the decoded path, it begins with one slash: "//host" would
	 * lead to another host. */
	const struct span root = {(const uint8_t *)"/", 1};
	struct http_file_found found =
	    http_file_find(wanted, source->watch, path, location->is_listed);

	if (found.index != NULL)
		location = location_of_index(
		    wanted->site, path, found.index, location);
	const struct http_file_content content = {
	    .source = source,
	    .wanted = wanted,
	    .path = path,
	    .location = location,
	    .found = &found,
	    .old = old,
	};
	struct http_file_entry *entry;

	if (found.status == HTTP_STATUS_OK)
		entry = http_file_content_entry(&content);
	else if (found.status == HTTP_STATUS_MOVED)
		entry = new_moved(wanted, root, text, true);
	else
		entry = http_file_entry_error(wanted, found.status, found.why);
	if (entry != NULL) {
		entry->forms = found.forms;
		entry->coding = found.coding;
		entry->mark = found.mark;
		if (found.is_folder && found.mark.is_whole &&
		    entry->resource.fd != -1)
			entry->valid_ms = HTTP_FILE_ENTRY_LIST_MS;
		entry->resource.location = location;
	}
	return entry;
}

/* What LOCATION says of PATH. */
static struct http_file_entry *
look_at_location(const struct http_file_source *source,
    const struct http_wanted *wanted, const struct http_path *path,
    const struct http_location *location, struct http_file_entry *old)
{
	struct http_file_entry *entry;

	if (is_of_files(location))
		return look_on_disk(source, wanted, path, location, old);
	entry = location->is_lab ? new_lab(wanted, location, path)
	                         : new_redirect(wanted, location, path);
	if (entry != NULL)
		entry->mark = http_file_watch_begin(source->watch);
	return entry;
}

struct http_file_entry *
http_file_entry_look(const struct http_file_source *source,
    const struct http_wanted *wanted, struct http_file_entry *old)
{
	struct http_path path;
	struct http_file_entry *entry = NULL;
	enum http_path_result result = http_path_decode(wanted->path, &path);
	const struct http_location *location = location_of(wanted->site, &path);

	switch (result) {
	case HTTP_PATH_OK:
		entry = look_at_location(source, wanted, &path, location, old);
		break;
	case HTTP_PATH_BAD:
		entry = http_file_entry_error(wanted, HTTP_STATUS_BAD_REQUEST,
		    "The target's path has a broken % in it, or climbs above "
		    "its start.");
		break;
	case HTTP_PATH_HIDDEN:
		entry = http_file_entry_error(wanted, HTTP_STATUS_NOT_FOUND,
		    "There is no such file here.");
		break;
	}
	if (entry != NULL && entry->resource.location == NULL)
		entry->resource.location = location;
	return entry;
}
