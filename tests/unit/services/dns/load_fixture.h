/*
 * load_fixture.h — a folder of zone files, loaded as the daemon's loader does,
 * and what it says about them. For tests of the loading side.
 */
#ifndef TESTS_LOAD_FIXTURE_H
#define TESTS_LOAD_FIXTURE_H

#include "services/dns/dns_catalog.h"
#include "services/dns/dns_load.h"
#include "services/dns/dns_zone_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOAD_FIXTURE_FILES = 40 };

struct load_fixture {
	char (*files)[128]; /* apart from FOLDER, as gcc wants to see */
	char folder[64];
	size_t file_count;
	char said[1 << 16]; /* lines, the folder's path taken away */
	size_t said_len;
	struct report report;
	struct span part; /* what the last load made; owned */
};

static inline void
load_fixture_tell(void *context, bool is_error, const char *line)
{
	struct load_fixture *fixture = context;
	size_t folder_len = strlen(fixture->folder) + 1;

	if (strncmp(line, fixture->folder, folder_len - 1) == 0)
		line += folder_len;
	fixture->said_len += (size_t)snprintf(fixture->said + fixture->said_len,
	    sizeof(fixture->said) - fixture->said_len, "%s%s\n",
	    is_error ? "" : "warning: ", line);
}

static inline struct load_fixture *
load_fixture_open(void)
{
	struct load_fixture *fixture = calloc(1, sizeof(*fixture));

	snprintf(fixture->folder, sizeof(fixture->folder),
	    "/tmp/netlab-load.XXXXXX");
	fixture->files = calloc(LOAD_FIXTURE_FILES, sizeof(fixture->files[0]));
	if (fixture->files == NULL || mkdtemp(fixture->folder) == NULL)
		abort();
	return fixture;
}

static inline void
load_fixture_write_bytes(struct load_fixture *fixture, const char *name,
    const void *bytes, size_t len)
{
	char *path = fixture->files[fixture->file_count++];

	snprintf(
	    path, sizeof(fixture->files[0]), "%s/%s", fixture->folder, name);
	FILE *file = fopen(path, "w");

	if (file == NULL || fwrite(bytes, 1, len, file) != len ||
	    fclose(file) != 0)
		abort();
}

static inline void
load_fixture_write(
    struct load_fixture *fixture, const char *name, const char *text)
{
	load_fixture_write_bytes(fixture, name, text, strlen(text));
}

static inline void
load_fixture_load(struct load_fixture *fixture, const char *sections)
{
	char text[4096], path[128];
	cfg_opt_t options[] = {
	    CFG_STR("user", "nobody", CFGF_NONE),
	    CFG_STR("group", "nogroup", CFGF_NONE),
	    CFG_SEC("dns", dns_load_options, CFGF_NONE),
	    CFG_END(),
	};
	struct image_writer writer;
	struct span old = fixture->part;

	snprintf(text, sizeof(text), "dns {\n%s}\n", sections);
	load_fixture_write(fixture, "conf", text);
	snprintf(
	    path, sizeof(path), "%s", fixture->files[--fixture->file_count]);
	fixture->said[0] = '\0';
	fixture->said_len = 0;
	fixture->report = (struct report){
	    .tell = load_fixture_tell,
	    .context = fixture,
	};
	struct conf *conf = conf_open(path, options, &fixture->report);

	if (conf == NULL || !image_writer_open(&writer) ||
	    !image_writer_begin(&writer))
		abort();
	struct service_load load = {
	    .section = cfg_getsec(conf_root(conf), "dns"),
	    .conf = conf,
	    .image = &writer,
	    .old = old,
	};

	dns_load(&load);
	size_t size = writer.used - writer.part_start;
	uint8_t *copy = aligned_alloc(64, (size + 63) & ~(size_t)63);

	memcpy(copy, writer.base + writer.part_start, size);
	fixture->part = (struct span){copy, size};
	free((void *)(uintptr_t)old.data);
	image_writer_abort(&writer);
	conf_close(conf);
	unlink(path);
}

/* Loads TEXT as the zone "example." again, over what was loaded last, and
 * returns its block, checked. */
static inline const struct dns_zone *
load_fixture_zone_again(struct load_fixture *fixture, const char *text)
{
	load_fixture_write(fixture, "zone", text);
	fixture->file_count = 1;
	load_fixture_load(fixture, "zone \"example\" { file = \"zone\" }\n");
	const struct dns_zone *zone =
	    dns_catalog_zone(dns_catalog_of(fixture->part), 0);
	const char *error = dns_zone_check(
	    zone, fixture->part.len -
	              (size_t)((const uint8_t *)zone - fixture->part.data));

	if (error != NULL) {
		(void)fprintf(stderr, "%s\n", error);
		abort();
	}
	return zone;
}

/* The same for the first time. */
static inline const struct dns_zone *
load_fixture_zone(struct load_fixture *fixture, const char *text)
{
	free((void *)(uintptr_t)fixture->part.data);
	fixture->part = (struct span){0};
	return load_fixture_zone_again(fixture, text);
}

/* The node of NAME, text; NULL: there is none. */
static inline const struct dns_node *
load_fixture_node(const struct dns_zone *zone, const char *name)
{
	uint8_t wire[DNS_NAME_MAX];
	size_t len = dns_name_parse(name, wire);

	if (len == 0)
		abort();
	return dns_zone_find(zone, wire, len);
}

static inline void
load_fixture_close(struct load_fixture *fixture)
{
	for (size_t i = 0; i < fixture->file_count; i++)
		unlink(fixture->files[i]);
	rmdir(fixture->folder);
	free(fixture->files);
	free((void *)(uintptr_t)fixture->part.data);
	free(fixture);
}

/* Of cmocka: *STATE is the fixture. */
static inline int
load_fixture_set_up(void **state)
{
	*state = load_fixture_open();
	return 0;
}

static inline int
load_fixture_tear_down(void **state)
{
	load_fixture_close(*state);
	return 0;
}

/* The zone of CATALOG that NAME, text, is in; NULL: none. */
static inline const struct dns_zone *
load_fixture_find(const struct dns_catalog *catalog, const char *name)
{
	uint8_t wire[DNS_NAME_MAX], label_at[DNS_LABEL_COUNT_MAX + 1] = {0};
	size_t len = dns_name_parse(name, wire);
	unsigned count = 0;

	if (len == 0)
		abort();
	dns_name_lower(wire, wire, len);
	for (; wire[label_at[count]] != 0; count++)
		label_at[count + 1] =
		    (uint8_t)(label_at[count] + 1 + wire[label_at[count]]);
	return dns_catalog_find(catalog, wire, label_at, count);
}

#endif
