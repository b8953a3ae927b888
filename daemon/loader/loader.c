/* loader.c — configuration and zone files → sealed image, in this process or
 * in a child of it. */
#include "loader/loader.h"
#include "loader/loader_child.h"
#include "loader/loader_conf.h"
#include "loader/loader_message.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct loaded nothing = {.image_fd = -1};

/* One build on its way. */
struct build {
	struct loader_grammar grammar;
	struct conf *conf;
	const struct image *old;
	struct image_writer writer;
	struct loaded *out;
};

static bool
write_settings(struct build *build, const struct loader_table *table)
{
	struct image_writer *writer = &build->writer;

	if (!image_writer_begin(writer))
		return false;
	size_t offset = image_writer_reserve(
	    writer, sizeof(struct settings), _Alignof(struct settings));

	if (offset == SIZE_MAX)
		return false;
	loader_conf_settings(
	    build->conf, table, image_writer_at(writer, offset));
	image_writer_end(writer, IMAGE_PART_SETTINGS);
	return true;
}

/* Lets service INDEX write its part. One whose section serves nothing has none.
 */
static bool
write_service(struct build *build, unsigned index)
{
	const struct loader_table table = {services, services_count};
	const struct service *service = services[index];
	cfg_t *section = loader_conf_section(build->conf, &table, service);
	unsigned part = IMAGE_PART_SERVICE + index;

	if (section == NULL || service->load == NULL)
		return true;
	struct service_load load = {
	    .section = section,
	    .conf = build->conf,
	    .image = &build->writer,
	    .files = build->out->files[index],
	};

	if (build->old != NULL)
		load.old = image_part(build->old, part);
	if (!image_writer_begin(&build->writer))
		return false;
	service->load(&load);
	assert(load.file_count <= HERITAGE_FILE_MAX);
	build->out->file_count[index] = load.file_count;
	image_writer_end(&build->writer, part);
	return true;
}

/* The image of what has been parsed. Goes on behind mistakes, so that all of
 * them are told at once. */
static bool
write_image(struct build *build, struct report *report)
{
	const struct loader_table table = {services, services_count};
	bool is_written =
	    image_writer_open(&build->writer) && write_settings(build, &table);

	for (unsigned i = 0; is_written && i < services_count; i++)
		is_written = write_service(build, i);
	if (is_written && report->errors == 0) {
		build->out->image_fd = image_writer_seal(&build->writer);
		is_written = build->out->image_fd != -1;
	}
	if (!is_written)
		conf_error(report, conf_file(build->conf), 0,
		    "no memory for the data to serve: %s", strerror(errno));
	image_writer_abort(&build->writer);
	return is_written && report->errors == 0;
}

bool
loader_build(const char *file, const struct image *old, struct report *report,
    struct loaded *out)
{
	const struct loader_table table = {services, services_count};
	struct build *build = calloc(1, sizeof(*build));
	bool is_built = false;

	*out = nothing;
	if (build == NULL) {
		conf_error(report, file, 0, "%s", strerror(errno));
		return false;
	}
	build->old = old;
	build->out = out;
	build->writer.fd = -1;
	loader_conf_grammar(&build->grammar, &table);
	build->conf = conf_open(file, build->grammar.top, report);
	if (build->conf != NULL)
		is_built = write_image(build, report);
	conf_close(build->conf);
	free(build);
	if (!is_built)
		loader_release(out);
	return is_built;
}

void
loader_release(struct loaded *loaded)
{
	if (loaded->image_fd != -1)
		close(loaded->image_fd);
	for (unsigned i = 0; i < STATS_SERVICE_MAX; i++)
		for (size_t j = 0; j < loaded->file_count[i]; j++)
			close(loaded->files[i][j]);
	*loaded = nothing;
}

/* ------------------------------------------------------------ in a child */

bool
loader_start(
    const char *file, const struct image *old, struct loader_child *child)
{
	int fds[2];
	pid_t master = getpid();

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) == -1)
		return false;
	pid_t pid = fork();

	if (pid == 0)
		loader_child_run(file, old, fds[1], master);
	int saved_errno = errno;

	close(fds[1]);
	if (pid == -1) {
		close(fds[0]);
		errno = saved_errno;
		return false;
	}
	*child = (struct loader_child){.pid = pid, .fd = fds[0]};
	return true;
}

static enum loader_state
finish(struct loader_child *child, enum loader_state state)
{
	close(child->fd);
	child->fd = -1;
	return state;
}

static void
count(const struct loader_message *message, struct report *report)
{
	report->errors += message->errors;
	report->broken += message->broken;
	report->warnings += message->warnings;
}

/* Ends: the child sends at most LOADER_CHILD_LINES lines and what frames them,
 * and a child that has gone mad is left after that many, until the next turn.
 */
enum loader_state
loader_collect(
    struct loader_child *child, struct report *report, struct loaded *out)
{
	struct loader_message message;

	for (unsigned i = 0; i < LOADER_CHILD_LINES; i++) {
		switch (loader_message_take(child->fd, &message, out)) {
		case LOADER_MESSAGE_NONE:
			return LOADER_BUSY;
		case LOADER_MESSAGE_GONE:
			return finish(child, LOADER_FAILED);
		case LOADER_MESSAGE_ERROR:
			report->tell(report->context, true, message.text);
			break;
		case LOADER_MESSAGE_WARNING:
			report->tell(report->context, false, message.text);
			break;
		case LOADER_MESSAGE_DONE:
			count(&message, report);
			return finish(child, LOADER_DONE);
		case LOADER_MESSAGE_FAILED:
			count(&message, report);
			return finish(child, LOADER_FAILED);
		}
	}
	return LOADER_BUSY;
}
