/* http_load_read.c — the room's part of the image → struct http_loaded. Worker
 * process. */
#include "services/http/http_load.h"
#include "services/http/http_load_part.h"

#include <string.h>

/* The image is sealed and the loader's own; still nothing of it is believed
 * that could lead outside of it. */
struct reader {
	struct span part;
	struct http_load_memory memory;
	const int *files;
	size_t file_count;
	bool is_bad;
};

static struct span
text_of(struct reader *reader, struct http_part_text text)
{
	struct span part = reader->part;

	if (text.at >= part.len || text.len >= part.len - text.at ||
	    part.data[text.at + text.len] != '\0') {
		reader->is_bad = true;
		return (struct span){part.data, 0};
	}
	return (struct span){part.data + text.at, text.len};
}

static const char *
string_of(struct reader *reader, struct http_part_text text)
{
	struct span span = text_of(reader, text);

	return reader->is_bad ? "" : (const char *)span.data;
}

/* How many structs of SIZE bytes LIST has: 0 where they do not fit, or MOST is
 * not enough for them. */
static size_t
count_of(
    struct reader *reader, struct http_part_list list, size_t size, size_t most)
{
	if (list.at > reader->part.len || list.count > most ||
	    list.count > (reader->part.len - list.at) / size) {
		reader->is_bad = true;
		return 0;
	}
	return list.count;
}

/* Copies the INDEX-th struct of LIST, of SIZE bytes, to ITEM. */
static void
item_of(const struct reader *reader, struct http_part_list list, size_t index,
    void *item, size_t size)
{
	memcpy(item, reader->part.data + list.at + index * size, size);
}

/* Memory for COUNT structs; NULL and *COUNT 0 where it is short. */
static void *
take(struct reader *reader, size_t *count, size_t size)
{
	void *items = http_load_memory_take(&reader->memory, *count, size);

	if (items == NULL)
		*count = 0;
	return items;
}

static const struct http_user *
read_users(struct reader *reader, struct http_part_list list, size_t *count)
{
	struct http_part_user part;

	*count = count_of(reader, list, sizeof(part), SIZE_MAX);
	struct http_user *users = take(reader, count, sizeof(*users));

	for (size_t i = 0; i < *count; i++) {
		item_of(reader, list, i, &part, sizeof(part));
		users[i].name = text_of(reader, part.name);
		users[i].hash = string_of(reader, part.hash);
	}
	return users;
}

static struct http_location
read_location(struct reader *reader, const struct http_part_location *part)
{
	struct http_location location = {
	    .prefix = text_of(reader, part->prefix),
	    .fields = text_of(reader, part->fields),
	    .is_listed = part->is_listed != 0,
	    .is_lab = part->is_lab != 0,
	    .redirect = text_of(reader, part->redirect),
	    .redirect_status = (enum http_status)part->redirect_status,
	    .realm = text_of(reader, part->realm),
	};

	if (part->redirect_status >= HTTP_STATUS_COUNT ||
	    location.fields.len > HTTP_SITE_FIELDS_MAX)
		reader->is_bad = true;
	location.users = read_users(reader, part->users, &location.user_count);
	return location;
}

/* The last location has to be the whole site: http_site_location relies on it.
 */
static void
read_locations(
    struct reader *reader, struct http_part_list list, struct http_site *site)
{
	struct http_part_location part;
	size_t count =
	    count_of(reader, list, sizeof(part), HTTP_SITE_LOCATION_MAX);
	struct http_location *locations =
	    take(reader, &count, sizeof(*locations));

	for (size_t i = 0; i < count; i++) {
		item_of(reader, list, i, &part, sizeof(part));
		locations[i] = read_location(reader, &part);
	}
	if (count == 0 || locations[count - 1].prefix.len != 0)
		reader->is_bad = true;
	site->locations = locations;
	site->location_count = count;
}

static void
read_pages(
    struct reader *reader, struct http_part_list list, struct http_site *site)
{
	struct http_part_page part;
	size_t count = count_of(reader, list, sizeof(part), HTTP_STATUS_COUNT);
	struct http_error_page *pages = take(reader, &count, sizeof(*pages));

	for (size_t i = 0; i < count; i++) {
		item_of(reader, list, i, &part, sizeof(part));
		if (part.status >= HTTP_STATUS_COUNT)
			reader->is_bad = true;
		pages[i] = (struct http_error_page){
		    .status = (enum http_status)part.status,
		    .path = text_of(reader, part.path),
		};
	}
	site->error_pages = pages;
	site->error_page_count = count;
}

