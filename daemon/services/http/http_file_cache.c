/* http_file_cache.c — a set-associative table: a path has four places where it
 * may be. */
#include "services/http/http_file_cache.h"
#include "services/http/http_file_hash.h"

#include <stdlib.h>

/* Answers for when there is not even memory to say more. */
static const struct http_resource out_of_memory = {
    .status = HTTP_STATUS_UNAVAILABLE,
    .why = "The server is short of memory. Try again in a moment.",
    .fd = -1,
};

bool
http_file_cache_open(struct http_file_cache *cache, uint64_t seed,
    uint32_t entries, size_t bytes)
{
	cache->set_count = entries / HTTP_FILE_CACHE_WAYS;
	if (cache->set_count == 0)
		cache->set_count = 1;
	cache->sets = calloc(cache->set_count, sizeof(*cache->sets));
	cache->seed = seed;
	cache->bytes_max = bytes;
	(void)http_file_watch_open(&cache->watch);
	return cache->sets != NULL;
}

/* Frees the entry of WAY, if there is one. */
static void
clear(struct http_file_cache *cache, struct http_file_way *way)
{
	struct http_file_entry *entry = way->entry;

	if (entry == NULL)
		return;
	cache->bytes -= entry->weight;
	cache->open_count -= entry->resource.fd != -1;
	way->entry = NULL;
	http_file_entry_free(entry);
}

static struct http_file_way *
way_at(struct http_file_cache *cache, uint32_t at)
{
	return &cache->sets[at / HTTP_FILE_CACHE_WAYS]
	                   [at % HTTP_FILE_CACHE_WAYS];
}

void
http_file_cache_close(struct http_file_cache *cache)
{
	for (uint32_t i = 0; i < cache->set_count * HTTP_FILE_CACHE_WAYS; i++)
		clear(cache, way_at(cache, i));
	http_file_entry_free(cache->passing);
	cache->passing = NULL;
	free(cache->sets);
	cache->sets = NULL;
	cache->set_count = 0;
	http_file_watch_close(&cache->watch);
}

/* What the client takes is not part of it: the forms of one file are found side
 * by side. */
static uint64_t
hash_of(const struct http_file_cache *cache, const struct http_wanted *wanted)
{
	uint64_t start = cache->seed ^ (uint64_t)wanted->view << 32 ^
	                 (uint64_t)wanted->site->index << 40;

	return http_file_hash(start, cache->seed, wanted->path);
}

/* Goes on from where it last stopped and frees one entry that has not proven
 * itself since; where NEEDS_FD, one with a descriptor. */
static void
sweep(struct http_file_cache *cache, bool needs_fd)
{
	const uint32_t total = cache->set_count * HTTP_FILE_CACHE_WAYS;

	for (uint32_t i = 0; i < 2 * total; i++) {
		struct http_file_way *way =
		    way_at(cache, cache->hand++ % total);
		struct http_file_entry *entry = way->entry;

		if (entry == NULL || (needs_fd && entry->resource.fd == -1))
			continue;
		if (!entry->is_proven) {
			clear(cache, way);
			return;
		}
		entry->is_proven = false;
	}
}

/* The place of SET for one more entry. NULL: all have proven themselves, and
 * the one of the longest rest has to do so again. */
static struct http_file_way *
place_in(const struct http_file_cache *cache, struct http_file_way *set)
{
	struct http_file_way *unproven = NULL, *proven = NULL;
	uint32_t unproven_age = 0, proven_age = 0;

	for (unsigned i = 0; i < HTTP_FILE_CACHE_WAYS; i++) {
		if (set[i].entry == NULL)
			return &set[i];
		uint32_t age = cache->clock - set[i].entry->used;

		if (!set[i].entry->is_proven && age >= unproven_age) {
			unproven = &set[i];
			unproven_age = age;
		} else if (set[i].entry->is_proven && age >= proven_age) {
			proven = &set[i];
			proven_age = age;
		}
	}
	if (unproven == NULL && proven != NULL)
		proven->entry->is_proven = false;
	return unproven;
}

/* What may be wrong no more in a moment is not kept, nor what would take the
 * room of many. */
