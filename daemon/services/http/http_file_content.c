/* http_file_content.c — what is small is kept whole, in one piece with its
 * head; what is large stays open. */
#include "services/http/http_file_content.h"
#include "services/http/http_file_hash.h"
#include "services/http/http_file_list.h"
#include "services/http/http_listing.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	/* How often a file is read again that changes while it is read. */
	READ_TRIES = 4,
	IS_LARGE = -2, /* in the place of a length */
};

static struct http_file_id
id_of(const struct stat *stat)
{
	return (struct http_file_id){
	    .dev = stat->st_dev,
	    .ino = stat->st_ino,
	    .size = stat->st_size,
	    .mtime = stat->st_mtim,
	    .ctime = stat->st_ctim,
	};
}

static bool
is_same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

static bool
is_same_id(const struct http_file_id *a, const struct stat *stat)
{
	return a->dev == stat->st_dev && a->ino == stat->st_ino &&
	       a->size == stat->st_size &&
	       is_same_time(&a->mtime, &stat->st_mtim) &&
	       is_same_time(&a->ctime, &stat->st_ctim);
}

/* OLD is what was found, unchanged. A weak tag does not last: it becomes a
 * strong one as soon as it may. */
static bool
is_same(const struct http_file_entry *old, const struct http_file_found *found)
{
	return old != NULL && old->resource.status == HTTP_STATUS_OK &&
	       old->resource.etag.len > 0 &&
	       old->resource.etag.data[0] == '"' &&
	       old->forms == found->forms && old->coding == found->coding &&
	       is_same_id(&old->id, &found->stat);
}

/* Reads the file of FD to AT; the number of bytes, up to LEN, that it still
 * has. -1: errno. */
static ssize_t
read_whole(int fd, uint8_t *at, size_t len)
{
	size_t done = 0;

	while (done < len) {
		ssize_t count = pread(fd, at + done, len - done, (off_t)done);

		if (count == -1 && errno == EINTR)
			continue;
		if (count == -1)
			return -1;
		if (count == 0)
			break;
		done += (size_t)count;
	}
	return (ssize_t)done;
}

static bool
is_small(const struct stat *stat)
{
	return stat->st_size <= HTTP_RESOURCE_INLINE_MAX;
}

/*
 * Reads the file of FD, if it is small, to AT, and STAT anew with it: somebody
 * may be writing to it, and what is read shall be of one version. The number of
 * bytes; IS_LARGE; -1: errno.
 */
static ssize_t
read_small(int fd, struct stat *stat, uint8_t at[HTTP_RESOURCE_INLINE_MAX])
{
	ssize_t len = IS_LARGE;

	for (unsigned i = 0; i < READ_TRIES && is_small(stat); i++) {
		struct http_file_id id = id_of(stat);

		len = read_whole(fd, at, (size_t)stat->st_size);
		if (len == -1 || fstat(fd, stat) == -1)
			return -1;
		if (is_same_id(&id, stat))
			break;
	}
	return is_small(stat) ? len : IS_LARGE;
}

static struct http_resource_meta
meta_of(const struct http_file_content *content)
{
	const struct http_file_found *found = content->found;
	struct span name = {
	    (const uint8_t *)content->path->text, content->path->len};

	if (found->index != NULL)
		name = (struct span){
		    (const uint8_t *)found->index, strlen(found->index)};
	return (struct http_resource_meta){
	    .type = http_mime_type(content->source->mimes, name),
	    .coding = http_coding_name((enum http_coding)found->coding),
	    .vary =
	        found->forms > 1 << HTTP_CODING_NONE ? "Accept-Encoding" : NULL,
	    .size = (uint64_t)found->stat.st_size,
	    .inode = (uint64_t)found->stat.st_ino,
	    .mtime = found->stat.st_mtim.tv_sec,
	    .mtime_ns = (uint32_t)found->stat.st_mtim.tv_nsec,
	    .now = content->source->now,
	    .always = content->source->always,
	    .fields = content->location->fields,
	};
}

/* An entry for the bytes of BODY. */
static struct http_file_entry *
new_small(const struct http_wanted *wanted,
    const struct http_resource_meta *meta, struct span body)
{
	size_t space = http_resource_head_space(meta);
	uint8_t *start;
	struct http_file_entry *entry =
	    http_file_entry_new(wanted, space + body.len, &start);

	if (entry == NULL)
		return NULL;
	http_resource_build(
	    &entry->resource, meta, (struct space){start, space});
	if (body.len > 0)
		memcpy(start + entry->resource.head_len, body.data, body.len);
	entry->resource.block.len += body.len;
	entry->resource.is_inline = true;
	return entry;
}