static struct http_site
read_site(
    struct reader *reader, const struct http_part_site *part, unsigned index)
{
	struct http_site site = {
	    .index = index,
	    .name = text_of(reader, part->name),
	    .root = reader->files[index],
	    .symlinks = (enum http_symlinks)part->symlinks,
	    .has_variants = part->has_variants != 0,
	};
	struct http_part_text name;

	if (part->symlinks > HTTP_SYMLINKS_NEVER)
		reader->is_bad = true;
	site.index_count =
	    count_of(reader, part->indexes, sizeof(name), HTTP_SITE_INDEX_MAX);
	for (size_t i = 0; i < site.index_count; i++) {
		item_of(reader, part->indexes, i, &name, sizeof(name));
		site.indexes[i] = string_of(reader, name);
	}
	read_locations(reader, part->locations, &site);
	read_pages(reader, part->pages, &site);
	return site;
}

static void
read_sites(
    struct reader *reader, const struct http_part *part, struct http_sites *out)
{
	struct http_part_site site;
	size_t count =
	    count_of(reader, part->sites, sizeof(site), reader->file_count);
	struct http_site *sites = take(reader, &count, sizeof(*sites));

	for (size_t i = 0; i < count; i++) {
		item_of(reader, part->sites, i, &site, sizeof(site));
		sites[i] = read_site(reader, &site, (unsigned)i);
	}
	if (count == 0)
		reader->is_bad = true;
	out->sites = sites;
	out->site_count = count;
}

static void
read_hosts(
    struct reader *reader, const struct http_part *part, struct http_sites *out)
{
	struct http_part_host host;
	size_t count = count_of(reader, part->hosts, sizeof(host), SIZE_MAX);
	struct http_host *hosts = take(reader, &count, sizeof(*hosts));

	for (size_t i = 0; i < count; i++) {
		item_of(reader, part->hosts, i, &host, sizeof(host));
		if (host.site >= out->site_count)
			reader->is_bad = true;
		hosts[i] = (struct http_host){
		    .name = text_of(reader, host.name),
		    .site = host.site,
		};
	}
	out->hosts = hosts;
	out->host_count = count;
}

static void
read_mimes(
    struct reader *reader, const struct http_part *part, struct http_mimes *out)
{
	struct http_part_mime mime;
	size_t count = count_of(reader, part->mimes, sizeof(mime), SIZE_MAX);
	struct http_mime *list = take(reader, &count, sizeof(*list));

	for (size_t i = 0; i < count; i++) {
		item_of(reader, part->mimes, i, &mime, sizeof(mime));
		list[i] = (struct http_mime){
		    .extension = string_of(reader, mime.extension),
		    .type = string_of(reader, mime.type),
		};
	}
	*out = (struct http_mimes){.list = list, .count = count};
}

static struct http_load_log
read_log(struct reader *reader, const struct http_part *part)
{
	struct http_load_log log = {
	    .kind = (enum http_load_log_kind)part->log_kind,
	    .fd = -1,
	    .is_json = part->log_is_json != 0,
	};

	if (part->log_kind > HTTP_LOAD_LOG_FILE)
		reader->is_bad = true;
	if (log.kind != HTTP_LOAD_LOG_FILE)
		return log;
	if (part->sites.count < reader->file_count)
		log.fd = reader->files[part->sites.count];
	else
		reader->is_bad = true;
	return log;
}

bool
http_load_read(const struct service_start *start, struct http_loaded *loaded)
{
	struct reader reader = {
	    .part = start->part,
	    .files = start->files,
	    .file_count = start->file_count,
	};
	struct http_part part;

	*loaded = (struct http_loaded){.access_log = {.fd = -1}};
	if (start->part.len < sizeof(part))
		return false;
	memcpy(&part, start->part.data, sizeof(part));
	if (part.magic != HTTP_LOAD_PART_MAGIC)
		return false;
	read_sites(&reader, &part, &loaded->sites);
	read_hosts(&reader, &part, &loaded->sites);
	read_mimes(&reader, &part, &loaded->mimes);
	loaded->limits = (struct http_limits){
	    .head_ms = part.head_ms,
	    .body_ms = part.body_ms,
	    .idle_ms = part.idle_ms,
	};
	loaded->always = text_of(&reader, part.always);
	loaded->access_log = read_log(&reader, &part);
	loaded->cache_entries = part.cache_entries;
	loaded->cache_size = part.cache_size;
	loaded->accepts_bare_lf = part.accepts_bare_lf != 0;
	loaded->memory = reader.memory;
	if (!reader.is_bad && !reader.memory.is_short)
		return true;
	http_load_memory_release(&reader.memory);
	*loaded = (struct http_loaded){.access_log = {.fd = -1}};
	return false;
}
