/*
 * load_fixture.h — a folder with files and a configuration, read as the loader
 * does and then as a worker does. For tests of http_load*.c.
 */
#ifndef TESTS_HTTP_LOAD_FIXTURE_H
#define TESTS_HTTP_LOAD_FIXTURE_H

#include "core/heritage.h"
#include "loader/loader_conf.h"
#include "services/http/http.h"
#include "services/http/http_load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* Of a password. */
#define LOAD_FIXTURE_HASH                                                      \
	"$2y$05$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

enum { LOAD_FIXTURE_FILES = 16 };

struct load_fixture {
	char folder[32];
	char *files[LOAD_FIXTURE_FILES]; /* to be removed, the last first */
	size_t file_count;
	char said[1 << 14]; /* lines, the folder's path taken away */
	size_t said_len;
	struct report report;
	struct loader_grammar grammar;
	/* Of the last load. */
	int fds[HERITAGE_FILE_MAX];
	size_t fd_count;
	struct span part;
	struct http_loaded loaded;
};

static inline void
load_fixture_say(struct load_fixture *fixture, const char *text, size_t len)
{
	if (fixture->said_len + len >= sizeof(fixture->said))
		abort();
	memcpy(fixture->said + fixture->said_len, text, len);
	fixture->said_len += len;
	fixture->said[fixture->said_len] = '\0';
}

static inline void
load_fixture_tell(void *context, bool is_error, const char *line)
{
	struct load_fixture *fixture = context;
	const char *folder;

	if (!is_error)
		load_fixture_say(fixture, "warning: ", 9);
	while ((folder = strstr(line, fixture->folder)) != NULL) {
		load_fixture_say(fixture, line, (size_t)(folder - line));
		line = folder + strlen(fixture->folder) + 1;
	}
	load_fixture_say(fixture, line, strlen(line));
	load_fixture_say(fixture, "\n", 1);
}

/* Of the file or folder NAME, which the end of the test takes away. */
static inline const char *
load_fixture_path(struct load_fixture *fixture, const char *name)
{
	char **path = &fixture->files[fixture->file_count++];

	if (fixture->file_count > LOAD_FIXTURE_FILES ||
	    asprintf(path, "%s/%s", fixture->folder, name) == -1)
		abort();
	return *path;
}

static inline void
load_fixture_remove_last(struct load_fixture *fixture)
{
	char *path = fixture->files[--fixture->file_count];

	remove(path);
	free(path);
}

static inline void
load_fixture_write(
    struct load_fixture *fixture, const char *name, const char *text)
{
	const char *path = load_fixture_path(fixture, name);
	FILE *file = fopen(path, "w");

	if (file == NULL || fputs(text, file) == EOF || fclose(file) != 0 ||
	    chmod(path, 0600) == -1)
		abort();
}

static inline void
load_fixture_folder(struct load_fixture *fixture, const char *name)
{
	if (mkdir(load_fixture_path(fixture, name), 0700) == -1)
		abort();
}

/* With the folders a and b in it. */
static inline struct load_fixture *
load_fixture_open(void)
{
	struct load_fixture *fixture = calloc(1, sizeof(*fixture));

	if (fixture == NULL)
		abort();
	snprintf(fixture->folder, sizeof(fixture->folder),
	    "/tmp/netlab-http.XXXXXX");
	if (mkdtemp(fixture->folder) == NULL)
		abort();
	load_fixture_folder(fixture, "a");
	load_fixture_folder(fixture, "b");
	return fixture;
}

static inline void
load_fixture_forget(struct load_fixture *fixture)
{
	http_load_memory_release(&fixture->loaded.memory);
	for (size_t i = 0; i < fixture->fd_count; i++)
		close(fixture->fds[i]);
	free((void *)(uintptr_t)fixture->part.data);
	fixture->part = (struct span){NULL, 0};
	fixture->fd_count = 0;
	fixture->said[0] = '\0';
	fixture->said_len = 0;
	fixture->report = (struct report){
	    .tell = load_fixture_tell,
	    .context = fixture,
	};
}

static inline void
load_fixture_close(struct load_fixture *fixture)
{
	load_fixture_forget(fixture);
	while (fixture->file_count > 0)
		load_fixture_remove_last(fixture);
	rmdir(fixture->folder);
	free(fixture);
}

/* What http_load writes of CONF, to fixture->part. */
static inline void
load_fixture_part(struct load_fixture *fixture, struct conf *conf)
{
	const struct loader_table table = {services, services_count};
	struct image_writer writer;

	if (!image_writer_open(&writer) || !image_writer_begin(&writer))
		abort();
	struct service_load load = {
	    .section = loader_conf_section(conf, &table, &http_service),
	    .conf = conf,
	    .image = &writer,
	    .files = fixture->fds,
	};

	if (load.section != NULL)
		http_load(&load);
	fixture->fd_count = load.file_count;
	size_t size = writer.used - writer.part_start;
	uint8_t *copy = malloc(size + 1);

	if (copy == NULL)
		abort();
	memcpy(copy, writer.base + writer.part_start, size);
	fixture->part = (struct span){copy, size};
	image_writer_abort(&writer);
}

static inline bool
load_fixture_read(struct load_fixture *fixture, struct span part)
{
	const struct service_start start = {
	    .part = part,
	    .files = fixture->fds,
	    .file_count = fixture->fd_count,
	};

	return http_load_read(&start, &fixture->loaded);
}

/* Loads an http section of these LINES, the first of which is line 3, into
 * fixture->loaded. False: there were errors. */
static inline bool
load_fixture_load(struct load_fixture *fixture, const char *lines)
{
	static const struct service *const all[] = {&http_service};
	static const struct loader_table table = {all, 1};
	char text[8192];

	load_fixture_forget(fixture);
	snprintf(text, sizeof(text),
	    "http {\nlisten = \"127.0.0.1:1\"\n%s\n}\n", lines);
	load_fixture_write(fixture, "conf", text);
	loader_conf_grammar(&fixture->grammar, &table);
	struct conf *conf = conf_open(fixture->files[fixture->file_count - 1],
	    fixture->grammar.top, &fixture->report);

	if (conf == NULL)
		abort();
	load_fixture_part(fixture, conf);
	conf_close(conf);
	load_fixture_remove_last(fixture);
	return fixture->report.errors == 0 &&
	       load_fixture_read(fixture, fixture->part);
}

/* LINES are read without a word. */
static inline const struct http_loaded *
load_fixture_take(struct load_fixture *fixture, const char *lines)
{
	bool is_read = load_fixture_load(fixture, lines);

	assert_string_equal(fixture->said, "");
	assert_true(is_read);
	return &fixture->loaded;
}

/* LINES are told of as SAID. */
static inline void
load_fixture_refuse(
    struct load_fixture *fixture, const char *lines, const char *said)
{
	(void)load_fixture_load(fixture, lines);
	assert_string_equal(fixture->said, said);
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

#endif
