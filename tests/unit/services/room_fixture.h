/*
 * room_fixture.h — a room's keys read as the loader does, and its door started
 * as a worker does, on a clock whose state the test says.
 */
#ifndef TESTS_ROOM_FIXTURE_H
#define TESTS_ROOM_FIXTURE_H

#include "loader/loader_conf.h"
#include "service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct room_fixture {
	const struct service *service;
	char said[1024]; /* lines, the file's path as "conf" */
	char path[64];   /* of the configuration */
	struct span part;
	struct sync_page sync;
	void *state; /* what start() returned; freed with the fixture */
};

static inline void
room_fixture_tell(void *context, bool is_error, const char *line)
{
	struct room_fixture *fixture = context;
	size_t said = strlen(fixture->said), path = strlen(fixture->path);
	bool is_ours = strncmp(line, fixture->path, path) == 0;

	snprintf(fixture->said + said, sizeof(fixture->said) - said, "%s%s%s\n",
	    is_error ? "" : "warning: ", is_ours ? "conf" : "",
	    is_ours ? line + path : line);
}

static inline void
room_fixture_write(struct room_fixture *fixture, const char *lines)
{
	const struct service *service = fixture->service;
	int fd;

	snprintf(
	    fixture->path, sizeof(fixture->path), "/tmp/netlab-room.XXXXXX");
	fd = mkstemp(fixture->path);
	if (fd == -1 ||
	    dprintf(fd, "%s {\n%s = \"127.0.0.1:1\"\n%s\n}\n",
	        settings_role_section(service->role), service->listen[0].key,
	        lines) < 0 ||
	    close(fd) == -1)
		abort();
}

static inline void
room_fixture_load(struct room_fixture *fixture, struct conf *conf)
{
	const struct loader_table table = {&fixture->service, 1};
	struct image_writer writer;

	if (!image_writer_open(&writer) || !image_writer_begin(&writer))
		abort();
	struct service_load load = {
	    .section = loader_conf_section(conf, &table, fixture->service),
	    .conf = conf,
	    .image = &writer,
	};

	fixture->service->load(&load);
	size_t size = writer.used - writer.part_start;
	uint8_t *copy = aligned_alloc(64, (size + 63) / 64 * 64);

	if (copy == NULL)
		abort();
	memcpy(copy, writer.base + writer.part_start, size);
	fixture->part = (struct span){copy, size};
	image_writer_abort(&writer);
}

/* SERVICE with these LINES in its section, the first of which is line 3. */
static inline struct room_fixture *
room_fixture_open(const struct service *service, const char *lines)
{
	struct room_fixture *fixture =
	    aligned_alloc(64, sizeof(struct room_fixture));
	struct loader_grammar grammar;
	const struct loader_table table = {&service, 1};

	if (fixture == NULL)
		abort();
	*fixture = (struct room_fixture){.service = service};
	room_fixture_write(fixture, lines);
	struct report report = {.tell = room_fixture_tell, .context = fixture};

	loader_conf_grammar(&grammar, &table);
	struct conf *conf = conf_open(fixture->path, grammar.top, &report);

	if (conf == NULL)
		abort();
	room_fixture_load(fixture, conf);
	conf_close(conf);
	unlink(fixture->path);
	static const uint64_t key[2] = {1, 2};
	const struct service_start start = {
	    .part = fixture->part,
	    .sync = &fixture->sync,
	    .key = key,
	};

	fixture->state = service->start(&start);
	return fixture;
}

static inline void
room_fixture_close(struct room_fixture *fixture)
{
	free(fixture->state);
	free((void *)(uintptr_t)fixture->part.data);
	free(fixture);
}

/* What the room answers to LEN bytes at BYTES, at the monotonic time 1000; the
 * outcome by its name. OUT has room for datagram_max. */
static inline const char *
room_fixture_ask(const struct room_fixture *fixture, const void *bytes,
    size_t len, struct reply *reply, uint8_t *out)
{
	const struct datagram question = {
	    .bytes = {bytes, len},
	    .now_ms = 1000,
	    .reply_max = fixture->service->datagram_max,
	};

	*reply = fixture->service->answer(fixture->state, &question,
	    (struct space){out, fixture->service->datagram_max});
	return fixture->service->outcomes[reply->outcome];
}

#endif