static bool
is_kept(
    const struct http_file_cache *cache, const struct http_file_entry *entry)
{
	return entry->key_len <= HTTP_FILE_CACHE_KEY_MAX &&
	       entry->weight <= cache->bytes_max / 2 &&
	       entry->resource.status != HTTP_STATUS_UNAVAILABLE &&
	       entry->resource.status != HTTP_STATUS_INTERNAL;
}

/* Puts ENTRY in WAY (or in one of SET, where it is NULL), or keeps it until the
 * next find. */
static void
keep(struct http_file_cache *cache, struct http_file_way *set,
    struct http_file_way *way, uint64_t hash, struct http_file_entry *entry)
{
	if (way != NULL) {
		entry->is_proven = way->entry->is_proven;
		clear(cache, way);
	}
	if (!is_kept(cache, entry)) {
		cache->passing = entry;
		return;
	}
	if (way == NULL)
		way = place_in(cache, set);
	if (way == NULL) {
		cache->passing = entry;
		return;
	}
	clear(cache, way);
	if (entry->resource.fd != -1 &&
	    cache->open_count >= HTTP_FILE_CACHE_OPEN_MAX)
		sweep(cache, true);
	while (
	    cache->bytes > 0 && cache->bytes + entry->weight > cache->bytes_max)
		sweep(cache, false);
	cache->bytes += entry->weight;
	cache->open_count += entry->resource.fd != -1;
	way->entry = entry;
	way->hash = hash;
}

/* ENTRY is not what the disk has, but says that there is no descriptor to look
 * with (NULL: no memory). What is known of OLD is true until inotify says
 * otherwise: whoever is connected is served with that meanwhile. */
static bool
is_to_go_on(const struct http_file_cache *cache,
    const struct http_file_entry *old, const struct http_file_entry *entry)
{
	return old != NULL && old->mark.is_whole &&
	       http_file_watch_holds(&cache->watch, &old->mark) &&
	       (entry == NULL ||
	           entry->resource.status == HTTP_STATUS_UNAVAILABLE);
}

/* Looks for WANTED on the disk. WAY: where it was found, or NULL. */
static const struct http_resource *
look(struct http_file_cache *cache, const struct http_wanted *wanted,
    struct http_file_way *set, struct http_file_way *way, uint64_t hash,
    uint64_t now_ms, int64_t now)
{
	const struct http_file_source source = {
	    .watch = &cache->watch,
	    .mimes = &cache->mimes,
	    .always = cache->always,
	    .now = now,
	};
	struct http_file_entry *old = way != NULL ? way->entry : NULL;
	struct http_file_entry *entry =
	    http_file_entry_look(&source, wanted, old);

	if (is_to_go_on(cache, old, entry)) {
		http_file_entry_free(entry);
		entry = old;
	}
	if (entry == NULL)
		return &out_of_memory;
	entry->checked_ms = now_ms;
	entry->used = cache->clock;
	if (entry != old)
		keep(cache, set, way, hash, entry);
	return &entry->resource;
}

const struct http_resource *
http_file_cache_find(struct http_file_cache *cache,
    const struct http_wanted *wanted, uint64_t now_ms, int64_t now)
{
	uint64_t hash = hash_of(cache, wanted);
	struct http_file_way *set =
	    cache->sets[(hash >> 32) * cache->set_count >> 32];
	struct http_file_way *way = NULL;

	cache->clock++;
	if (cache->passing != NULL) {
		http_file_entry_free(cache->passing);
		cache->passing = NULL;
	}
	for (unsigned i = 0; i < HTTP_FILE_CACHE_WAYS && way == NULL; i++) {
		if (set[i].hash == hash && set[i].entry != NULL &&
		    http_file_entry_is(set[i].entry, wanted))
			way = &set[i];
	}
	if (way == NULL ||
	    now_ms - way->entry->checked_ms >= way->entry->valid_ms ||
	    !http_file_watch_holds(&cache->watch, &way->entry->mark))
		return look(cache, wanted, set, way, hash, now_ms, now);
	way->entry->used = cache->clock;
	way->entry->is_proven = true;
	return &way->entry->resource;
}
