/*
 * zone_fixture.h — zones as the loader makes them, from text, in memory. For
 * unit tests and fuzz targets of the answer path.
 */
#ifndef TESTS_ZONE_FIXTURE_H
#define TESTS_ZONE_FIXTURE_H

#include "services/dns/dns_catalog.h"
#include "services/dns/dns_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct zone_fixture {
	const char *name; /* as in the configuration */
	const char *text; /* of the master file */
};

static inline void
zone_fixture_tell(void *context, bool is_error, const char *line)
{
	(void)context;
	(void)is_error;
	(void)fprintf(stderr, "fixture: %s\n", line);
}

static inline void
zone_fixture_fail(const char *what)
{
	perror(what);
	abort();
}

/* Writes PARTS, one behind the other, to file NAME of FOLDER. */
static inline void
zone_fixture_write(const char *folder, const char *name, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	if (file == NULL || fputs(text, file) == EOF || fclose(file) != 0)
		zone_fixture_fail(path);
}

static inline void
zone_fixture_write_all(
    const char *folder, const struct zone_fixture *zones, size_t count)
{
	char conf[4096] = "dns {\n";
	size_t len = strlen(conf);

	for (size_t i = 0; i < count; i++) {
		char name[32];
		snprintf(name, sizeof(name), "%zu", i);
		zone_fixture_write(folder, name, zones[i].text);
		len += (size_t)snprintf(conf + len, sizeof(conf) - len,
		    "zone \"%s\" { file = \"%zu\" }\n", zones[i].name, i);
	}
	snprintf(conf + len, sizeof(conf) - len, "}\n");
	zone_fixture_write(folder, "conf", conf);
}

/* The part that WRITER has begun, copied out of it for the process's life. */
static inline const struct dns_catalog *
zone_fixture_copy(const struct image_writer *writer)
{
	size_t size = writer->used - writer->part_start;
	size_t aligned = (size + IMAGE_ALIGN - 1) & ~(size_t)(IMAGE_ALIGN - 1);
	uint8_t *copy = aligned_alloc(IMAGE_ALIGN, aligned);

	if (copy == NULL)
		zone_fixture_fail("memory");
	memcpy(copy, writer->base + writer->part_start, size);
	return dns_catalog_of((struct span){copy, size});
}

static inline const struct dns_catalog *
zone_fixture_load_conf(const char *file)
{
	struct report report = {.tell = zone_fixture_tell};
	cfg_opt_t options[] = {
	    CFG_SEC("dns", dns_load_options, CFGF_NONE),
	    CFG_END(),
	};
	struct conf *conf = conf_open(file, options, &report);
	struct image_writer writer;

	if (conf == NULL || !image_writer_open(&writer) ||
	    !image_writer_begin(&writer))
		zone_fixture_fail(file);
	struct service_load load = {
	    .section = cfg_getsec(conf_root(conf), "dns"),
	    .conf = conf,
	    .image = &writer,
	};
	dns_load(&load);
	const struct dns_catalog *catalog = zone_fixture_copy(&writer);
	image_writer_abort(&writer);
	conf_close(conf);
	if (catalog == NULL)
		zone_fixture_fail("catalog");
	return catalog;
}

/* The catalog of ZONES, in memory that lives as long as the process. A zone
 * whose text is wrong is in it as one that FAILED. Aborts on any other
 * failure. */
static inline const struct dns_catalog *
zone_fixture_load(const struct zone_fixture *zones, size_t count)
{
	char folder[] = "/tmp/netlab-zones.XXXXXX";
	char path[256];

	if (mkdtemp(folder) == NULL)
		zone_fixture_fail(folder);
	zone_fixture_write_all(folder, zones, count);
	snprintf(path, sizeof(path), "%s/conf", folder);
	const struct dns_catalog *catalog = zone_fixture_load_conf(path);
	(void)unlink(path);
	for (size_t i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%zu", folder, i);
		(void)unlink(path);
	}
	(void)rmdir(folder);
	return catalog;
}

#endif
