/* http_file_cache.c — a set-associative table: a path has four places where it
 * may be; the least lately used of these makes room. */
#include "services/http/http_file_cache.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct http_file_entry {
	struct http_resource resource;
	struct http_file_mark mark;
	uint64_t checked_ms; /* when it was last known to be true */
	uint32_t used;       /* cache->clock at its last use */
	uint32_t key_len;
	const struct http_site *site; /* these three as in the wanted */
	uint8_t codings, view;
	struct stat stat; /* of the file, for HTTP_STATUS_OK */
	uint8_t bytes[];  /* the key, then what the resource's spans show */
};

/* Answers for when there is not even memory to say more. */
static const struct http_resource out_of_memory = {
    .status = HTTP_STATUS_UNAVAILABLE,
    .why = "The server is short of memory. Try again in a moment.",
    .fd = -1,
};

void
http_file_cache_open(struct http_file_cache *cache, uint64_t seed)
{
	cache->seed = seed;
	(void)http_file_watch_open(&cache->watch);
}

static void
free_entry(struct http_file_cache *cache, struct http_file_entry *entry)
{
	if (entry == NULL)
		return;
	if (entry->resource.fd != -1) {
		close(entry->resource.fd);
		cache->open_count--;
	}
	free(entry);
}

void
http_file_cache_close(struct http_file_cache *cache)
{
	for (unsigned i = 0; i < HTTP_FILE_CACHE_SETS; i++) {
		for (unsigned j = 0; j < HTTP_FILE_CACHE_WAYS; j++)
			free_entry(cache, cache->ways[i][j].entry);
	}
	free_entry(cache, cache->passing);
	memset(cache->ways, 0, sizeof(cache->ways));
	cache->passing = NULL;
	http_file_watch_close(&cache->watch);
}

/* Eight bytes a step, folded by a 64 × 64 → 128 bit product with a secret. */
static uint64_t
hash_of(uint64_t seed, struct span key)
{
	uint64_t hash = seed ^ key.len;

	for (size_t i = 0; i < key.len; i += 8) {
		size_t len = key.len - i < 8 ? key.len - i : 8;
		uint64_t word = 0;

		memcpy(&word, key.data + i, len);
		__extension__ unsigned __int128 product =
		    (unsigned __int128)(hash ^ word) *
		    (seed | 0x9e3779b97f4a7c15u);

		hash = (uint64_t)product ^ (uint64_t)(product >> 64);
	}
	return hash;
}