/* An entry for the open FD, which becomes the entry's. */
static struct http_file_entry *
new_large(const struct http_wanted *wanted,
    const struct http_resource_meta *meta, int fd)
{
	size_t space = http_resource_head_space(meta);
	uint8_t *start;
	struct http_file_entry *entry =
	    http_file_entry_new(wanted, space, &start);

	if (entry == NULL) {
		close(fd);
		return NULL;
	}
	http_resource_build(
	    &entry->resource, meta, (struct space){start, space});
	entry->resource.fd = fd;
	return entry;
}

static struct http_file_entry *
new_unreadable(const struct http_wanted *wanted)
{
	return http_file_entry_error(
	    wanted, HTTP_STATUS_INTERNAL, "This could not be read.");
}

static struct http_file_entry *
file_entry(const struct http_file_content *content)
{
	struct http_file_found *found = content->found;
	uint8_t bytes[HTTP_RESOURCE_INLINE_MAX];
	struct http_file_entry *entry;

	if (is_same(content->old, found)) {
		close(found->fd);
		return content->old;
	}
	ssize_t len = read_small(found->fd, &found->stat, bytes);
	struct http_resource_meta meta = meta_of(content);

	if (len == IS_LARGE) {
		entry = new_large(content->wanted, &meta, found->fd);
	} else if (len == -1) {
		entry = new_unreadable(content->wanted);
		close(found->fd);
	} else {
		meta.size = (uint64_t)len; /* it may be shorter by now */
		entry = new_small(
		    content->wanted, &meta, (struct span){bytes, (size_t)len});
		close(found->fd);
	}
	if (entry != NULL)
		entry->id = id_of(&found->stat);
	return entry;
}

/* A descriptor of a file in memory with the bytes of PAGE. -1: errno. */
static int
open_page(struct span page)
{
	int fd = memfd_create("listing", MFD_CLOEXEC);

	for (size_t at = 0; fd != -1 && at < page.len;) {
		ssize_t count = write(fd, page.data + at, page.len - at);

		if (count > 0) {
			at += (size_t)count;
		} else if (count == 0 || errno != EINTR) {
			close(fd);
			fd = -1;
		}
	}
	return fd;
}

/* An entry for PAGE, whose tag is ETAG. */
static struct http_file_entry *
new_page(
    const struct http_file_content *content, struct span page, struct span etag)
{
	const struct http_resource_meta meta = {
	    .type = http_listing_type(content->wanted->view),
	    .vary = "Accept",
	    .etag = etag,
	    .is_undated = true,
	    .size = page.len,
	    .now = content->source->now,
	    .always = content->source->always,
	    .fields = content->location->fields,
	};

	if (page.len <= HTTP_RESOURCE_INLINE_MAX)
		return new_small(content->wanted, &meta, page);
	int fd = open_page(page);

	if (fd == -1)
		return http_file_entry_error(content->wanted,
		    HTTP_STATUS_UNAVAILABLE,
		    "Too many files are open. Try again in a moment.");
	struct http_file_entry *entry = new_large(content->wanted, &meta, fd);

	if (entry != NULL)
		entry->weight += page.len;
	return entry;
}

/* The tag of PAGE: a hash of its bytes, the same in every worker and after a
 * restart: its starts and secrets are digits of pi, which nobody chose. Folders
 * have no time that tells of a file's new size. */
static struct span
tag_of(struct span page, uint8_t bytes[HTTP_RESOURCE_ETAG_MAX])
{
	struct http_text text = {.space = {bytes, HTTP_RESOURCE_ETAG_MAX}};

	http_text_add(&text, "\"");
	http_text_number(&text,
	    http_file_hash(0x243f6a8885a308d3, 0x13198a2e03707344, page), 16);
	http_text_number(&text,
	    http_file_hash(0xa4093822299f31d0, 0x082efa98ec4e6c89, page), 16);
	http_text_add(&text, "\"");
	return (struct span){bytes, text.len};
}

static bool
is_equal(struct span a, struct span b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static struct http_file_entry *
folder_entry(const struct http_file_content *content)
{
	struct http_file_entry *old = content->old, *entry = old;
	uint8_t bytes[HTTP_RESOURCE_ETAG_MAX];
	struct span page;
	uint8_t *data = http_file_list(
	    content->wanted, content->path, content->found->fd, &page.len);

	if (data == NULL)
		return errno == ENOMEM ? NULL : new_unreadable(content->wanted);
	page.data = data;
	struct span etag = tag_of(page, bytes);

	if (old == NULL || old->resource.status != HTTP_STATUS_OK ||
	    old->resource.etag.len == 0 || !is_equal(old->resource.etag, etag))
		entry = new_page(content, page, etag);
	free(data);
	return entry;
}

struct http_file_entry *
http_file_content_entry(const struct http_file_content *content)
{
	return content->found->is_folder ? folder_entry(content)
	                                 : file_entry(content);
}
