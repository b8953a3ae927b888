/* http_load_write.c — struct http_loaded → the room's part of the image. Loader
 * process only. */
#include "services/http/http_load.h"
#include "services/http/http_load_part.h"

#include <string.h>

struct writer {
	struct image_writer *image;
	bool is_short;
};

/* The place of SIZE bytes at the part's end. 0: it is too large. */
static uint32_t
reserve(struct writer *writer, size_t size, size_t align)
{
	size_t at = image_writer_reserve(writer->image, size, align);

	if (at > UINT32_MAX - size) {
		writer->is_short = true;
		return 0;
	}
	return (uint32_t)at;
}

static struct http_part_text
put_text(struct writer *writer, struct span text)
{
	struct http_part_text part = {
	    .at = reserve(writer, text.len + 1, 1),
	    .len = (uint32_t)text.len,
	};

	if (!writer->is_short && text.len > 0)
		memcpy(image_writer_at(writer->image, part.at), text.data,
		    text.len);
	return part;
}

static struct http_part_text
put_string(struct writer *writer, const char *string)
{
	return put_text(
	    writer, (struct span){(const uint8_t *)string, strlen(string)});
}

/* The INDEX-th struct of LIST: its SIZE bytes are ITEM's. */
static void
put_item(struct writer *writer, struct http_part_list list, size_t index,
    const void *item, size_t size)
{
	if (!writer->is_short)
		memcpy(image_writer_at(writer->image, list.at + index * size),
		    item, size);
}

static struct http_part_list
begin_list(struct writer *writer, size_t count, size_t size)
{
	return (struct http_part_list){
	    .at = reserve(writer, count * size, 8),
	    .count = (uint32_t)count,
	};
}

static struct http_part_list
put_users(struct writer *writer, const struct http_location *location)
{
	struct http_part_list list = begin_list(
	    writer, location->user_count, sizeof(struct http_part_user));

	for (size_t i = 0; i < list.count; i++) {
		const struct http_user *user = &location->users[i];
		const struct http_part_user part = {
		    .name = put_text(writer, user->name),
		    .hash = put_string(writer, user->hash),
		};

		put_item(writer, list, i, &part, sizeof(part));
	}
	return list;
}

static struct http_part_list
put_locations(struct writer *writer, const struct http_site *site)
{
	struct http_part_list list = begin_list(
	    writer, site->location_count, sizeof(struct http_part_location));

	for (size_t i = 0; i < list.count; i++) {
		const struct http_location *location = &site->locations[i];
		const struct http_part_location part = {
		    .prefix = put_text(writer, location->prefix),
		    .fields = put_text(writer, location->fields),
		    .redirect = put_text(writer, location->redirect),
		    .realm = put_text(writer, location->realm),
		    .users = put_users(writer, location),
		    .redirect_status = location->redirect_status,
		    .is_listed = location->is_listed,
		    .is_lab = location->is_lab,
		};

		put_item(writer, list, i, &part, sizeof(part));
	}
	return list;
}

static struct http_part_list
put_pages(struct writer *writer, const struct http_site *site)
{
	struct http_part_list list = begin_list(
	    writer, site->error_page_count, sizeof(struct http_part_page));

	for (size_t i = 0; i < list.count; i++) {
		const struct http_part_page part = {
		    .path = put_text(writer, site->error_pages[i].path),
		    .status = site->error_pages[i].status,
		};

		put_item(writer, list, i, &part, sizeof(part));
	}
	return list;
}

static struct http_part_list
put_indexes(struct writer *writer, const struct http_site *site)
{
	struct http_part_list list = begin_list(
	    writer, site->index_count, sizeof(struct http_part_text));

	for (size_t i = 0; i < list.count; i++) {
		const struct http_part_text part =
		    put_string(writer, site->indexes[i]);

		put_item(writer, list, i, &part, sizeof(part));
	}
	return list;
}

static struct http_part_list
put_sites(struct writer *writer, const struct http_sites *sites)
{
	struct http_part_list list = begin_list(
	    writer, sites->site_count, sizeof(struct http_part_site));

	for (size_t i = 0; i < list.count; i++) {
		const struct http_site *site = &sites->sites[i];
		const struct http_part_site part = {
		    .name = put_text(writer, site->name),
		    .indexes = put_indexes(writer, site),
		    .locations = put_locations(writer, site),
		    .pages = put_pages(writer, site),
		    .symlinks = site->symlinks,
		    .has_variants = site->has_variants,
		};

		put_item(writer, list, i, &part, sizeof(part));
	}
	return list;
}

static struct http_part_list
put_hosts(struct writer *writer, const struct http_sites *sites)
{
	struct http_part_list list = begin_list(
	    writer, sites->host_count, sizeof(struct http_part_host));

	for (size_t i = 0; i < list.count; i++) {
		const struct http_part_host part = {
		    .name = put_text(writer, sites->hosts[i].name),
		    .site = sites->hosts[i].site,
		};

		put_item(writer, list, i, &part, sizeof(part));
	}
	return list;
}

static struct http_part_list
put_mimes(struct writer *writer, const struct http_mimes *mimes)
{
	struct http_part_list list =
	    begin_list(writer, mimes->count, sizeof(struct http_part_mime));

	for (size_t i = 0; i < list.count; i++) {
		const struct http_part_mime part = {
		    .extension = put_string(writer, mimes->list[i].extension),
		    .type = put_string(writer, mimes->list[i].type),
		};

		put_item(writer, list, i, &part, sizeof(part));
	}
	return list;
}

bool
http_load_write(struct image_writer *image, const struct http_loaded *loaded)
{
	struct writer writer = {.image = image};
	uint32_t at = reserve(
	    &writer, sizeof(struct http_part), _Alignof(struct http_part));
	const struct http_part part = {
	    .magic = HTTP_LOAD_PART_MAGIC,
	    .accepts_bare_lf = loaded->accepts_bare_lf,
	    .log_kind = loaded->access_log.kind,
	    .log_is_json = loaded->access_log.is_json,
	    .head_ms = loaded->limits.head_ms,
	    .body_ms = loaded->limits.body_ms,
	    .idle_ms = loaded->limits.idle_ms,
	    .cache_entries = loaded->cache_entries,
	    .cache_size = loaded->cache_size,
	    .always = put_text(&writer, loaded->always),
	    .sites = put_sites(&writer, &loaded->sites),
	    .hosts = put_hosts(&writer, &loaded->sites),
	    .mimes = put_mimes(&writer, &loaded->mimes),
	};

	if (!writer.is_short)
		memcpy(image_writer_at(image, at), &part, sizeof(part));
	return !writer.is_short;
}