/* Closes the descriptor of some entry, so that one more may be open. */
static void
close_one(struct http_file_cache *cache)
{
	const unsigned total = HTTP_FILE_CACHE_SETS * HTTP_FILE_CACHE_WAYS;

	for (unsigned i = 0; i < total; i++) {
		unsigned at = cache->hand++ % total;
		struct http_file_entry **entry =
		    &cache
		         ->ways[at / HTTP_FILE_CACHE_WAYS]
		               [at % HTTP_FILE_CACHE_WAYS]
		         .entry;

		if (*entry != NULL && (*entry)->resource.fd != -1) {
			free_entry(cache, *entry);
			*entry = NULL;
			return;
		}
	}
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

static struct http_file_entry *
new_entry(struct span key, size_t space)
{
	struct http_file_entry *entry =
	    malloc(sizeof(*entry) + key.len + space);

	if (entry == NULL)
		return NULL;
	memset(entry, 0, sizeof(*entry));
	entry->resource.fd = -1;
	entry->key_len = (uint32_t)key.len;
	memcpy(entry->bytes, key.data, key.len);
	return entry;
}

/* "/a%20b/": the folder's path as it goes on the wire. Built from the decoded
 * path, so that it always begins with one slash: "//host" would lead to
 * another host. */
static struct http_file_entry *
new_moved(struct span key, const struct http_path *path)
{
	struct http_file_entry *entry = new_entry(key, 3 * path->len + 2);

	if (entry == NULL)
		return NULL;
	uint8_t *start = entry->bytes + key.len, *at = start;

	*at++ = '/';
	for (size_t i = 0; i < path->len; i++) {
		uint8_t byte = (uint8_t)path->text[i];

		if (http_path_is_plain(byte)) {
			*at++ = byte;
			continue;
		}
		*at++ = '%';
		*at++ = (uint8_t) "0123456789ABCDEF"[byte >> 4];
		*at++ = (uint8_t) "0123456789ABCDEF"[byte & 15];
	}
	*at++ = '/';
	entry->resource.moved_to = (struct span){start, (size_t)(at - start)};
	entry->resource.status = HTTP_STATUS_MOVED;
	return entry;
}

/* The body goes where the longest head ends; then the head, whose length is
 * only known now, in front of it would leave a gap: so it is moved up. */
static bool
fill_inline(
    struct http_file_entry *entry, struct http_resource_meta *meta, int fd)
{
	struct http_resource *resource = &entry->resource;
	uint8_t *start = entry->bytes + entry->key_len;
	uint8_t *body = start + HTTP_RESOURCE_HEAD_MAX;
	ssize_t len = read_whole(fd, body, (size_t)meta->size);

	if (len == -1)
		return false;
	meta->size = (uint64_t)len; /* it may have become shorter */
	http_resource_build(
	    resource, meta, (struct space){start, HTTP_RESOURCE_HEAD_MAX});
	memmove(start + resource->head_len, body, (size_t)len);
	resource->block.len += (size_t)len;
	resource->is_inline = true;
	return true;
}

/* An entry for the open file of FOUND, whose descriptor is used up. */
static struct http_file_entry *
new_file(struct http_file_cache *cache, struct span key,
    const struct http_path *path, const struct http_file_found *found,
    const struct http_location *location, int64_t now)
{
	struct span name = {(const uint8_t *)path->text, path->len};
	bool is_inline = found->stat.st_size <= HTTP_RESOURCE_INLINE_MAX;
	struct http_file_entry *entry =
	    new_entry(key, HTTP_RESOURCE_HEAD_MAX +
	                       (is_inline ? (size_t)found->stat.st_size : 0));

	if (found->index != NULL)
		name = (struct span){
		    (const uint8_t *)found->index, strlen(found->index)};
	struct http_resource_meta meta = {
	    .type = http_mime_type(&cache->mimes, name),
	    .size = (uint64_t)found->stat.st_size,
	    .inode = (uint64_t)found->stat.st_ino,
	    .mtime = found->stat.st_mtim.tv_sec,
	    .mtime_ns = (uint32_t)found->stat.st_mtim.tv_nsec,
	    .now = now,
	    .always = cache->always,
	    .fields = location->fields,
	};

	if (entry != NULL && is_inline &&
	    !fill_inline(entry, &meta, found->fd)) {
		entry->resource.status = HTTP_STATUS_INTERNAL;
		entry->resource.why = "The file could not be read.";
	}
	if (entry == NULL || is_inline) {
		close(found->fd);
		return entry;
	}
	http_resource_build(&entry->resource, &meta,
	    (struct space){entry->bytes + key.len, HTTP_RESOURCE_HEAD_MAX});
	if (cache->open_count == HTTP_FILE_CACHE_OPEN_MAX)
		close_one(cache);
	cache->open_count++;
	entry->resource.fd = found->fd;
	return entry;
}

/* An entry for what was FOUND at PATH. NULL: no memory. */
static struct http_file_entry *
new_found(struct http_file_cache *cache, const struct http_wanted *wanted,
    const struct http_path *path, const struct http_file_found *found,
    int64_t now)
{
	const struct http_location *location = http_site_location(wanted->site,
	    (struct span){(const uint8_t *)path->text, path->len});
	struct span key = wanted->path;
	struct http_file_entry *entry;

	if (found->status == HTTP_STATUS_OK) {
		entry = new_file(cache, key, path, found, location, now);
	} else if (found->status == HTTP_STATUS_MOVED) {
		entry = new_moved(key, path);
	} else {
		entry = new_entry(key, 0);
		if (entry != NULL) {
			entry->resource.status = found->status;
			entry->resource.why = found->why;
		}
	}
	if (entry != NULL) {
		entry->resource.location = location;
		entry->site = wanted->site;
		entry->codings = wanted->codings;
		entry->view = wanted->view;
		entry->mark = found->mark;
		entry->stat = found->stat;
	}
	return entry;
}

/* FOUND is the file that ENTRY holds, unchanged. A weak tag does not last: it
 * becomes a strong one as soon as it may. */
static bool
is_same(
    const struct http_file_entry *entry, const struct http_file_found *found)
{
	const struct stat *old = &entry->stat, *new = &found->stat;

	return entry->resource.status == HTTP_STATUS_OK &&
	       found->status == HTTP_STATUS_OK &&
	       entry->resource.etag.data[0] == '"' &&
	       old->st_dev == new->st_dev && old->st_ino == new->st_ino &&
	       old->st_size == new->st_size &&
	       old->st_mtim.tv_sec == new->st_mtim.tv_sec &&
	       old->st_mtim.tv_nsec == new->st_mtim.tv_nsec &&
	       old->st_ctim.tv_sec == new->st_ctim.tv_sec &&
	       old->st_ctim.tv_nsec == new->st_ctim.tv_nsec;
}

/* Looks for WANTED on the disk. OLD: the entry that it had, or NULL; returned
 * when it is still true. NULL: no memory. */
static struct http_file_entry *
look(struct http_file_cache *cache, const struct http_wanted *wanted,
    struct http_file_entry *old, int64_t now)
{
	struct http_path path = {.len = 0};
	struct http_file_found found = {
	    .fd = -1, .mark = http_file_watch_begin(&cache->watch)};

	switch (http_path_decode(wanted->path, &path)) {
	case HTTP_PATH_OK:
		found = http_file_find(wanted->site, &cache->watch, &path);
		break;
	case HTTP_PATH_BAD:
		found.status = HTTP_STATUS_BAD_REQUEST;
		found.why = "The target's path has a broken % in it, or climbs "
		            "above its start.";
		break;
	case HTTP_PATH_HIDDEN:
		found.status = HTTP_STATUS_NOT_FOUND;
		found.why = "There is no such file here.";
		break;
	}
	if (old == NULL || !is_same(old, &found))
		return new_found(cache, wanted, &path, &found, now);
	close(found.fd);
	old->mark = found.mark;
	return old;
}

/* What may be wrong no more in a moment is not kept. */
static bool
is_kept(const struct http_file_entry *entry)
{
	return entry->key_len <= HTTP_FILE_CACHE_KEY_MAX &&
	       entry->resource.status != HTTP_STATUS_UNAVAILABLE &&
	       entry->resource.status != HTTP_STATUS_INTERNAL;
}

static bool
is_of(const struct http_file_entry *entry, const struct http_wanted *wanted)
{
	return entry->site == wanted->site &&
	       entry->codings == wanted->codings &&
	       entry->view == wanted->view &&
	       entry->key_len == wanted->path.len &&
	       memcmp(entry->bytes, wanted->path.data, wanted->path.len) == 0;
}

/* The way of SET that holds HASH and WANTED; else the one to use for it. */
static unsigned
choose_way(const struct http_file_cache *cache, unsigned set, uint64_t hash,
    const struct http_wanted *wanted)
{
	unsigned oldest = 0;
	uint32_t oldest_age = 0;

	for (unsigned i = 0; i < HTTP_FILE_CACHE_WAYS; i++) {
		const struct http_file_entry *entry = cache->ways[set][i].entry;

		if (entry != NULL && cache->ways[set][i].hash == hash &&
		    is_of(entry, wanted))
			return i;
		uint32_t age =
		    entry == NULL ? UINT32_MAX : cache->clock - entry->used;

		if (age > oldest_age) {
			oldest = i;
			oldest_age = age;
		}
	}
	return oldest;
}

/* Puts ENTRY in WAY of SET, or keeps it until the next find. */
static void
place(struct http_file_cache *cache, unsigned set, unsigned way, uint64_t hash,
    struct http_file_entry *entry)
{
	if (!is_kept(entry)) {
		cache->passing = entry;
		return;
	}
	free_entry(cache, cache->ways[set][way].entry);
	cache->ways[set][way].entry = entry;
	cache->ways[set][way].hash = hash;
}

const struct http_resource *
http_file_cache_find(struct http_file_cache *cache,
    const struct http_wanted *wanted, uint64_t now_ms, int64_t now)
{
	uint64_t hash = hash_of(cache->seed, wanted->path);
	unsigned set = hash % HTTP_FILE_CACHE_SETS;
	unsigned way = choose_way(cache, set, hash, wanted);
	struct http_file_entry *entry = cache->ways[set][way].entry;
	bool is_hit = entry != NULL && cache->ways[set][way].hash == hash &&
	              is_of(entry, wanted);

	cache->clock++;
	if (cache->passing != NULL) {
		free_entry(cache, cache->passing);
		cache->passing = NULL;
	}
	if (!is_hit || now_ms - entry->checked_ms >= HTTP_FILE_CACHE_MS ||
	    !http_file_watch_holds(&cache->watch, &entry->mark)) {
		struct http_file_entry *old = is_hit ? entry : NULL;

		entry = look(cache, wanted, old, now);
		if (entry == NULL)
			return &out_of_memory;
		if (entry != old)
			place(cache, set, way, hash, entry);
		entry->checked_ms = now_ms;
	}
	entry->used = cache->clock;
	return &entry->resource;
}
